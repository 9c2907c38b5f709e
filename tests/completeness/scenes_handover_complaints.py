"""Scenes of complaints about a sanction, of undoing one, and of what the sides are told."""

from uuid import UUID

from django.utils import timezone

from completeness.scenes import Stage, reaches
from completeness.scenes_handover_sanctions import answered
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.sanctions import actions, complaints, messages, rounds
from helhed.coordination.handover.sanctions.models import Sanction
from sanctions.split import WHY

VERBS = "coordination.handover.sanctions"


def effected(stage: Stage) -> UUID:
    """A sanction of Anna's that took effect."""
    row = answered(stage)
    actions.uphold(by=stage.user("bente"), sanction=row, why=WHY)
    actions.effect(by=stage.user("yrsa"), sanction=row)
    return row


def complained(stage: Stage, *steps: str) -> UUID:
    """The same with a complaint, that has gone these steps."""
    row, today = effected(stage), timezone.localdate()
    complaints.complain(by=stage.user("anna"), sanction=row, words="", received_on=today, own=True)
    by = stage.user("bente")
    if "kept" in steps:
        complaints.keep(by=by, sanction=row, why=WHY)
    if "sent" in steps:
        complaints.send(by=by, sanction=row, on_day=today)
    return row


@reaches(f"{VERBS}.actions:reverse", action="sanction-reversed", actor="bente", person="anna")
def _(stage: Stage):
    actions.reverse(by=stage.user("bente"), sanction=effected(stage), why=WHY, whole=True)


@reaches(f"{VERBS}.actions:repay", action="sanction-repaid", actor="yrsa", person="anna")
def _(stage: Stage):
    row = effected(stage)
    actions.reverse(by=stage.user("bente"), sanction=row, why=WHY, whole=True)
    amount = Sanction.objects.get(pk=row).amount_oere
    actions.repay(by=stage.user("yrsa"), sanction=row, amount_oere=amount, paid_on=timezone.localdate())


@reaches(f"{VERBS}.complaints:complain", action="complaint-received", actor="anna", person="anna")
def _(stage: Stage):
    complained(stage)


@reaches(f"{VERBS}.complaints:keep", action="complaint-kept", actor="bente", person="anna")
def _(stage: Stage):
    complained(stage, "kept")


@reaches(f"{VERBS}.complaints:agree_in_part", action="complaint-partly", actor="bente", person="anna")
def _(stage: Stage):
    complaints.agree_in_part(by=stage.user("bente"), sanction=complained(stage), why=WHY)


@reaches(f"{VERBS}.complaints:agree", action="complaint-agreed", actor="bente", person="anna")
def _(stage: Stage):
    complaints.agree(by=stage.user("bente"), sanction=complained(stage), why=WHY)


@reaches(f"{VERBS}.complaints:send", action="complaint-sent", actor="bente", person="anna")
def _(stage: Stage):
    complained(stage, "kept", "sent")


@reaches(f"{VERBS}.complaints:hear_board", action="complaint-answered", actor="bente", person="anna")
def _(stage: Stage):
    row = complained(stage, "kept", "sent")
    said = {"answer": "confirmed", "on_day": timezone.localdate()}
    complaints.hear_board(by=stage.user("bente"), sanction=row, **said)


@reaches(f"{VERBS}.complaints:take_back", action="complaint-taken-back", actor="anna", person="anna")
def _(stage: Stage):
    complaints.take_back(by=stage.user("anna"), sanction=complained(stage), own=True)


@reaches(f"{VERBS}.messages:mark_read", action="sanction-messages-read", actor="bente")
def _(stage: Stage):
    complained(stage)
    by = stage.user("bente")
    told = messages.listed(by=by, language="da", first=50)
    messages.mark_read(by=by, messages=[each.id for each in told])


@reaches(f"{VERBS}.rounds:_told", action="sanction-overdue", actor="system", person="anna")
def _(stage: Stage):
    row = Sanction.objects.get(pk=complained(stage))
    step = row.taken.latest("number")
    rounds._told(row, step.pk, "sagsbehandleransvar", SYSTEM)
