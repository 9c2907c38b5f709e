"""Those who log in: staff of the two administrations, the committee, and citizens in their own matter."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from helhed.accounts.roles import ROLES, Role

ADMINISTRATIONS = [("", "–"), ("bif", "BIF"), ("sof", "SOF")]


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
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_role_known",
                condition=models.Q(role__in=list(ROLES)),
                violation_error_message="unknown role",
            ),
            models.CheckConstraint(
                name="user_citizen_has_person",
                condition=models.Q(role="citizen", person_key__isnull=False)
                | (~models.Q(role="citizen") & models.Q(person_key__isnull=True)),
            ),
            models.CheckConstraint(
                name="user_caseworker_has_administration",
                condition=~models.Q(role="caseworker") | ~models.Q(administration=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def duties(self) -> Role:
        """What this user may do, as the role says."""
        return ROLES[self.role]

    def may(self, permission: str) -> bool:
        """True when the user is active and the role holds the permission."""
        return self.is_active and permission in self.duties.permissions
