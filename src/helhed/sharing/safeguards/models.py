"""Emergency accesses and their second look; people new to helhed; samples of the log and the list of the watched.

No row refers to a person or a line of the log by foreign key: keys and numbers only, as in the log itself.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

VERDICTS = ["justified", "not-justified"]
JUDGEMENTS = ["yes", "no", "cannot-tell"]
DECISIONS = ["released", "kept"]
SHORTEST_REASON = 20
LASTS = timedelta(hours=3)


class Emergency(models.Model):
    """One person's information open to one user for three hours, with the reason given and the leader's second look."""

    id = models.UUIDField(primary_key=True, editable=False)
    person_key = models.UUIDField()
    username = models.CharField(max_length=80)
    unit = models.CharField(max_length=120)
    reason = models.CharField(max_length=1000)
    opened_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="closed early; it ends by itself at `until`")
    seen_by = models.CharField(max_length=80, blank=True, default="")
    seen_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, blank=True, default="")
    verdict_note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="emergency_verdict_known", condition=Q(verdict__in=["", *VERDICTS])),
            models.CheckConstraint(
                name="emergency_seen_whole",
                condition=Q(verdict="", seen_by="", seen_at__isnull=True, verdict_note="")
                | (~Q(verdict="") & ~Q(seen_by="") & Q(seen_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="emergency_seen_by_another", condition=Q(seen_by="") | ~Q(seen_by=F("username"))
            ),
            models.CheckConstraint(
                name="emergency_closed_within",
                condition=Q(closed_at__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_at__lte=F("until")),
            ),
            models.CheckConstraint(name="emergency_has_actor", condition=~Q(username="")),
            models.CheckConstraint(name="emergency_three_hours", condition=Q(until=F("opened_at") + LASTS)),
        ]
        indexes = [
            models.Index(fields=["username", "person_key", "-until"], name="emergency_of_user"),
            models.Index(fields=["person_key", "-opened_at"], name="emergency_of_person"),
            models.Index(fields=["opened_at"], condition=Q(verdict=""), name="emergency_not_seen"),
        ]


class EmbargoTime(models.Model):
    """A time in which the embargo on new people was on, half-open; open while it is on."""

    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="embargo_time_one_open", fields=["ended_at"], nulls_distinct=False),
            models.CheckConstraint(
                name="embargo_time_forward", condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("since"))
            ),
        ]


class Embargo(models.Model):
    """A person first seen in a delivery while the embargo was on: not shared across sides until somebody has looked."""

    person_key = models.UUIDField(primary_key=True, editable=False)
    since = models.DateTimeField()
    reason = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True, default="")
    lifted_note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="embargo_lifted_whole",
                condition=Q(lifted_at__isnull=True, lifted_by="", lifted_note="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="") & ~Q(lifted_note="")),
            )
        ]
        indexes = [models.Index(fields=["since"], condition=Q(lifted_at__isnull=True), name="embargo_open")]


class IdentityReview(models.Model):
    """Somebody looked at who a new person is, and released the person for sharing or kept the embargo."""

    person_key = models.UUIDField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=80)
    decision = models.CharField(max_length=10)
    note = models.CharField(max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_decision_known", condition=Q(decision__in=DECISIONS)),
            models.CheckConstraint(name="review_says_why", condition=~Q(note="")),
        ]
        indexes = [models.Index(fields=["person_key", "-at"], name="review_of_person")]


class Sample(models.Model):
    """The looks of one unit in one month that were drawn for the leader to judge, with the seed that draws them again.

    An extra one is drawn by hand in the month itself, and is of the looks until then.
    """

    unit = models.CharField(max_length=120)
    month = models.DateField(help_text="the first day of the month the looks are from")
    until = models.DateTimeField(
        help_text="looks before this moment: the month's end, or when an extra one was drawn"
    )
    extra = models.BooleanField(default=False)
    seed = models.CharField(max_length=64)
    size = models.PositiveSmallIntegerField(help_text="looks drawn at random, the watched not counted")
    population = models.PositiveIntegerField(help_text="looks there were to draw from")
    population_sha256 = models.CharField(max_length=64, help_text="of the numbers of their lines in the log")
    drawn_at = models.DateTimeField(db_default=Now(), editable=False)
    drawn_by = models.CharField(max_length=80)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sample_once", fields=["unit", "month"], condition=Q(extra=False)),
            models.CheckConstraint(name="sample_month_first", condition=Q(month__day=1)),
            models.CheckConstraint(name="sample_has_unit", condition=~Q(unit="")),
            models.CheckConstraint(
                name="sample_filed_whole",
                condition=Q(filed_at__isnull=True, filed_by="")
                | (Q(filed_at__isnull=False) & ~Q(filed_by="")),
            ),
        ]


class SampledLook(models.Model):
    """One look of a sample: its line in the log, why it was taken, and what the leader found."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="looks")
    event = models.BigIntegerField(help_text="the line of the log")
    watched = models.BooleanField(help_text="taken because the person or the employee is watched")
    need = models.CharField(
        max_length=12, blank=True, default="", help_text="was the look needed for the work?"
    )
    case_ref = models.CharField(max_length=80, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    judged_by = models.CharField(max_length=80, blank=True, default="")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sampled_once", fields=["sample", "event"]),
            models.CheckConstraint(name="sampled_need_known", condition=Q(need__in=["", *JUDGEMENTS])),
            models.CheckConstraint(
                name="sampled_judged_whole",
                condition=Q(need="", judged_by="", judged_at__isnull=True)
                | (~Q(need="") & ~Q(judged_by="") & Q(judged_at__isnull=False)),
            ),
            models.CheckConstraint(name="sampled_says_why", condition=Q(need__in=["", "yes"]) | ~Q(note="")),
        ]


class Watch(models.Model):
    """A person or an employee whose every look is sampled, until a day, with the reason."""

    id = models.UUIDField(primary_key=True, editable=False)
    person_key = models.UUIDField(null=True)
    username = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=1000)
    since = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateField(help_text="the first day it no longer holds")
    set_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="watch_one_of_two",
                condition=Q(person_key__isnull=False, username="")
                | (Q(person_key__isnull=True) & ~Q(username="")),
            ),
            models.CheckConstraint(name="watch_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="watch_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
            ),
        ]
