"""Who may be met by whom, as rows a list can be drawn from; and every decision, so that it can be made again.

Cases and grants are derived: cases from the register by `access_refresh`, grants from consents, mandates and emergency
accesses by triggers. The running program reads cases through row-level security and writes none of the three.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Case(models.Model):
    """A citizen has, had or will have a case with a unit, on the days [since, until). A parent is with the unit that has
    the child's case, an employment case with who holds the casework once that has moved. `sort` is
    the name as a list is ordered and searched by."""

    person_key = models.UUIDField()
    side = models.CharField(max_length=3, help_text="the administration whose lists it stands on")
    kind = models.CharField(max_length=40)
    unit = models.CharField(
        max_length=160, help_text="the unit that holds it now; the administration where none is said"
    )
    source = models.CharField(max_length=160, db_default="", help_text="the unit the information comes from")
    since = models.DateField()
    until = models.DateField(null=True)
    sort = models.CharField(max_length=250, db_collation="C")

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_side_known", condition=Q(side__in=["bif", "sof"])),
        ]
        indexes = [
            models.Index(fields=["person_key"], name="case_person"),
            models.Index(
                fields=["side", "sort", "person_key", "since"],
                include=["unit", "until", "kind"],
                name="case_in_order",
            ),
        ]


class Grant(models.Model):
    """What a consent, a mandate or an emergency access opens, on [valid_from, valid_to): to units, or to one user."""

    person_key = models.UUIDField()
    ground = models.CharField(max_length=40)
    ref = models.UUIDField(unique=True, help_text="the consent, mandate or emergency access")
    units = ArrayField(models.CharField(max_length=160), default=list)
    username = models.CharField(max_length=80, blank=True, default="")
    categories = ArrayField(models.CharField(max_length=40), default=list)
    sources = ArrayField(models.CharField(max_length=160), default=list)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_key"], name="grant_person")]


class Shield(models.Model):
    """A citizen known to the public, or close to the staff: met only by those with the right to it, until it is ended."""

    person_key = models.UUIDField()
    reason = models.CharField(max_length=400)
    since = models.DateTimeField(db_default=Now(), editable=False)
    set_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    end_reason = models.CharField(max_length=400, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="shield_once", fields=["person_key"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="shield_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="shield_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
            ),
            models.CheckConstraint(
                name="shield_ended_for_a_reason", condition=Q(end_reason="") | Q(ended_at__isnull=False)
            ),
        ]


class RuleSet(models.Model):
    """The rules as they stood when they were first used, by their hash."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    schema = models.TextField()
    first_used = models.DateTimeField(db_default=Now(), editable=False)


class Decision(models.Model):
    """One decision: what it looked at, without content, and what it answered. With the rules of its hash it can be made
    again, and must come out the same."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.CharField(max_length=80)
    person_key = models.UUIDField()
    purpose = models.CharField(max_length=60)
    rules = models.CharField(max_length=64)
    slice = models.JSONField()
    verdicts = models.JSONField()
    why = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person_key", "-at"], name="decision_person_at")]
