"""The groups of an explanation sorted for reading: in, undecided, near, closed, and the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from helhed.sharing.why import CLOSED, GroupWhy

NEAR = 2


@dataclass(frozen=True)
class Sorted:
    """`inside`: in the group. `unsure`: cannot be decided. `near`: at most two things are missing, the nearest first.
    `closed`: the answer rests on what the viewer may not see. `others`: all the rest."""

    inside: tuple[GroupWhy, ...]
    unsure: tuple[GroupWhy, ...]
    near: tuple[GroupWhy, ...]
    closed: tuple[GroupWhy, ...]
    others: tuple[GroupWhy, ...]


def sort(groups: Iterable[GroupWhy]) -> Sorted:
    """The groups by where they belong; within each in the order given, the near ones by how much is missing."""
    places: dict[str, list[GroupWhy]] = {
        name: [] for name in ("inside", "unsure", "near", "closed", "others")
    }
    for group in groups:
        places[_place(group)].append(group)
    places["near"].sort(key=lambda group: group.missing)
    return Sorted(**{name: tuple(found) for name, found in places.items()})


def _place(group: GroupWhy) -> str:
    if group.value == "true":
        return "inside"
    if group.value == "unknown":
        return "unsure"
    if group.value == CLOSED:
        return "closed"
    return "near" if 1 <= group.missing <= NEAR else "others"
