"""Mandates: that somebody may act for a citizen, in what, and between which moments.

The database holds the rules: which state follows which, what may never change, and the moment of each step. See
migrations/0002_rules.py.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

KINDS = ("relative", "representative")
SCOPES = ("see", "log", "consent", "answer")
STATES = ("offered", "active", "revoked", "expired", "refused", "deceased")
METHODS = ("portal", "paper", "in_person")


class Mandate(models.Model):
    """One citizen's mandate to one person, in force on [valid_from, valid_to) while it is active.

    `holder` is the log-in that took it with the code; empty until then. A mandate on paper waits for a second person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    holder = models.CharField(max_length=80, blank=True, default="")
    holder_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in KINDS])
    scope = ArrayField(models.CharField(max_length=10))
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="offered")
    method = models.CharField(max_length=10, choices=[(m, m) for m in METHODS])
    code_hash = models.CharField(max_length=64, unique=True)
    evidence_hash = models.CharField(max_length=64, blank=True, default="")
    evidence_file = models.CharField(max_length=80, blank=True, default="")
    recorded_by = models.CharField(max_length=80, blank=True, default="")
    recorded_unit = models.CharField(max_length=120, blank=True, default="")
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    offered_by = models.CharField(max_length=80)
    offered_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    confirmed_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    accepted_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    ended_at = models.DateTimeField(null=True, editable=False, help_text="set by the database")
    ended_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="mandate_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="mandate_method_known", condition=Q(method__in=METHODS)),
            models.CheckConstraint(
                name="mandate_scope_known",
                condition=Q(scope__contained_by=list(SCOPES)) & Q(scope__len__gt=0),
            ),
            models.CheckConstraint(name="mandate_days", condition=Q(valid_from__lt=F("valid_to"))),
            models.CheckConstraint(
                name="mandate_active_has_holder",
                condition=~Q(state="active") | (~Q(holder="") & Q(accepted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="mandate_paper_has_scan",
                condition=~Q(method="paper") | (~Q(evidence_hash="") & ~Q(recorded_by="")),
            ),
            models.CheckConstraint(
                name="mandate_paper_confirmed",
                condition=~Q(method="paper", state="active") | ~Q(confirmed_by=""),
            ),
            models.CheckConstraint(
                name="mandate_two_persons",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("recorded_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key"], name="mandate_person"),
            models.Index(fields=["holder"], name="mandate_holder"),
            models.Index(
                fields=["valid_to"], condition=Q(state__in=["offered", "active"]), name="mandate_due"
            ),
        ]


class Attempt(models.Model):
    """A code that was typed and fitted nothing. Too many in an hour, and the log-in must wait."""

    username = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["username", "-at"], name="attempt_user_at")]
