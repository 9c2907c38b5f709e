"""One line per look and per act. The line refers to nobody by foreign key and is never altered: the role may only append."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


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

    class Meta:
        indexes = [
            models.Index(fields=["person_key", "-at"], name="event_person_at"),
            models.Index(fields=["-at"], name="event_at"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_outcome_known", condition=models.Q(outcome__in=["allowed", "denied"])
            ),
            models.CheckConstraint(name="event_has_actor", condition=~models.Q(actor="")),
        ]
