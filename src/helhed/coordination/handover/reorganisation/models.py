"""Reorganisations: units that give way to others on a day, and the one act in which all they have goes along."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

STATES = ("proposed", "approved", "rejected", "carried_out", "called_off")
ASKED, AGREED, KEPT = "asked", "agreed", "kept"
KINDS = ("renamed", "merged", "split", "moved")


class Reorganisation(models.Model):
    """What happens to units on a day, proposed by one person, approved by another, and carried out once, whole; or called off
    before its day, by two persons again (`CallOff`).

    `moved`: how many of each thing went along, for the record. What comes to a unit afterwards, by a late delivery, can be
    taken along by another of the same day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="proposed")
    reason = models.CharField(max_length=600, blank=True, default="")
    proposed_by = models.CharField(max_length=80)
    proposed_unit = models.CharField(max_length=160)
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_unit = models.CharField(max_length=160, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_reason = models.CharField(max_length=600, blank=True, default="")
    carried_at = models.DateTimeField(null=True)
    moved = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reorganisation_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="reorganisation_by_two",
                condition=Q(state="proposed", decided_by="")
                | (~Q(state="proposed") & ~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="reorganisation_carried_whole",
                condition=Q(state="carried_out", carried_at__isnull=False)
                | (~Q(state="carried_out") & Q(carried_at__isnull=True)),
            ),
            models.UniqueConstraint(
                name="reorganisation_one_a_day",
                fields=["day"],
                condition=Q(state__in=["proposed", "approved"]),
            ),
        ]


class UnitChange(models.Model):
    """A unit that gives way, and what takes over. Where there are several, each citizen goes to the one their case lies in,
    and else to `otherwise`."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=160)
    successors = models.JSONField()
    otherwise = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unitchange_once", fields=["reorganisation", "old"]),
            models.CheckConstraint(name="unitchange_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="unitchange_goes_on", condition=~Q(old=F("otherwise"))),
        ]


class CallOff(models.Model):
    """One person asks to call an approved reorganisation off before its day, and why; another agrees, or says that it stands.
    Who asked can say so too. What nobody answered before the day has come to nothing."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="call_offs")
    state = models.CharField(max_length=6, choices=[(s, s) for s in (ASKED, AGREED, KEPT)], default=ASKED)
    reason = models.CharField(max_length=600)
    asked_by = models.CharField(max_length=80)
    asked_unit = models.CharField(max_length=160)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered_unit = models.CharField(max_length=160, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="calloff_state_known", condition=Q(state__in=[ASKED, AGREED, KEPT])),
            models.CheckConstraint(name="calloff_has_a_reason", condition=~Q(reason="") & ~Q(asked_by="")),
            models.CheckConstraint(
                name="calloff_answered_whole",
                condition=Q(state=ASKED, answered_by="", answered_at__isnull=True)
                | (~Q(state=ASKED) & ~Q(answered_by="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="calloff_by_two", condition=~Q(state=AGREED) | ~Q(answered_by=F("asked_by"))
            ),
            models.UniqueConstraint(
                name="calloff_one_open", fields=["reorganisation"], condition=Q(state=ASKED)
            ),
        ]
