"""How many persons are in each group on given days."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from helhed.rules.many.shapes import Int64s
from helhed.rules.spells.shapes import Spells

_WIDEST = 1 << 20  # days between the first and last asked for up to which a table by day is made


class Counts(NamedTuple):
    """Persons by group (row) and day (column, in the order asked): certainly in the group, and possibly."""

    true: Int64s
    unknown: Int64s


def counts_on(spells: Spells, days: Sequence[int]) -> Counts:
    """The persons in each group on each of the days, which may be in any order and repeat."""
    asked, back = np.unique(np.asarray(days, np.int64), return_inverse=True)
    width = len(asked) + 1
    row = (2 * spells.group.astype(np.int64) + (spells.value - 1)) * width
    shape = (len(spells.keys), 2, width)
    size = 2 * len(spells.keys) * width
    begun = np.bincount(row + _asked_before(asked, spells.start), minlength=size)
    ended = np.bincount(row + _asked_before(asked, spells.end), minlength=size)
    standing = (begun - ended).reshape(shape).cumsum(axis=2)[:, :, back]
    return Counts(standing[:, 1], standing[:, 0])


def _asked_before(asked: Int64s, days: np.typing.NDArray[np.int32]) -> Int64s:
    """How many of the days asked for (in order) lie before each of the days: by a table, if they lie close enough."""
    if not len(asked) or asked[-1] - asked[0] > _WIDEST:
        return np.searchsorted(asked, days).astype(np.int64)
    first, last = int(asked[0]), int(asked[-1])
    table = np.searchsorted(asked, np.arange(first, last + 2)).astype(np.int64)
    return table[np.clip(days, first, last + 1) - first]
