"""The letters of a sanction: that one is heard, that it took effect, that it did not."""

from datetime import date
from uuid import UUID

from helhed.audit.actions import Actor
from helhed.coordination.handover.letters.actions import write
from helhed.coordination.handover.sanctions.models import CARRIES_OUT, Sanction, SanctionStep
from helhed.sharing.ledger.standing import holders

SHOWN = "%d.%m.%Y"


def told(*, by: Actor, sanction: UUID, step: UUID, kind: str, due: date | None = None) -> UUID:
    """Write the citizen the letter that follows from a step; once for each. The benefits service writes of money, the
    deciding unit of its own change of mind. What only the deciding side wrote for itself is in none of them."""
    row = Sanction.objects.get(pk=sanction)
    taken = SanctionStep.objects.get(pk=step)
    cancelled = kind == "sanction-cancelled"
    words = {
        "deciding_unit": taken.unit if cancelled else row.deciding_unit,
        "period": period(row.from_day, row.to_day),
        "reason": taken.note if cancelled else row.reason,
        "amount": row.amount_oere,
        "ground": row.ground if kind == "sanction-effected" else "",
        "due": due or "",
    }
    unit = taken.unit if cancelled else holders(row.person_key)[CARRIES_OUT].unit
    return write(by=by, person=row.person_key, kind=kind, words=words, unit=unit, chain=row.pk, step=step)


def period(first: date, last: date) -> str:
    """Days in figures, the same in every language: one, or from the first to the last of them."""
    return first.strftime(SHOWN) if first == last else f"{first.strftime(SHOWN)} – {last.strftime(SHOWN)}"
