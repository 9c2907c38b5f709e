"""The ledger of responsibility: which unit holds each part for a citizen, from when to when, on what ground.

The rows of a citizen and a part are a chain without gap or overlap, by constraints alone: each row but the first begins
where the one before ended, and only one row can begin or end at a moment. See migrations/0002_rules.py.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

PARTS = ("forvaltningsansvar", "sagsbehandleransvar", "beskaeftigelsesindsats", "ydelsesansvar")
"""The four responsibilities, keys of the catalogue (document 002, section 3.3)."""
GROUNDS = ("lov", "fagsystem", "ressortflyt", "tilbagefoersel", "omorganisering", "sammenlagt")
"""Why a unit holds a part: where the law puts it before any hand-over, the case system moved the case, a hand-over, its
return, a reorganisation, two persons who are one."""
BEFORE_ANY_MOVE = ("lov", "fagsystem")
"""The grounds on which a part follows the case systems."""


MERGED = "sammenlagt"
"""The ground on which the holdings of two persons who are one become one."""
NOWHERE = "-/sammenlagt"
"""In place of a unit: where the parts of the one who is read as another lie, while that other's holding stands for both. No
employee is of that line."""


class Holding(models.Model):
    """A unit holds one part of the responsibility for a citizen on [since, until). Units hold, never persons.

    `beside` is the administration that has the part as well (administrative functions are doubled by a hand-over).
    `ref` names the hand-over or the reorganisation it rests on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    part = models.CharField(max_length=30, choices=[(part, part) for part in PARTS])
    unit = models.CharField(max_length=160)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    previous_until = models.DateTimeField(
        null=True, help_text="when the holding before it ended; empty for the first"
    )
    ground = models.CharField(max_length=20, choices=[(ground, ground) for ground in GROUNDS])
    ref = models.UUIDField(null=True)
    beside = models.CharField(max_length=10, blank=True, default="")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="holding_ends_once", fields=["person_key", "part", "until"], nulls_distinct=False
            ),
            models.UniqueConstraint(
                name="holding_follows_once",
                fields=["person_key", "part", "previous_until"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="holding_forward", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="holding_no_gap",
                condition=Q(previous_until__isnull=True) | Q(previous_until=F("since")),
            ),
            models.CheckConstraint(name="holding_part_known", condition=Q(part__in=PARTS)),
            models.CheckConstraint(name="holding_ground_known", condition=Q(ground__in=GROUNDS)),
            models.CheckConstraint(name="holding_has_a_unit", condition=~Q(unit="")),
            models.CheckConstraint(
                name="holding_rests_on_something",
                condition=Q(ground__in=["lov", "fagsystem"]) | Q(ref__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "part"], condition=Q(until__isnull=True), name="holding_of_unit"),
        ]


class Worker(models.Model):
    """For a time one employee of the holding unit works with a citizen's part; it ends when the part moves."""

    person_key = models.UUIDField()
    part = models.CharField(max_length=30, choices=[(part, part) for part in PARTS])
    unit = models.CharField(max_length=160)
    username = models.CharField(max_length=80)
    since = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="worker_one_a_part", fields=["person_key", "part"], condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(name="worker_part_known", condition=Q(part__in=PARTS)),
            models.CheckConstraint(name="worker_named", condition=~Q(username="")),
        ]
        indexes = [
            models.Index(fields=["username"], condition=Q(until__isnull=True), name="worker_busy"),
        ]


class Offer(models.Model):
    """A citizen has been offered to a unit that does not hold anything yet: it may know who it is about, until closed.

    `ref` is the hand-over. This is the limited preview before acceptance.
    """

    person_key = models.UUIDField()
    unit = models.CharField(max_length=160)
    ref = models.UUIDField()
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="offer_once", fields=["ref"], condition=Q(closed_at__isnull=True)),
        ]
        indexes = [
            models.Index(
                fields=["person_key"], condition=Q(closed_at__isnull=True), name="offer_open_of_person"
            ),
        ]
