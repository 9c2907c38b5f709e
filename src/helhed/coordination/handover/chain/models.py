"""The chain of a hand-over, and of its way back: one row for where it stands, one for each step that was ever taken.

The database holds which state follows which, that steps and evidence are never altered, that a citizen has one open chain,
and that nothing takes effect without criteria, assessment, consent and decision. See migrations/0002_guards.py.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

OVER, BACK = "over", "back"
OPEN = ("proposed", "assessed", "asked", "consented", "decided", "offered", "refused", "accepted")
ENDED = ("effective", "exempted", "declined", "lapsed", "cancelled")
STATES = (*OPEN, *ENDED)
UNACCEPTED = ("proposed", "decided", "offered")
"""The states of a return that may still come to nothing because its ground is there again."""
CAUSES = ("criteria", "consent", "lapsed", "progression", "death", "moved-away", "request", "end-of-model")
STEPS = (
    "proposed",
    "assessed-bif",
    "assessed-sof",
    "assessed",
    "asked",
    "consented",
    "declined",
    "decided",
    "offered",
    "accepted",
    "refused",
    "answered",
    "effective",
    "exempted",
    "lapsed",
    "cancelled",
    "escalated",
    "noted",
    "redirected",
)
MESSAGES = ("proposed", "offered", "accepted", "refused", "effective", "ended", "returning", "overdue")


class Chain(models.Model):
    """A hand-over (`over`) or a return (`back`) of one citizen under an adopted model, and how far it is.

    `due_on` is the deadline of the present step; `escalated_at` says that it passed and the leaders were told. `effective_on`
    is the day responsibility moves, `effective_at` the moment it did. `family` ties the chains of one family together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    direction = models.CharField(max_length=4, choices=[(OVER, OVER), (BACK, BACK)])
    model = models.CharField(max_length=10)
    adoption = models.UUIDField()
    from_unit = models.CharField(max_length=160)
    to_unit = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="proposed")
    cause = models.CharField(max_length=12, choices=[(c, c) for c in CAUSES], default="criteria")
    returns = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="returned_by", db_index=False
    )
    family = models.UUIDField(null=True)
    consent = models.UUIDField(null=True)
    evidence = models.UUIDField(null=True, help_text="the newest evidence that the criteria are true")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    due_on = models.DateField(null=True)
    escalated_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    effective_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True, default="")
    steps = models.IntegerField(default=0, help_text="how many steps it has; the number of the newest")

    newest: tuple[int, str] = (0, "")
    """Number and hash of the last step taken through this very row; not kept."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="chain_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="chain_direction_known", condition=Q(direction__in=[OVER, BACK])),
            models.CheckConstraint(name="chain_cause_known", condition=Q(cause__in=CAUSES)),
            models.CheckConstraint(name="chain_goes_somewhere", condition=~Q(from_unit=F("to_unit"))),
            models.UniqueConstraint(
                name="chain_one_open", fields=["person_key"], condition=~Q(state__in=ENDED)
            ),
            models.UniqueConstraint(
                name="chain_returns_once",
                fields=["returns"],
                condition=Q(returns__isnull=False) & ~Q(state__in=["cancelled", "lapsed"]),
            ),
            models.CheckConstraint(
                name="chain_back_from_somewhere",
                condition=Q(direction=OVER, returns__isnull=True) | Q(direction=BACK, returns__isnull=False),
            ),
            models.CheckConstraint(
                name="chain_ended_whole",
                condition=(Q(state__in=ENDED) & Q(ended_at__isnull=False))
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="chain_effective_whole",
                condition=~Q(state="effective") | Q(effective_on__isnull=False, effective_at__isnull=False),
            ),
            models.CheckConstraint(
                name="chain_over_needs_consent",
                condition=Q(direction=BACK)
                | ~Q(state__in=["consented", "decided", "offered", "refused", "accepted", "effective"])
                | Q(consent__isnull=False, evidence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "-opened_at"], name="chain_person"),
            models.Index(fields=["from_unit", "state"], name="chain_from"),
            models.Index(fields=["to_unit", "state"], name="chain_to"),
        ]


class Step(models.Model):
    """A step that was taken: what, when, by whom, for which unit, and what it rested on. Never altered, never removed.

    `pinned` is what it rested on, as plain values (keys and hashes, never contents). `before` is the hash of the step before,
    `hash` of this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="taken", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=14, choices=[(s, s) for s in STEPS])
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=80)
    unit = models.CharField(max_length=160, blank=True, default="")
    on_behalf = models.BooleanField(
        default=False, help_text="somebody else of the unit's line did it for the unit"
    )
    reason = models.CharField(
        max_length=20, blank=True, default="", help_text="a code: an exemption, a refusal"
    )
    note = models.TextField(blank=True, default="")
    pinned = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_numbered", fields=["chain", "number"]),
            models.CheckConstraint(name="step_kind_known", condition=Q(kind__in=STEPS)),
        ]


