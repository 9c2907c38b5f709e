"""What follows for a person from children and parents: found for them, then carried over the relations."""

from collections.abc import Sequence

import numpy as np

from helhed.rules.criteria import AnyChild
from helhed.rules.many.columns import Columns, Related
from helhed.rules.many.kernels import group_by_person
from helhed.rules.many.plan import Derived, Relative
from helhed.rules.many.shapes import Found, Grouped, Int32s

_TRUE = 2


class Relatives:
    """Facts derived from relatives so far, under combos of their own, numbered after those of the spells."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._found: list[tuple[Int32s, Int32s, Int32s, Int32s]] = []
        self.combos: dict[Relative, Derived] = {}

    def asked(self, stage: Sequence[Relative]) -> Int32s:
        """The persons whom these questions are about, in order: those who are somebody's child, or parent."""
        related = self._columns.related
        sides = [related.child if isinstance(asked, AnyChild) else related.parent for asked in stage]
        return np.unique(np.concatenate(sides))

    def carry(self, stage: Sequence[Relative], found: Found) -> None:
        """Take what was found, by number of the question, to the other side of the relations."""
        for number, asked in enumerate(stage):
            combo = len(self._columns.combos) + 2 * len(self.combos)
            self.combos[asked] = Derived(combo, combo + 1)
            rows = found.target == number
            ours = Found(*(column[rows] for column in found))
            self._found.append(_carried(asked, ours, self._columns.related, self.combos[asked]))

    def facts(self) -> Grouped:
        """All facts derived so far, by person."""
        empty = np.empty(0, np.int32)
        columns = [np.concatenate([empty, *parts]) for parts in zip(*self._found, strict=True)] or [empty] * 4
        return Grouped(*group_by_person(self._columns.size, *columns))


def _carried(
    asked: Relative, found: Found, related: Related, derived: Derived
) -> tuple[Int32s, Int32s, Int32s, Int32s]:
    """Each spell of a relative, cut to each relation: the other person, the combo, start and end."""
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
    combo = np.where(found.value[spell] == _TRUE, derived.true, derived.possible).astype(np.int32)
    return to[relation][holds], combo[holds], start[holds], end[holds]
