"""From which group to which people move."""

import numpy as np

from helhed.periods import OPEN, Span
from helhed.rules.many.shapes import Int64s
from helhed.rules.spells.shapes import TRUE, Spells, exits_of, order_of, touching, values_on


def moves(spells: Spells, frm: Span, within_days: int = 0) -> Int64s:
    """How often someone left a group (row) and came into another (column).

    Left: on a day in `frm` certainly not in the one, and certainly in it the day before. Came: on that day, or at most
    `within_days` later, certainly in the other and certainly not in it the day before that, nor (certainly not) the day
    before leaving the one. Who is back in the one by then has not moved. An exit counts once per group come into; the
    diagonal is zero.
    """
    if within_days < 0:
        raise ValueError("within_days must be 0 or more")
    groups = len(spells.keys)
    left = _exits(spells, frm)
    came = _entries(spells)
    at = order_of(spells.person[came], spells.start[came])
    sequence = np.argsort(at, kind="stable")
    came, at = came[sequence], at[sequence]
    gone = order_of(spells.person[left], spells.end[left])
    first, last = np.searchsorted(at, gone), np.searchsorted(at, gone + within_days, side="right")
    each = np.repeat(np.arange(len(left)), last - first)
    offset = np.arange(len(each)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    entry = came[np.repeat(first, last - first) + offset]
    back = values_on(spells, spells.group[left[each]], spells.person[entry], spells.start[entry]) == TRUE
    each, into = each[~back], spells.group[entry[~back]].astype(np.int64)
    pair = np.unique(each * max(groups, 1) + into)
    each, into = np.divmod(pair, max(groups, 1))
    row = left[each]
    held = values_on(spells, into, spells.person[row], spells.end[row] - 1)
    cells = spells.group[row[held == 0]].astype(np.int64) * groups + into[held == 0]
    return np.bincount(cells, minlength=groups * groups).reshape(groups, groups).astype(np.int64)


def _exits(spells: Spells, frm: Span) -> Int64s:
    """The rows that end in a certain exit on a day of the span."""
    inside = (spells.end >= frm.start) & (spells.end < frm.stop) & (spells.end < OPEN)
    return np.flatnonzero(
        (spells.value == TRUE) & inside & (exits_of(spells) == spells.end) & ~touching(spells)
    )


def _entries(spells: Spells) -> Int64s:
    """The rows that begin with a certain entry."""
    return np.flatnonzero((spells.value == TRUE) & ~np.roll(touching(spells), 1))