class RuleText(models.Model):
    """The words of the groups and the codes they lean on, as they stood when they were used, by their hash."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    first_used = models.DateTimeField(db_default=Now(), editable=False)


class Evidence(models.Model):
    """That a citizen met the criteria on a day: by which facts, known at which moment, under which rule. Never altered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    group = models.CharField(max_length=40)
    day = models.DateField()
    known_at = models.DateTimeField()
    rules = models.CharField(max_length=64, help_text="hash of the RuleText")
    facts = models.JSONField(
        help_text="the rows looked at: of the person and of relatives the rule asks about"
    )
    verdict = models.CharField(max_length=7, choices=[(v, v) for v in ("true", "false", "unknown")])
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_verdict_known", condition=Q(verdict__in=["true", "false", "unknown"])
            ),
        ]
        indexes = [models.Index(fields=["person_key", "-at"], name="evidence_person")]


class Cause(models.Model):
    """Why an effective hand-over should be undone, seen by itself: it opens a return on `opens_on`, unless it goes away.

    Withdrawn consents are written here by a trigger on the consent, in the transaction of the withdrawal.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="causes")
    cause = models.CharField(max_length=12, choices=[(c, c) for c in CAUSES])
    seen_at = models.DateTimeField(db_default=Now(), editable=False)
    opens_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in ("waiting", "opened", "gone")], default="waiting"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cause_once", fields=["chain", "cause"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(name="cause_known", condition=Q(cause__in=CAUSES)),
            models.CheckConstraint(
                name="cause_state_known", condition=Q(state__in=["waiting", "opened", "gone"])
            ),
        ]
        indexes = [models.Index(fields=["opens_on"], condition=Q(state="waiting"), name="cause_due")]


class StillActing(models.Model):
    """The citizen has moved away, and a unit has said on which ground Copenhagen still acts: what the register says of it is no
    cause to undo the hand-over. `codes`: what it said then; what it says beyond that is a cause again. Over (`ended_at`) when
    it says nothing of the kind any more, or a unit has said it anew."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="still_acting")
    ground = models.CharField(max_length=40, help_text="a legal ground of the catalogue, used for handling")
    note = models.TextField()
    codes = models.JSONField(default=list)
    said_by = models.CharField(max_length=80)
    said_unit = models.CharField(max_length=160)
    said_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="stillacting_once", fields=["chain"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="stillacting_with_words", condition=~Q(note="") & ~Q(ground="")),
        ]


class Message(models.Model):
    """What a unit is told of a chain: once for each step and unit. `done_at`: somebody has acted on what it asked for;
    `read_at`: somebody of the unit has read it. What is neither is unread."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="messages")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=160)
    what = models.CharField(max_length=10, choices=[(m, m) for m in MESSAGES])
    to_leader = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True, default="")
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_once", fields=["step", "unit", "what"]),
            models.CheckConstraint(name="message_known", condition=Q(what__in=MESSAGES)),
            models.CheckConstraint(
                name="message_done_pair",
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
            ),
            models.CheckConstraint(
                name="message_read_pair",
                condition=Q(read_at__isnull=True, read_by="") | (Q(read_at__isnull=False) & ~Q(read_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-at"], condition=Q(done_at__isnull=True), name="message_waiting"),
            models.Index(fields=["unit", "-at"], name="message_of_unit"),
        ]


class Heard(models.Model):
    """A counting whose changes have been turned into proposals and causes."""

    recount = models.BigIntegerField(unique=True)
    proposed = models.IntegerField()
    lapsed = models.IntegerField()
    at = models.DateTimeField(db_default=Now(), editable=False)


class Merged(models.Model):
    """Two persons whom the register says are one, and what followed: `gone` is read as `kept`.

    `carried`: the holding of `gone` became that of `kept`, who had none. `rows`: what came under the key of `kept`, by kind, so
    that it can go back when the two are parted (`parted_at`). Written by functions of the owner's (migrations/0008_merged.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    merge = models.BigIntegerField(unique=True)
    kept = models.UUIDField()
    gone = models.UUIDField()
    carried = models.BooleanField()
    rows = models.JSONField(default=dict)
    followed_at = models.DateTimeField(db_default=Now(), editable=False)
    parted_at = models.DateTimeField(null=True)
