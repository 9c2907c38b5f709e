"""Those who log in: staff of the two administrations, the committee, and citizens in their own matter."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from helhed.accounts.roles import ROLES, STAFF_ROLES, Role

ADMINISTRATIONS = [("", "–"), ("bif", "BIF"), ("sof", "SOF")]
CLEARANCES = [(0, "0"), (1, "1"), (2, "2"), (3, "3")]
"""How sensitive information (følsomhed) one may see; the levels are those of Fælleskommunal Adgangsstyring."""


class Users(BaseUserManager["User"]):
    """How Django finds a user by the name typed at log-in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """One login. Staff stand in a unit of an administration; a citizen is bound to one person by key, not by foreign key."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(key, key) for key in ROLES])
    administration = models.CharField(max_length=3, choices=ADMINISTRATIONS, blank=True, default="")
    unit = models.CharField(max_length=120, blank=True, default="", help_text="unit key of the catalogue")
    person_key = models.UUIDField(
        null=True, blank=True, help_text="the citizen's own person; empty for staff"
    )
    own_person = models.UUIDField(
        null=True, blank=True, help_text="who a representative is in the register; opens nothing"
    )
    is_active = models.BooleanField(default=True)
    subject = models.CharField(
        max_length=255,
        null=True,
        blank=True,
        unique=True,
        help_text="door and subject at the identity provider",
    )
    clearance = models.SmallIntegerField(choices=CLEARANCES, default=1)
    vip = models.BooleanField(default=False, help_text="may see citizens who are known to the public")
    protected_address = models.BooleanField(default=False, help_text="may reveal protected addresses")
    appointed_from = models.DateField(default=timezone.localdate)
    appointed_to = models.DateField(null=True, blank=True, help_text="the first day without access")

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_role_known",
                condition=Q(role__in=list(ROLES)),
                violation_error_message="unknown role",
            ),
            models.CheckConstraint(
                name="user_citizen_has_person",
                condition=Q(role="citizen", person_key__isnull=False)
                | (~Q(role="citizen") & Q(person_key__isnull=True)),
            ),
            models.CheckConstraint(
                name="user_own_person_of_representative",
                condition=Q(own_person__isnull=True) | Q(role="representative"),
            ),
            models.CheckConstraint(
                name="user_caseworker_has_administration",
                condition=~Q(role="caseworker") | ~Q(administration=""),
            ),
            models.CheckConstraint(
                name="user_clearance_known", condition=Q(clearance__gte=0, clearance__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def duties(self) -> Role:
        """What this user may do, as the role says."""
        return ROLES[self.role]

    def appointed(self, on: date) -> bool:
        """True when the login holds on this day: from the first day on, and before the end."""
        return (
            self.is_active
            and self.appointed_from <= on
            and (self.appointed_to is None or on < self.appointed_to)
        )

    def may(self, permission: str) -> bool:
        """True when the user is appointed today and the role holds the permission."""
        return permission in self.duties.permissions and self.appointed(timezone.localdate())


class Appointment(models.Model):
    """One of the staff in a role, in a unit, with limits, for a time [valid_from, valid_to).

    The row is never changed, except that it can be ended earlier; the database holds that, and that one person's
    appointments do not overlap. User's own columns are those of the appointment in force.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(key, key) for key in sorted(STAFF_ROLES)])
    administration = models.CharField(max_length=3, choices=ADMINISTRATIONS, blank=True, default="")
    unit = models.CharField(max_length=120, blank=True, default="")
    clearance = models.SmallIntegerField(choices=CLEARANCES, default=1)
    vip = models.BooleanField(default=False)
    protected_address = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=80, help_text="username; 'system' for the program itself")
    reason = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["user_id", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(name="appointment_role_known", condition=Q(role__in=sorted(STAFF_ROLES))),
            models.CheckConstraint(
                name="appointment_clearance_known", condition=Q(clearance__gte=0, clearance__lte=3)
            ),
            models.CheckConstraint(
                name="appointment_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="appointment_has_administration",
                condition=~Q(role="caseworker") | ~Q(administration=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit} [{self.valid_from}, {self.valid_to or '…'})"


class Visit(models.Model):
    """One log-in in one browser, as long as it lasts: what its owner needs to know it again, and the session's key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=20, blank=True, default="", help_text="password, provider or demo")
    browser = models.CharField(max_length=20, blank=True, default="")
    system = models.CharField(max_length=20, blank=True, default="")
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True, help_text="when it ends without another sign of life")

    def __str__(self) -> str:
        return f"{self.user} [{self.began_at}, {self.ends_at})"
