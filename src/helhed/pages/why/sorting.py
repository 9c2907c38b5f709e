"""The groups of an explanation sorted for reading: in, undecided, near, closed, and the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from helhed.sharing.why import CLOSED, GroupWhy

NEAR = 2
MOST_SHOWN = 6
PAST = "historical"


@dataclass(frozen=True)
class Row:
    """A group the person is in, or may be in, and since when."""

    group: GroupWhy
    since: date | None


@dataclass(frozen=True)
class Miss:
    """What is missing, and the groups that lack just that."""

    words: str
    groups: tuple[GroupWhy, ...]


@dataclass(frozen=True)
class Sorted:
    """`inside`: in the group. `unsure`: cannot be decided. `near`: at most two things are missing, the nearest first, the
    first few of them; `also_near` those after. `closed`: the answer rests on what the viewer may not see. `others`: the rest."""

    inside: tuple[Row, ...]
    unsure: tuple[Row, ...]
    near: tuple[Miss, ...]
    also_near: tuple[Miss, ...]
    closed: tuple[GroupWhy, ...]
    others: tuple[GroupWhy, ...]


def sort(groups: Iterable[GroupWhy], on: date) -> Sorted:
    """The groups by where they belong on the day; within each in the order given, near ones by how much is missing."""
    places: dict[str, list[GroupWhy]] = {
        name: [] for name in ("inside", "unsure", "near", "closed", "others")
    }
    for group in groups:
        places[_place(group)].append(group)
    near = _by_miss(sorted(places["near"], key=lambda group: group.missing))
    return Sorted(
        inside=tuple(Row(group, _since(group, on)) for group in places["inside"]),
        unsure=tuple(Row(group, _since(group, on)) for group in places["unsure"]),
        near=near[:MOST_SHOWN],
        also_near=near[MOST_SHOWN:],
        closed=tuple(places["closed"]),
        others=tuple(places["others"]),
    )


def _place(group: GroupWhy) -> str:
    if group.value == "true":
        return "inside"
    if group.value == "unknown":
        return "unsure"
    if group.value == CLOSED:
        return "closed"
    return "near" if 1 <= group.missing <= NEAR and group.family != PAST else "others"


def _by_miss(groups: Iterable[GroupWhy]) -> tuple[Miss, ...]:
    lacking: dict[str, list[GroupWhy]] = {}
    for group in groups:
        lacking.setdefault(group.misses[0], []).append(group)
    return tuple(Miss(words, tuple(found)) for words, found in lacking.items())


def _since(group: GroupWhy, on: date) -> date | None:
    held = (start for _value, start, end in group.history if start <= on and (end is None or on < end))
    return next(held, None)
