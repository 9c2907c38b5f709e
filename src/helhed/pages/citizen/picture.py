"""Which unit would see what: a consent as ways from the one who has written something to the one who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from helhed.sharing.asking.answers import Choice, ConsentView, SharedRow

WRITTEN_BY = {
    "benefit": "bif",
    "employment_case": "bif",
    "offer": "bif",
    "social_case": "sof",
    "service": "sof",
    "child_case": "sof",
    "assessment": "sof",
}
"""The kinds of information only one of the two hands writes; what is not here is written by both."""


@dataclass(frozen=True)
class Way:
    """What goes one way: from these units, these kinds of information, to be seen by those units."""

    from_side: str
    sources: tuple[Choice, ...]
    what: tuple[Choice, ...]
    to_side: str
    recipients: tuple[Choice, ...]

    @property
    def special(self) -> tuple[Choice, ...]:
        """What only this hand writes."""
        return tuple(kind for kind in self.what if kind.key in WRITTEN_BY)

    @property
    def common(self) -> tuple[Choice, ...]:
        """What both hands write."""
        return tuple(kind for kind in self.what if kind.key not in WRITTEN_BY)


def ways(consent: ConsentView) -> tuple[Way, ...]:
    """The ways a consent opens, one for each hand that gives something to read; a hand that shows itself nothing is no way."""
    found = []
    for side in ("bif", "sof"):
        sources = _of_side(consent.sources, side)
        recipients = tuple(unit for unit in consent.recipients if side_of(unit) != side)
        what = tuple(choice for choice in consent.categories if WRITTEN_BY.get(choice.key, side) == side)
        if sources and recipients and what:
            found.append(Way(side, sources, what, side_of(recipients[0]), recipients))
    return tuple(found)


def ways_shared(rows: Iterable[SharedRow]) -> list[Way]:
    """The same of what is shared now: rows of one side that the same units see go one way together."""
    alike: dict[tuple[str, tuple[Choice, ...]], list[Choice]] = {}
    for row in rows:
        alike.setdefault((row.side, row.seen_by), []).append(row.category)
    return [
        Way(side, (), tuple(what), side_of(units[0]), units) for (side, units), what in alike.items() if units
    ]


def side_of(unit: Choice) -> str:
    """The administration a unit lies in."""
    return unit.key.split("/")[0]


def _of_side(units: tuple[Choice, ...], side: str) -> tuple[Choice, ...]:
    return tuple(unit for unit in units if side_of(unit) == side)
