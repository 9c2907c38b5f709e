"""The unit's hand-overs as one strip on the front page: from proposals to the way back, with numbers that lead there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from helhed.accounts.models import User
from helhed.coordination.handover.work import lists, messages, news
from helhed.pages.handovers.shelves import SHELVES, Shelf

TOLD = {
    "moved": ngettext_lazy("%(n)s er flyttet", "%(n)s er flyttet", "n"),
    "back": ngettext_lazy("%(n)s er gået tilbage", "%(n)s er gået tilbage", "n"),
    "refused": ngettext_lazy("%(n)s er sendt retur", "%(n)s er sendt retur", "n"),
    "ended": ngettext_lazy("%(n)s er slut uden at flytte", "%(n)s er slut uden at flytte", "n"),
}

SLUGS = {"moved": "flyttet", "back": "flyttet", "refused": "retur", "ended": "slut"}
"""The messages that tell of each, by their name in the address."""


@dataclass(frozen=True)
class Stop:
    """A shelf on the strip, how many lie on it, and on how many of them the next step is the viewer's unit's."""

    shelf: Shelf
    number: int
    ours: int


@dataclass(frozen=True)
class News:
    """What came of hand-overs lately, in words, and the name of those messages in an address."""

    words: str
    slug: str


def strip(by: User) -> dict[str, Any]:
    """What the strip needs: {"flow": stops, "idle": nothing lies anywhere, "overdue": number, "news": what came of them,
    "for_leader": number, "unread": number of messages}; nothing where the user has no hand-overs to work with."""
    numbers = lists.flow(by=by)
    if not numbers:
        return {}
    ours = lists.ours(by=by)
    stops = [Stop(shelf, numbers[shelf.key], ours[shelf.key]) for shelf in SHELVES if shelf.key != "overdue"]
    told = news.lately(by=by)
    said = [News(words % {"n": told[key]}, SLUGS[key]) for key, words in TOLD.items() if told[key]]
    return {
        "flow": stops,
        "idle": not any(numbers.values()),
        "overdue": numbers["overdue"],
        "news": said,
        "for_leader": told["leader"],
        "unread": messages.unread_of(by=by),
    }
