"""The letters of a sanction: that one is heard, that it took effect or did not, that it is undone; how far a complaint is; and
what somebody with a mandate did."""

from datetime import date
from uuid import UUID

from django.utils import formats, timezone, translation

from helhed.audit.actions import Actor
from helhed.coordination.handover.letters.actions import write
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    Complaint,
    ComplaintStep,
    Sanction,
    SanctionStep,
)
from helhed.sharing.ledger.standing import holders
from helhed.sharing.mandates.standing import names_of

OF_ITS_OWN = ("sanction-cancelled", "sanction-reversed")
"""What the deciding unit writes of its own change of mind; of money the benefits service writes."""
SPAN = {"da": "fra den {first} til den {last}", "en": "from {first} to {last}"}
ONE_DAY = {"da": "den {first}", "en": "on {first}"}


def told(*, by: Actor, sanction: UUID, step: UUID, kind: str, due: date | None = None) -> UUID | None:
    """Write the citizen the letter that follows from a step; once for each. What only the deciding side wrote for itself is in
    none of them."""
    row = Sanction.objects.get(pk=sanction)
    taken = SanctionStep.objects.get(pk=step)
    own = kind in OF_ITS_OWN
    carries_out = holders(row.person_key)[CARRIES_OUT].unit
    words = {
        "deciding_unit": taken.unit if own else row.deciding_unit,
        "paying_unit": carries_out,
        "period": period(row.from_day, row.to_day),
        "reason": closed(taken.note if own else row.reason),
        "month": row.month or "",
        "amount": row.amount_oere,
        "ground": row.ground if kind == "sanction-effected" else "",
        "due": due or "",
    }
    if row.reversed_whole is not None:
        words |= _undone(row, taken)
    return write(
        by=by,
        person=row.person_key,
        kind=kind,
        words=words,
        unit=taken.unit if own else carries_out,
        chain=row.pk,
        step=step,
    )


def told_of_complaint(
    *, by: Actor, row: Sanction, step: ComplaintStep, kind: str, why: str = ""
) -> UUID | None:
    """Write the citizen how far the complaint is. The words are those the citizen is meant to read."""
    complaint = Complaint.objects.get(pk=step.complaint_id)
    unit = holders(row.person_key)[DECIDES].unit
    words = {
        "deciding_unit": unit,
        "amount": row.amount_oere,
        "month": row.month or "",
        "day": step.on_day or timezone.localdate(),
        "due": complaint.due_on or "",
        "late": "" if complaint.in_time else "late",
        "outcome": "rekept" if complaint.state == "rekept" else step.kind,
        "reason": closed(why),
    }
    return write(by=by, person=row.person_key, kind=kind, words=words, unit=unit, chain=row.pk, step=step.pk)


def told_of_acting(
    *, by: Actor, row: Sanction, step: UUID, mandate: UUID, what: str, words: str
) -> UUID | None:
    """Tell the citizen what somebody with a mandate did: "answer", "complaint" or "take-back", and in which words."""
    unit = holders(row.person_key)[DECIDES].unit
    said = {
        "name": names_of([mandate])[mandate],
        "what": what,
        "day": timezone.localdate(),
        "words": words,
    }
    return write(
        by=by, person=row.person_key, kind="acted-for", words=said, unit=unit, chain=row.pk, step=step
    )


def _undone(row: Sanction, taken: SanctionStep) -> dict[str, object]:
    """How much is undone: all that is left, or a part of all; what was paid, and by when the rest is."""
    left = (row.amount_oere or 0) - row.repaid_oere
    paid = taken.kind == "repaid"
    return {
        "how": "whole" if row.reversed_whole else "part",
        "amount": taken.amount_oere if paid else left,
        "day": taken.paid_on or "",
        "due": taken.due_on or "",
        "complaint": row.complaint,
    }


def closed(text: str) -> str:
    """A text that ends as a sentence does, so that the letter can go on after it."""
    text = text.strip()
    return text if not text or text[-1] in ".!?»”" else f"{text}."


def period(first: date, last: date) -> dict[str, str]:
    """Days in words in each language: one, or from the first to the last of them."""
    said = {}
    for language in SPAN:
        with translation.override(language):
            days = [formats.date_format(day, "DATE_FORMAT") for day in (first, last)]
        form = ONE_DAY if first == last else SPAN
        said[language] = form[language].format(first=days[0], last=days[1])
    return said
