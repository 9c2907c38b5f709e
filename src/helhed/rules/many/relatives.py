"""What follows for a person from children and parents: found for them, then carried over the relations."""

from collections.abc import Sequence

import numpy as np

from helhed.rules.criteria import AnyChild
from helhed.rules.many.columns import Columns, Related
from helhed.rules.many.events import group_events
from helhed.rules.many.plan import Derived, Relative
from helhed.rules.many.shapes import Events, Found, Int32s
from helhed.rules.many.threads import Threads

_TRUE = 2


class Relatives:
    """Facts derived from relatives so far, under sets of their own, numbered after those of the spells."""

    def __init__(self, columns: Columns, threads: Threads) -> None:
        self._columns = columns
        self._threads = threads
        self._found: list[tuple[Int32s, Int32s, Int32s, Int32s]] = []
        self.sets: dict[Relative, Derived] = {}

    def asked(self, stage: Sequence[Relative]) -> Int32s:
        """The persons whom these questions are about, in order: those who are somebody's child, or parent."""
        related = self._columns.related
        sides = [related.child if isinstance(asked, AnyChild) else related.parent for asked in stage]
        return np.unique(np.concatenate(sides))

    def carry(self, stage: Sequence[Relative], found: Found) -> None:
        """Take what was found, by number of the question, to the other side of the relations."""
        for number, asked in enumerate(stage):
            fed = len(self._columns.combos) + 2 * len(self.sets)
            self.sets[asked] = Derived(fed, fed + 1)
            rows = found.target == number
            ours = Found(*(column[rows] for column in found))
            self._found.append(_carried(asked, ours, self._columns.related, self.sets[asked]))

    def events(self) -> Events:
        """The events of all facts derived so far."""
        empty = np.empty(0, np.int32)
        who, fed, start, end = (
            np.concatenate([empty, *(found[column] for found in self._found)]) for column in range(4)
        )
        return group_events(self._columns.size, who, fed, start, end, self._threads)


def _carried(
    asked: Relative, found: Found, related: Related, derived: Derived
) -> tuple[Int32s, Int32s, Int32s, Int32s]:
    """Each spell of a relative, cut to each relation: the other person, the set, start and end."""
    via, to = related.child, related.parent
    if not isinstance(asked, AnyChild):
        via, to = to, via
    order = np.argsort(via, kind="stable")
    begins = np.searchsorted(via[order], found.person, side="left")
    many = np.searchsorted(via[order], found.person, side="right") - begins
    spell = np.repeat(np.arange(len(many)), many)
    nth = np.arange(len(spell)) - np.repeat(np.cumsum(many) - many, many)
    relation = order[begins[spell] + nth]
    start = np.maximum(found.start[spell], related.start[relation])
    end = np.minimum(found.end[spell], related.end[relation])
    holds = start < end
    fed = np.where(found.value[spell] == _TRUE, derived.true, derived.possible).astype(np.int32)
    return to[relation][holds], fed[holds], start[holds], end[holds]
