"""From a complaint's rows to what a reader's side sees of it, and can do with it."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions.answers import ComplaintView, StepView
from helhed.coordination.handover.sanctions.complaints import BEFORE
from helhed.coordination.handover.sanctions.letting import Let
from helhed.coordination.handover.sanctions.models import OF_THE_BOARD, Complaint, ComplaintStep, Sanction
from helhed.coordination.handover.sanctions.words import COMPLAINTS, STEPS, missing_of_complaint
from helhed.sharing.hatch import label_of_unit
from helhed.sharing.mandates.standing import names_of

STEP_OF_ACT = {
    "agree": "agreed",
    "agree-in-part": "partly",
    "keep": "kept",
    "send": "sent",
    "hear-board": OF_THE_BOARD[0],
    "take-back": "taken-back",
}
OF_EITHER = ("take-back", "complain")
"""What the citizen says, so that either unit can write it down."""


def complaints_of(row: Sanction, let: Let, by: User, language: str) -> tuple[ComplaintView, ...]:
    """Every complaint about a sanction, the newest first. The words in it are for who decides, and for who wrote them down."""
    today = timezone.localdate()
    found = Complaint.objects.filter(sanction=row).order_by("-created_at")
    return tuple(
        ComplaintView(
            state=each.state,
            state_label=str(COMPLAINTS[each.state]),
            open=each.ended_at is None,
            received_on=each.received_on,
            decided_on=each.decided_on,
            told_on=each.told_on,
            last_day=each.last_day,
            in_time=bool(each.in_time),
            due_on=each.due_on,
            overdue=bool(each.due_on and each.due_on < today),
            sent_on=each.sent_on,
            missing=missing_of_complaint(row, let.sides) if each.ended_at is None else "",
            steps=_steps(each, let, by, language),
        )
        for each in found
    )


def acts_of_complaint(row: Sanction, sides: frozenset[str]) -> frozenset[str]:
    """What a side can do with the complaint, or begin."""
    found = {act for act, step in STEP_OF_ACT.items() if row.complaint in BEFORE[step]}
    if row.effected_at and not row.reversed_whole and not row.complaint:
        found.add("complain")
    if row.state == "reversed":
        found.discard("agree-in-part")
    return frozenset(found if "decides" in sides else found & set(OF_EITHER))


def writer(unit: str, mandate: UUID | None, language: str) -> str:
    """Who took a step: the unit by name, the citizen, or who acts for the citizen."""
    if unit:
        return label_of_unit(unit, language)
    if mandate is None:
        return _("Borgeren selv")
    return _("%(name)s, med fuldmagt fra borgeren") % {"name": names_of([mandate]).get(mandate, "")}


def _steps(complaint: Complaint, let: Let, by: User, language: str) -> tuple[StepView, ...]:
    shown = []
    for step in ComplaintStep.objects.filter(complaint=complaint).order_by("-number"):
        open_to = "decides" in let.sides or let.wrote(step.unit, by)
        who = writer(step.unit, step.mandate, language)
        note, withheld = step.note if open_to else "", bool(step.note) and not open_to
        shown.append(StepView(step.kind, str(STEPS[step.kind]), step.at, who, note, withheld, step.on_day))
    return tuple(shown)
