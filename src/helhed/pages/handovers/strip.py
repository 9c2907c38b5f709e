"""The unit's hand-overs as one strip on the front page: from proposals to the way back, with numbers that lead there."""

from dataclasses import dataclass
from typing import Any

from helhed.accounts.models import User
from helhed.coordination.handover.work import lists
from helhed.pages.handovers.shelves import SHELVES, Shelf


@dataclass(frozen=True)
class Stop:
    """A shelf on the strip, and how many lie on it."""

    shelf: Shelf
    number: int


def strip(by: User) -> dict[str, Any]:
    """What the strip needs: {"flow": stops, "overdue": number}; nothing where the user has no hand-overs to work with."""
    numbers = lists.flow(by=by)
    if not numbers:
        return {}
    stops = [Stop(shelf, numbers[shelf.key]) for shelf in SHELVES if shelf.key != "overdue"]
    return {"flow": stops, "overdue": numbers["overdue"]}
