"""Scenes of models in use and of reorganisations."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from completeness.scenes import Stage, reaches
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.adoption.terms import Terms, longest_trial
from helhed.coordination.handover.reorganisation import actions as reorganisation
from helhed.coordination.handover.reorganisation import calling_off
from helhed.coordination.handover.reorganisation.models import Reorganisation

MODELS = "coordination.handover.adoption.actions"
UNITS = "coordination.handover.reorganisation.actions"
DAY, OTHERWISE = date(2025, 1, 1), {"sof/borgercenter-voksne": "sof/driftscenter-6/oevrige"}
REASON = "Besluttet på det fælles ledermøde."


def proposed(stage: Stage) -> UUID:
    today = timezone.localdate()
    terms = Terms(
        model="5A",
        mode="trial",
        valid_from=today,
        valid_to=longest_trial(today),
        receiving="sof/driftscenter-1",
        ground="LOV-1750-2025",
        reason=REASON,
    )
    return adoption.propose(by=stage.user("birgit"), terms=terms)


@reaches(f"{MODELS}:propose", action="model-propose", actor="birgit", object="model 5A as trial")
@reaches(f"{MODELS}:approve", action="model-approve", actor="lene", object="model 5A as trial")
@reaches(f"{MODELS}:begun", action="model-begin", actor="system", object="adoption")
@reaches(f"{MODELS}:end", action="model-end", actor="lene", object="model 5A")
def _(stage: Stage):
    made = proposed(stage)
    adoption.approve(by=stage.user("lene"), adoption=made)
    adoption.begun(by=SYSTEM, adoption=made)
    adoption.end(by=stage.user("lene"), adoption=made, on=timezone.localdate(), reason=REASON)


@reaches(f"{MODELS}:withdraw", action="model-withdraw", actor="birgit", object="model 5A")
def _(stage: Stage):
    adoption.withdraw(by=stage.user("birgit"), adoption=proposed(stage))


@reaches(f"{MODELS}:reject", action="model-reject", actor="lene", object="model 5A")
def _(stage: Stage):
    adoption.reject(by=stage.user("lene"), adoption=proposed(stage), reason=REASON)


def suggested(stage: Stage) -> UUID:
    return reorganisation.propose(by=stage.user("lene"), day=DAY, otherwise=OTHERWISE, reason=REASON)


@reaches(f"{UNITS}:propose", action="reorganisation-propose", actor="lene", object="13 units on 2025-01-01")
@reaches(f"{UNITS}:approve", action="reorganisation-approve", actor="birgit", object="2025-01-01")
@reaches(f"{UNITS}:carry_out", action="reorganisation", actor="system", object="2025-01-01")
def _(stage: Stage):
    made = suggested(stage)
    reorganisation.approve(by=stage.user("birgit"), reorganisation=made)
    reorganisation.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)


@reaches(f"{UNITS}:reject", action="reorganisation-reject", actor="birgit", object="2025-01-01")
def _(stage: Stage):
    reorganisation.reject(by=stage.user("birgit"), reorganisation=suggested(stage), reason=REASON)


def approved_for_later() -> UUID:
    """One whose day has not come, as two leaders have decided it."""
    day = timezone.localdate() + timedelta(days=30)
    row = Reorganisation.objects.create(day=day, reason=REASON, proposed_by="lene", proposed_unit="sof")
    row.state, row.decided_by, row.decided_at = "approved", "birgit", timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row.pk


OFF = "coordination.handover.reorganisation.calling_off"


@reaches(f"{OFF}:ask", action="reorganisation-call-off-asked", actor="lene", object="reorganisation on")
@reaches(f"{OFF}:agree", action="reorganisation-called-off", actor="birgit", object="reorganisation on")
def _(stage: Stage):
    made = approved_for_later()
    calling_off.ask(by=stage.user("lene"), reorganisation=made, reason=REASON)
    calling_off.agree(by=stage.user("birgit"), reorganisation=made)


@reaches(f"{OFF}:keep", action="reorganisation-kept", actor="birgit", object="reorganisation on")
def _(stage: Stage):
    made = approved_for_later()
    calling_off.ask(by=stage.user("lene"), reorganisation=made, reason=REASON)
    calling_off.keep(by=stage.user("birgit"), reorganisation=made, reason=REASON)


@reaches("coordination.advis.actions:rehouse", action="advis-rehoused", actor="system", object="notices")
def _(stage: Stage):
    units = [notice.unit for notice in stage.world.notices.values()]
    rehouse(by=SYSTEM, units=units, place=lambda person, unit: "sof/driftscenter-6/oevrige")
