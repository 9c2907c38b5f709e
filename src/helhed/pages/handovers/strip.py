"""The unit's hand-overs as one strip on the front page: from proposals to the way back, with numbers that lead there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from helhed.accounts.models import User
from helhed.coordination.handover.work import lists, news
from helhed.pages.handovers.shelves import SHELVES, Shelf

TOLD = {
    "moved": ngettext_lazy("%(n)s er flyttet", "%(n)s er flyttet", "n"),
    "back": ngettext_lazy("%(n)s er gået tilbage", "%(n)s er gået tilbage", "n"),
    "refused": ngettext_lazy("%(n)s er sendt retur", "%(n)s er sendt retur", "n"),
    "ended": ngettext_lazy("%(n)s er slut uden at flytte", "%(n)s er slut uden at flytte", "n"),
}


@dataclass(frozen=True)
class Stop:
    """A shelf on the strip, and how many lie on it."""

    shelf: Shelf
    number: int


def strip(by: User) -> dict[str, Any]:
    """What the strip needs: {"flow": stops, "overdue": number, "news": sentences of what came of them, "for_leader": number};
    nothing where the user has no hand-overs to work with."""
    numbers = lists.flow(by=by)
    if not numbers:
        return {}
    stops = [Stop(shelf, numbers[shelf.key]) for shelf in SHELVES if shelf.key != "overdue"]
    told = news.lately(by=by)
    said = [words % {"n": told[key]} for key, words in TOLD.items() if told[key]]
    return {"flow": stops, "overdue": numbers["overdue"], "news": said, "for_leader": told["leader"]}
