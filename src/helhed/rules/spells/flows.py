"""How many persons come into each group and leave it between given days."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helhed.rules.many.shapes import Int64s
from helhed.rules.spells.shapes import TRUE, Spells, touching


class Flows(NamedTuple):
    """Events by group (row) and stretch (column `i` = the days from `days[i]` up to, not including, `days[i + 1]`).

    `came`: days on which someone is certainly in the group who certainly was not the day before. `left`: days on which
    someone is certainly not in it who certainly was the day before. `made_sure`, `made_unsure`: certain after an unknown
    day, unknown after a certain one. They add up: the certain persons on `days[i + 1] − 1` are those on `days[i] − 1`
    + came − left + made_sure − made_unsure.
    """

    came: Int64s
    left: Int64s
    made_sure: Int64s
    made_unsure: Int64s


def flows(spells: Spells, days: Sequence[int]) -> Flows:
    """The events between the days, which must rise.

    The spells should know a day before the first and the last day itself: where an evaluation's window begins or ends,
    a spell it cut off there looks like someone who came or left.
    """
    edges = np.asarray(days, np.int64)
    if (np.diff(edges) <= 0).any():
        raise ValueError("the days must rise")
    certain = spells.value == TRUE
    touches = touching(spells)
    touched = np.roll(touches, 1)  # the last row never touches a next one
    return Flows(
        _count(spells, edges, certain & ~touched, spells.start),
        _count(spells, edges, certain & ~touches, spells.end),
        _count(spells, edges, certain & touched, spells.start),
        _count(spells, edges, certain & touches, spells.end),
    )


def _count(spells: Spells, edges: Int64s, which: NDArray[np.bool_], day: NDArray[np.int32]) -> Int64s:
    """The days of some rows, by group and stretch; those before the first edge or from the last on are left out."""
    width = len(edges) + 1
    stretch = np.searchsorted(edges, day[which], side="right")
    cells = spells.group[which].astype(np.int64) * width + stretch
    counted = np.bincount(cells, minlength=len(spells.keys) * width).reshape(len(spells.keys), width)
    return counted[:, 1:-1].astype(np.int64)
