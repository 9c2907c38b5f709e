"""A sanction in a citizen's benefit across the split: one unit decides, the benefits service computes, hears and carries out.

A sanction names no unit that works with it: deciding follows the casework responsibility, and carrying out the benefit
responsibility, whoever holds them. The database lets a sanction change by a step only; see migrations/0002_guards.py.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

DECIDES, CARRIES_OUT = "sagsbehandleransvar", "ydelsesansvar"
"""The parts of the responsibility that a sanction lies with (document 002, appendix 3)."""
DRAFT, HEARD = "draft", "heard"
RUNNING = ("decided", "received", "calculated", "heard")
ENDED = ("effected", "annulled", "withdrawn")
STATES = (DRAFT, *RUNNING, *ENDED)
OF_DECIDING = ("drafted", "revised", "decided", "withdrawn", "upheld", "annulled")
OF_CARRYING_OUT = ("received", "calculated", "heard", "effected")
STEPS = (*OF_DECIDING, *OF_CARRYING_OUT, "answered")


class Sanction(models.Model):
    """A sanction and how far it is. Days of the event are [from_day, to_day], both included; money is øre.

    `reason` is what the citizen is told and the benefits service needs; `assessment` is the deciding side's own and goes
    no further. `deciding_unit` is the holder of the casework at the moment of decision. `month` is the first day of the
    month whose benefit is reduced.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    ground = models.CharField(
        max_length=60, help_text="a key of the catalogue's legal grounds, use: sanction"
    )
    from_day = models.DateField()
    to_day = models.DateField()
    reason = models.TextField()
    assessment = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=DRAFT)
    due_on = models.DateField(
        null=True, help_text="when the present state should be left; empty when it is ended"
    )
    deciding_unit = models.CharField(max_length=160, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    month = models.DateField(null=True)
    amount_oere = models.BigIntegerField(null=True)
    hearing_due = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="the newest answer to the hearing")
    upheld_at = models.DateTimeField(
        null=True, help_text="when the deciding unit last kept to it after an answer"
    )
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    steps = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sanction_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="sanction_days_forward", condition=Q(to_day__gte=F("from_day"))),
            models.CheckConstraint(name="sanction_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="sanction_decided_whole",
                condition=Q(decided_at__isnull=True, deciding_unit="", decided_by="")
                | (Q(decided_at__isnull=False) & ~Q(deciding_unit="") & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="sanction_running_is_decided",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sanction_calculated_whole",
                condition=~Q(state__in=["calculated", "heard", "effected", "annulled"])
                | Q(month__isnull=False, amount_oere__gt=0),
            ),
            models.CheckConstraint(
                name="sanction_heard_whole",
                condition=~Q(state__in=["heard", "effected", "annulled"]) | Q(hearing_due__isnull=False),
            ),
            models.CheckConstraint(
                name="sanction_ended_whole",
                condition=(Q(state__in=ENDED) & Q(ended_at__isnull=False))
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "-created_at"], name="sanction_person"),
            models.Index(fields=["state", "due_on"], condition=~Q(state__in=ENDED), name="sanction_waiting"),
        ]


class SanctionStep(models.Model):
    """A step of a sanction: what, when, by whom, for which unit. Never altered, never removed.

    `unit` is the unit that held the part the step asks for, as the ledger had it; empty where the citizen answered.
    `benefit_oere` is the month's benefit the register knew when it was calculated; `due_on` the deadline the step set.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="taken", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(s, s) for s in STEPS])
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=80)
    unit = models.CharField(max_length=160, blank=True, default="")
    note = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True)
    month = models.DateField(null=True)
    amount_oere = models.BigIntegerField(null=True)
    benefit_oere = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sanction_step_numbered", fields=["sanction", "number"]),
            models.CheckConstraint(name="sanction_step_known", condition=Q(kind__in=STEPS)),
            models.CheckConstraint(name="sanction_step_in_unit", condition=Q(kind="answered") | ~Q(unit="")),
            models.CheckConstraint(
                name="sanction_within_benefit",
                condition=Q(amount_oere__isnull=True)
                | Q(amount_oere__gt=0, benefit_oere__isnull=True)
                | Q(amount_oere__gt=0, amount_oere__lte=F("benefit_oere")),
            ),
            models.CheckConstraint(
                name="sanction_calculated_says_what",
                condition=(Q(kind="calculated") & Q(month__isnull=False, amount_oere__isnull=False))
                | (
                    ~Q(kind="calculated")
                    & Q(month__isnull=True, amount_oere__isnull=True, benefit_oere__isnull=True)
                ),
            ),
        ]
