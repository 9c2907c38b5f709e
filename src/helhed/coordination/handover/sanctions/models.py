"""A sanction in a citizen's benefit across the split: one unit decides, the benefits service computes, hears and carries out;
and how it is undone, by whoever decides now or after a complaint.

A sanction names no unit that works with it: deciding follows the casework responsibility, and carrying out the benefit
responsibility, whoever holds them. The database lets a sanction and a complaint change by a step only; see
migrations/0002_guards.py, 0006_undoing.py and 0007_reached.py.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

DECIDES, CARRIES_OUT = "sagsbehandleransvar", "ydelsesansvar"
"""The parts of the responsibility that a sanction lies with (document 002, appendix 3)."""
DRAFT, HEARD = "draft", "heard"
RUNNING = ("decided", "received", "calculated", "heard", "reversed")
ENDED = ("effected", "annulled", "withdrawn", "repaid")
STATES = (DRAFT, *RUNNING, *ENDED)
OF_DECIDING = ("drafted", "revised", "decided", "withdrawn", "upheld", "annulled", "reversed")
OF_CARRYING_OUT = ("received", "calculated", "heard", "effected", "repaid")
STEPS = (*OF_DECIDING, *OF_CARRYING_OUT, "answered")
FROM_CALCULATED = ["calculated", "heard", "effected", "annulled", "reversed", "repaid"]
TO_ANSWER = ("received", "kept", "returned")
"""The states of a complaint in which the deciding unit has something to do."""
OPEN = (*TO_ANSWER, "sent")
SETTLED = ("agreed", "confirmed", "changed", "dismissed", "rekept", "taken-back")
COMPLAINT_STEPS = (
    "complained",
    "kept",
    "partly",
    "agreed",
    "sent",
    "confirmed",
    "changed",
    "dismissed",
    "returned",
    "taken-back",
)
OF_THE_BOARD = ("confirmed", "changed", "dismissed", "returned")
"""What the National Social Appeals Board can answer: it was right, it is changed, it is not taken up, decide again."""
TOLD = (*STEPS, *COMPLAINT_STEPS, "overdue")


class Sanction(models.Model):
    """A sanction and how far it is. Days of the event are [from_day, to_day], both included; money is øre.

    `reason` is what the citizen is told and the benefits service needs; `assessment` is the deciding side's own and goes
    no further. `deciding_unit` is the holder of the casework at the moment of decision. `month` is the first day of the
    month whose benefit is reduced. `reversed_whole`: whether all of it was undone, or a part; `repaid_oere` what was paid
    back so far, by `repaid_on`. `complaint` and `complaint_due` are those of the complaint that is open, kept by the database.
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
    effected_at = models.DateTimeField(null=True)
    reversed_by = models.CharField(max_length=80, blank=True, default="")
    reversed_whole = models.BooleanField(null=True)
    repaid_oere = models.BigIntegerField(default=0)
    repaid_on = models.DateField(null=True)
    complaint = models.CharField(max_length=10, blank=True, default="")
    complaint_due = models.DateField(null=True)
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
                condition=~Q(state__in=FROM_CALCULATED) | Q(month__isnull=False, amount_oere__gt=0),
            ),
            models.CheckConstraint(
                name="sanction_heard_whole",
                condition=~Q(state__in=FROM_CALCULATED[1:]) | Q(hearing_due__isnull=False),
            ),
            models.CheckConstraint(
                name="sanction_ended_whole",
                condition=(Q(state__in=ENDED) & Q(ended_at__isnull=False))
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="sanction_undone_whole",
                condition=~Q(state__in=["effected", "reversed", "repaid"])
                | Q(state="effected", effected_at__isnull=False, reversed_whole__isnull=True)
                | (Q(effected_at__isnull=False, reversed_whole__isnull=False) & ~Q(reversed_by="")),
            ),
            models.CheckConstraint(
                name="sanction_repaid_within",
                condition=Q(repaid_oere=0) | Q(repaid_oere__gt=0, repaid_oere__lte=F("amount_oere")),
            ),
            models.CheckConstraint(
                name="sanction_complaint_known", condition=Q(complaint="") | Q(complaint__in=OPEN)
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "-created_at"], name="sanction_person"),
            models.Index(fields=["state", "due_on"], condition=~Q(state__in=ENDED), name="sanction_waiting"),
            models.Index(fields=["complaint_due"], condition=~Q(complaint=""), name="sanction_complained_of"),
        ]


