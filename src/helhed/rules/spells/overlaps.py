"""Who is in two groups at once."""

from collections.abc import Sequence

import numpy as np

from helhed.rules.many.shapes import Int64s
from helhed.rules.spells.shapes import TRUE, Spells, order_of

_PORTION = 100_000  # persons multiplied at a time: bounds the memory


def overlaps_on(spells: Spells, day: int) -> Int64s:
    """The persons certainly in both groups on a day, by group and group; the diagonal has the groups' sizes."""
    groups = len(spells.keys)
    rows = _certain_on(spells, day)
    members, person = np.unique(spells.person[rows], return_inverse=True)
    group = spells.group[rows]
    both = np.zeros((groups, groups), np.int64)
    order = np.argsort(person, kind="stable")
    person, group = person[order], group[order]
    for start in range(0, len(members), _PORTION):
        low, high = np.searchsorted(person, (start, start + _PORTION))
        table = np.zeros((min(_PORTION, len(members) - start), groups), np.float32)
        table[person[low:high] - start, group[low:high]] = 1
        both += np.rint(table.T @ table).astype(np.int64)
    return both


def overlap_with(one: Spells, others: Spells, day: int) -> Int64s:
    """The persons certainly in (any group of) `one` and in each group of `others` on a day, by group of `others`.

    Both must number the same persons alike.
    """
    inside = np.zeros(max(one.people, others.people), np.bool_)
    inside[one.person[_certain_on(one, day)]] = True
    rows = _certain_on(others, day)
    both = others.group[rows][inside[others.person[rows]]]
    return np.bincount(both, minlength=len(others.keys)).astype(np.int64)


def overlaps_over(spells: Spells, a: int, b: int, days: Sequence[int]) -> Int64s:
    """The persons certainly in both of two groups (numbers) on each of the days, by day."""
    certain = spells.value == TRUE
    starts, ends = [], []
    for group in (a, b):
        rows = certain & (spells.group == group)
        starts.append(order_of(spells.person[rows], spells.start[rows]))
        ends.append(order_of(spells.person[rows], spells.end[rows]))
    start, end = _in_both(np.concatenate(starts), np.concatenate(ends))
    asked = np.asarray(days, np.int64)
    return np.searchsorted(np.sort(start), asked, "right") - np.searchsorted(np.sort(end), asked, "right")


def _certain_on(spells: Spells, day: int) -> Int64s:
    """The rows of those certainly in a group on a day."""
    return np.flatnonzero((spells.start <= day) & (spells.end > day) & (spells.value == TRUE))


def _in_both(start: Int64s, end: Int64s) -> tuple[Int64s, Int64s]:
    """The days on which two spells of one person run at once: their starts and ends.

    `start`, `end`: person and day in one number (`order_of`), of two groups together. No more than two run at once, so
    a stretch in both begins where the second begins, and ends at the next end after it.
    """
    moment = np.concatenate((start, end))
    step = np.repeat(np.array([1, -1], np.int64), (len(start), len(end)))
    order = np.lexsort((step, moment))  # an end before a start on the same day: touching is not both
    moment, step = moment[order], step[order]
    running = np.cumsum(step)
    begins = np.flatnonzero((running == 2) & (step == 1))
    day = (moment & 0xFFFFFFFF) - (1 << 31)
    return day[begins], day[begins + 1]
