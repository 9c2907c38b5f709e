"""Models that are in force: decided by two persons, one from each administration, from a date, on a ground of that date."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

MODES = ("draft", "trial", "in_force")
STATES = ("proposed", "approved", "rejected", "ended", "withdrawn")
FORMS = ("one_worker", "pair")
STAFFING = ("A", "B")


class AdoptedModel(models.Model):
    """A model (1A to 8E of the catalogue) on [valid_from, valid_to), as a draft, a trial or in force.

    `grace_days`: how long the criteria may have lapsed before a return opens. The other days are the deadlines of each
    step. `form`: one worker for both cases, or a pair (makkerpar). `staffing`: fixed team A or rotating B. `receiving`:
    the unit that takes over (transfer models) or houses the entrance. `ground`: a key of the catalogue's legal grounds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    model = models.CharField(max_length=10)
    mode = models.CharField(max_length=10, choices=[(mode, mode) for mode in MODES])
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="proposed")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    receiving = models.CharField(max_length=160)
    ground = models.CharField(max_length=60)
    confirmed_by_lawyer = models.CharField(
        max_length=160, blank=True, default="", help_text="who confirmed the ground, and where it is filed"
    )
    confirmed_on = models.DateField(null=True)
    settled = models.JSONField(
        default=list, help_text="the unsettled changes of law that the lawyer has taken a stand on, by key"
    )
    grace_days = models.IntegerField(default=56)
    assess_days = models.IntegerField(default=14)
    consent_days = models.IntegerField(default=28)
    accept_days = models.IntegerField(default=7)
    return_days = models.IntegerField(default=28)
    form = models.CharField(max_length=10, choices=[(f, f) for f in FORMS], default="one_worker")
    staffing = models.CharField(max_length=1, choices=[(s, s) for s in STAFFING], default="A")
    reason = models.CharField(max_length=600, blank=True, default="")
    proposed_by = models.CharField(max_length=80)
    proposed_unit = models.CharField(max_length=160)
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_unit = models.CharField(max_length=160, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_reason = models.CharField(max_length=600, blank=True, default="")
    ended_by = models.CharField(max_length=80, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=600, blank=True, default="")
    begun_at = models.DateTimeField(
        null=True, help_text="when those who were in the group from the start were proposed"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="adopted_mode_known", condition=Q(mode__in=MODES)),
            models.CheckConstraint(name="adopted_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="adopted_form_known", condition=Q(form__in=FORMS)),
            models.CheckConstraint(name="adopted_staffing_known", condition=Q(staffing__in=STAFFING)),
            models.CheckConstraint(
                name="adopted_forward", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="adopted_trial_ends", condition=~Q(mode="trial") | Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="adopted_by_two",
                condition=Q(state="proposed", decided_by="")
                | Q(state="withdrawn", decided_by=F("proposed_by"))
                | (
                    ~Q(state__in=["proposed", "withdrawn"])
                    & ~Q(decided_by="")
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="adopted_in_force_is_confirmed",
                condition=~Q(mode="in_force") | (~Q(confirmed_by_lawyer="") & Q(confirmed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="adopted_days",
                condition=Q(
                    grace_days__gte=0,
                    grace_days__lte=182,
                    assess_days__gte=1,
                    consent_days__gte=1,
                    accept_days__gte=1,
                    return_days__gte=1,
                ),
            ),
        ]
        indexes = [models.Index(fields=["model", "state"], name="adopted_by_model")]
