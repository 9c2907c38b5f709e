"""What the tests of complaints do again and again: a sanction that took effect, a complaint brought to a state."""

from uuid import UUID

from django.utils import timezone

from helhed.coordination.handover.sanctions import actions, complaints
from helhed.coordination.handover.sanctions.models import Complaint, Sanction
from pages.world import user
from sanctions.split import WHY, brought

FOUND = "Vi havde overset, at du meldte afbud i tide."
COMPLAINT = "Jeg var syg den dag."


def today():
    return timezone.localdate()


def effected(person: UUID) -> Sanction:
    """A sanction that took effect after the citizen's answer."""
    row = brought(person, "heard")
    actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg den dag.", own=True)
    actions.uphold(by=user("bente"), sanction=row.pk, why=WHY)
    actions.effect(by=user("yrsa"), sanction=row.pk)
    return Sanction.objects.get(pk=row.pk)


def complained(person: UUID, state: str = "received") -> Sanction:
    """A sanction with a complaint that has come to this state: received, kept, sent or returned."""
    row = effected(person)
    said = {"words": COMPLAINT, "received_on": today()}
    complaints.complain(by=user("eva"), sanction=row.pk, own=True, **said)
    steps = (
        lambda: complaints.keep(by=user("bente"), sanction=row.pk, why=WHY),
        lambda: complaints.send(by=user("bente"), sanction=row.pk, on_day=today()),
        lambda: complaints.hear_board(by=user("bente"), sanction=row.pk, answer="returned", on_day=today()),
    )
    for step in steps[: ("received", "kept", "sent", "returned").index(state)]:
        step()
    return Sanction.objects.get(pk=row.pk)


def only(row: Sanction) -> Complaint:
    return Complaint.objects.get(sanction=row)
