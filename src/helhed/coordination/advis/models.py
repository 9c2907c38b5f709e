"""A notice to a unit: something about a shared citizen changed. Thin on purpose: it names groups, never contents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One citizen, one unit, one counting: which target groups the citizen came into and went out of."""

    person_key = models.UUIDField()
    unit = models.CharField(max_length=120)
    recount = models.BigIntegerField()
    on = models.DateField()
    came = ArrayField(models.CharField(max_length=40), default=list)
    went = ArrayField(models.CharField(max_length=40), default=list)
    ground = models.CharField(max_length=60)
    consent = models.UUIDField(
        null=True, help_text="the consent it rests on; empty before consents were rows"
    )
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["person_key", "unit", "recount"]),
            models.CheckConstraint(
                name="notice_done_pair",
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
            ),
            models.CheckConstraint(name="notice_says_something", condition=~Q(came=[], went=[])),
        ]
        indexes = [
            models.Index(fields=["unit", "-at"], condition=Q(done_at__isnull=True), name="notice_waiting")
        ]


class Held(models.Model):
    """How many notices one counting did not send, because consent to sharing was missing."""

    recount = models.BigIntegerField(unique=True)
    notices = models.IntegerField()
    people = models.IntegerField()
    at = models.DateTimeField(auto_now_add=True)