class SanctionStep(models.Model):
    """A step of a sanction: what, when, by whom, for which unit. Never altered, never removed.

    `unit` is the unit that held the part the step asks for, as the ledger had it; empty where the citizen answered.
    `benefit_oere` is the month's benefit the register knew when it was calculated; `due_on` the deadline the step set.
    `mandate` is set where somebody answered for the citizen. A reversal says whether all is undone (`whole`), and `ref` the step
    of a complaint it follows from; a repayment says how much, and on which day it is paid.
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
    mandate = models.UUIDField(null=True)
    whole = models.BooleanField(null=True)
    ref = models.UUIDField(null=True)
    paid_on = models.DateField(null=True)

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
                | Q(kind="repaid", month__isnull=True, benefit_oere__isnull=True, amount_oere__isnull=False)
                | (
                    ~Q(kind__in=["calculated", "repaid"])
                    & Q(month__isnull=True, amount_oere__isnull=True, benefit_oere__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="sanction_step_undoes",
                condition=Q(kind="reversed", whole__isnull=False, paid_on__isnull=True)
                | Q(kind="repaid", paid_on__isnull=False, whole__isnull=True, ref__isnull=True)
                | (
                    ~Q(kind__in=["reversed", "repaid"])
                    & Q(whole__isnull=True, ref__isnull=True, paid_on__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="sanction_step_for_citizen",
                condition=Q(mandate__isnull=True) | Q(kind="answered", unit=""),
            ),
            models.UniqueConstraint(
                name="sanction_step_follows_once", fields=["ref"], condition=Q(ref__isnull=False)
            ),
        ]


class Complaint(models.Model):
    """A complaint about a sanction that took effect, and how far it is.

    `decided_on` is the day of the decision it is about, set by the database; `told_on` the day that decision reached the citizen,
    and `last_day` the last one to complain (see four_weeks.py); both empty while its letter waited to be sent. `in_time`, set by
    the database: whether it came by then. `due_on`: when the deciding unit should have done the next.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="complaints")
    state = models.CharField(max_length=10, choices=[(s, s) for s in (*OPEN, *SETTLED)], default="received")
    received_on = models.DateField()
    decided_on = models.DateField(null=True, editable=False, help_text="set by the database")
    told_on = models.DateField(null=True)
    last_day = models.DateField(null=True)
    in_time = models.BooleanField(null=True, editable=False, help_text="set by the database")
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    steps = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="complaint_state_known", condition=Q(state__in=(*OPEN, *SETTLED))),
            models.CheckConstraint(
                name="complaint_ended_whole",
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | Q(state__in=SETTLED, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_told_whole",
                condition=Q(told_on__isnull=True, last_day__isnull=True)
                | Q(told_on__isnull=False, last_day__isnull=False),
            ),
            models.UniqueConstraint(
                name="complaint_one_open", fields=["sanction"], condition=Q(ended_at__isnull=True)
            ),
        ]


class ComplaintStep(models.Model):
    """A step of a complaint. Never altered, never removed.

    `on_day`: the day it came, was sent, or was decided by the Board. `unit` is empty where the citizen complained or took it
    back on the own page, or somebody with a `mandate` did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="taken", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(s, s) for s in COMPLAINT_STEPS])
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=80)
    unit = models.CharField(max_length=160, blank=True, default="")
    mandate = models.UUIDField(null=True)
    note = models.TextField(blank=True, default="")
    on_day = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="complaint_step_numbered", fields=["complaint", "number"]),
            models.CheckConstraint(name="complaint_step_known", condition=Q(kind__in=COMPLAINT_STEPS)),
            models.CheckConstraint(
                name="complaint_step_in_unit",
                condition=Q(kind__in=["complained", "taken-back"]) | ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="complaint_step_for_citizen", condition=Q(mandate__isnull=True) | Q(unit="")
            ),
            models.CheckConstraint(
                name="complaint_step_has_day",
                condition=Q(kind__in=("complained", "sent", *OF_THE_BOARD), on_day__isnull=False)
                | (~Q(kind__in=("complained", "sent", *OF_THE_BOARD)) & Q(on_day__isnull=True)),
            ),
        ]


class SanctionMessage(models.Model):
    """What a side is told of a sanction: once for each step and side. Like the sanction it belongs to a part of the
    responsibility and to no unit: whoever holds the part reads it, and signs it off.

    `step` is the step of the sanction or of its complaint that it tells of, or that set the deadline which has passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="messages")
    step = models.UUIDField()
    part = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=[(m, m) for m in TOLD])
    at = models.DateTimeField(db_default=Now(), editable=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sanction_message_once", fields=["step", "part", "what"]),
            models.CheckConstraint(name="sanction_message_known", condition=Q(what__in=TOLD)),
            models.CheckConstraint(
                name="sanction_message_part", condition=Q(part__in=[DECIDES, CARRIES_OUT])
            ),
            models.CheckConstraint(
                name="sanction_message_done_pair",
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
            ),
        ]
        indexes = [models.Index(fields=["part", "-at"], name="sanction_message_new")]
