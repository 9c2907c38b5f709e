"""Consents, after ISO/IEC TS 27560: what was asked, in which words, what was answered, how, by whom, and when it ended.

The database holds the rules: which state follows which, what may never change, the moment of each step, and a record of
every version chained to the one before. See migrations/0002_rules.py.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

KINDS = ("deling", "helhedsorienteret-plan")
STATES = ("requested", "given", "refused", "withdrawn", "expired", "renewed", "invalidated")
DECIDED = ("given", "withdrawn", "renewed")
METHODS = ("portal", "in_person", "paper", "case_system")
EXPRESSED = ("subject", "representative")
EVENTS = ("given", "refused", "withdrawn")
LONGEST = 730
"""Days a consent may be asked for at most."""


class Consent(models.Model):
    """One question to one citizen and its answer, in force on [valid_from, valid_to) while it is given.

    `sources` are the units the information comes from, `recipients` those who may see it; a unit stands for itself and
    all below. `days` is how long it will hold when given; both it and `valid_to` are empty only for a case system's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    kind = models.CharField(max_length=30, choices=[(k, k) for k in KINDS])
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="requested")
    purpose = models.CharField(max_length=60, help_text="code of the purpose")
    categories = ArrayField(models.CharField(max_length=30))
    sources = ArrayField(models.CharField(max_length=120))
    recipients = ArrayField(models.CharField(max_length=120))
    case_ref = models.CharField(max_length=80, blank=True, default="")
    days = models.IntegerField(null=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    language = models.CharField(max_length=2)
    notice_key = models.CharField(max_length=60)
    notice_version = models.IntegerField()
    notice_hash = models.CharField(max_length=64)
    notice_text = models.TextField(help_text="the exact text shown")
    consequences = models.TextField(help_text="what the text says of saying no")
    expressed_by = models.CharField(max_length=20, choices=[(e, e) for e in EXPRESSED], default="subject")
    mandate = models.UUIDField(null=True)
    method = models.CharField(max_length=12, choices=[(m, m) for m in METHODS], default="portal")
    recorded_by = models.CharField(max_length=80, blank=True, default="")
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    evidence_hash = models.CharField(max_length=64, blank=True, default="")
    evidence_file = models.CharField(max_length=80, blank=True, default="")
    signed_on = models.DateField(null=True, help_text="the day on a paper")
    renews = models.UUIDField(null=True)
    source_key = models.CharField(max_length=200, null=True, unique=True)
    requested_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    requested_by = models.CharField(max_length=80)
    requested_unit = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    ended_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    ended_by = models.CharField(max_length=80, blank=True, default="")
    ended_how = models.CharField(
        max_length=12, blank=True, default="", help_text="portal, oral, paper, system"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="consent_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="consent_method_known", condition=Q(method__in=METHODS)),
            models.CheckConstraint(
                name="consent_says_something",
                condition=Q(categories__len__gt=0, sources__len__gt=0, recipients__len__gt=0),
            ),
            models.CheckConstraint(
                name="consent_days",
                condition=Q(method="case_system") | Q(days__gte=1, days__lte=LONGEST),
            ),
            models.CheckConstraint(
                name="consent_decided_has_moments",
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False, valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_ends_sometime",
                condition=Q(method="case_system") | Q(valid_from__isnull=True) | Q(valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_span", condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to"))
            ),
            models.CheckConstraint(
                name="consent_in_person_two_persons",
                condition=~Q(method="in_person")
                | (~Q(recorded_by="") & ~Q(confirmed_by="") & ~Q(confirmed_by=F("recorded_by"))),
            ),
            models.CheckConstraint(
                name="consent_paper_has_scan",
                condition=~Q(method="paper")
                | (~Q(evidence_hash="") & ~Q(recorded_by="") & Q(signed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="consent_by_mandate",
                condition=Q(expressed_by="subject", mandate__isnull=True)
                | Q(expressed_by="representative", mandate__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_source_key",
                condition=Q(method="case_system", source_key__isnull=False)
                | (~Q(method="case_system") & Q(source_key__isnull=True)),
            ),
            models.UniqueConstraint(
                name="consent_renewed_once",
                fields=["renews"],
                condition=Q(renews__isnull=False, state="given"),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "state"], name="consent_person_state"),
            models.Index(fields=["valid_to"], condition=Q(state="given"), name="consent_due"),
            models.Index(fields=["requested_unit"], name="consent_unit"),
        ]


class Record(models.Model):
    """A version of a consent as it stood after a step, written by the database; `hash` covers it and the one before."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    version = models.IntegerField()
    at = models.DateTimeField()
    content = models.TextField(help_text="JSON")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="record_version", fields=["consent", "version"])]


class Receipt(models.Model):
    """What the citizen has in hand: the record as canonical JSON, and a signature over it that stands apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    event = models.CharField(max_length=10, choices=[(e, e) for e in EVENTS])
    at = models.DateTimeField()
    content = models.TextField(help_text="canonical JSON")
    signature = models.TextField(help_text="detached JWS")

    class Meta:
        constraints = [
            models.CheckConstraint(name="receipt_event_known", condition=Q(event__in=EVENTS)),
            models.UniqueConstraint(name="receipt_once", fields=["consent", "event"]),
        ]


class Answer(models.Model):
    """An answer given in person, written down by one and waiting for another to confirm it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    answer = models.CharField(max_length=10, choices=[("given", "given"), ("refused", "refused")])
    words = models.TextField(help_text="what was said, as it was written down")
    language = models.CharField(max_length=2)
    recorded_by = models.CharField(max_length=80)
    recorded_unit = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="", help_text="why it was not confirmed")

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_known", condition=Q(answer__in=["given", "refused"])),
            models.CheckConstraint(
                name="answer_two_persons",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="answer_confirmed_whole",
                condition=Q(confirmed_by="", confirmed_at__isnull=True, agreed__isnull=True)
                | (~Q(confirmed_by="") & Q(confirmed_at__isnull=False, agreed__isnull=False)),
            ),
            models.UniqueConstraint(
                name="answer_waits_once", fields=["consent"], condition=Q(confirmed_by="")
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_unit"], condition=Q(confirmed_by=""), name="answer_waiting")
        ]


class Errand(models.Model):
    """A question sent to the national solution, Digitalt Samtykke, and how far it is."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, primary_key=True)
    reference = models.CharField(max_length=80, blank=True, default="", help_text="theirs; empty until sent")
    sequence = models.IntegerField(default=0, help_text="number of the last answer read")
    done = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="when the answer was last asked for")
    trouble = models.CharField(max_length=300, blank=True, default="", help_text="what went wrong last")

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(done=False), name="errand_open")]
