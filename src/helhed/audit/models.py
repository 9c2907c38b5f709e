"""One line per look and per act, and the tree it is sealed in.

Nothing here refers to anything by foreign key and nothing is altered: the running program may only append.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now

from helhed.audit.columns import CurrentTransaction, TransactionId


class Event(models.Model):
    """Who did what to whom, when, for which purpose and on which ground, and whether it was allowed."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.CharField(max_length=80, help_text="username; 'system' for the program itself")
    actor_role = models.CharField(max_length=20, blank=True)
    actor_unit = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=60)
    person_key = models.UUIDField(null=True)
    object = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=120, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    outcome = models.CharField(max_length=10, choices=[("allowed", "allowed"), ("denied", "denied")])
    decision = models.UUIDField(null=True, help_text="the decision of the sharing policy this rests on")
    mandate = models.UUIDField(null=True, help_text="the mandate under which the actor acted for the person")
    request_id = models.CharField(max_length=36, blank=True, help_text="the request the line was written for")
    xid = TransactionId(db_default=CurrentTransaction(), editable=False)
    salt = models.UUIDField(
        null=True,
        db_default=RandomUUID(),
        help_text="hides the personal values in the tree; null once erased",
    )
    remains = models.BinaryField(
        null=True, help_text="the digest of the personal values, left when they are erased"
    )

    class Meta:
        indexes = [
            models.Index(fields=["person_key", "-at"], name="event_person_at"),
            models.Index(fields=["-at"], name="event_at"),
            models.Index(fields=["actor", "-id"], name="event_actor"),
            models.Index(fields=["action", "-id"], name="event_action"),
            models.Index(fields=["xid"], name="event_xid"),
            models.Index(fields=["-id"], name="event_denied", condition=models.Q(outcome="denied")),
            models.Index(
                fields=["decision"], name="event_decision", condition=models.Q(decision__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_outcome_known", condition=models.Q(outcome__in=["allowed", "denied"])
            ),
            models.CheckConstraint(
                name="event_has_actor", condition=~models.Q(actor="") | models.Q(remains__isnull=False)
            ),
            models.CheckConstraint(
                name="event_whole_or_erased",
                condition=models.Q(salt__isnull=False, remains__isnull=True)
                | models.Q(salt__isnull=True, remains__isnull=False, actor="", person_key=None, object=""),
            ),
        ]


class Leaf(models.Model):
    """A line's place in the tree and the hash it was sealed with."""

    position = models.BigIntegerField(primary_key=True, help_text="from 0, without holes")
    event = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)


class Tile(models.Model):
    """The root of a whole part of the tree: of 256 leaves (level 8), of 256 such (level 16), and so on."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField(help_text="from 0, within the level")
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]


class Head(models.Model):
    """The signed word on the tree as it stood: how many lines, their common hash, when, and after which head."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    previous = models.BinaryField(
        max_length=32, help_text="hash of the head before; of nothing for the first"
    )
    key = models.CharField(max_length=43, help_text="name of the key, its thumbprint")
    signature = models.BinaryField(max_length=64)
    below = TransactionId(help_text="every transaction below this number had its lines sealed with this head")


class Anchor(models.Model):
    """A try to leave a head outside: with whom, whether it was taken, and what was answered."""

    KINDS = [("file", "file"), ("witness", "witness"), ("timestamp", "timestamp")]
    kind = models.CharField(max_length=10, choices=KINDS)
    size = models.BigIntegerField(help_text="of the head")
    head = models.BinaryField(max_length=32, default=bytes, help_text="hash of the head")
    at = models.DateTimeField(db_default=Now(), editable=False)
    held = models.BooleanField(help_text="whether the head is there now")
    refused = models.BooleanField(
        default=False, help_text="answered, but would not have it: the log contradicts"
    )
    place = models.CharField(max_length=200, help_text="the file, or the address")
    answer = models.BinaryField(default=bytes, help_text="the countersignature, or the time stamp")
    words = models.CharField(max_length=300, blank=True, help_text="why it was not taken")

    class Meta:
        indexes = [models.Index(fields=["kind", "held", "-size"], name="anchor_newest")]
        constraints = [
            models.CheckConstraint(
                name="anchor_kind_known", condition=models.Q(kind__in=["file", "witness", "timestamp"])
            ),
            models.CheckConstraint(
                name="anchor_held_or_not", condition=models.Q(held=False) | models.Q(refused=False)
            ),
        ]
