"""How long people stay in a group."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helhed.periods import Span
from helhed.rules.many.shapes import Int64s
from helhed.rules.spells.shapes import TRUE, Spells, touching

HALF_YEAR, YEAR, TWO_YEARS = 183, 365, 730
"""The days meant by 6, 12 and 24 months."""

QUARTERS = (0.75, 0.5, 0.25)
_ROUNDING = 1e-9


class Durations(NamedTuple):
    """How long stays in a group are, as seen in a window.

    `ended`: stays seen to end in it. `running`: stays not seen to end in it – they run on, or turned unknown.
    `start_unknown`: stays left out because nobody knows when they began. `quartiles`: the number of days after which
    at least a quarter, half and three quarters of the stays are over. `still_in`: the share (0–1) of the stays that
    last more than 183, 365 and 730 days. Both are estimates (see `durations`), None where the window does not tell.
    """

    ended: int
    running: int
    start_unknown: int
    quartiles: tuple[int | None, int | None, int | None]
    still_in: tuple[float | None, float | None, float | None]


def durations(spells: Spells, window: Span, known_from: int | None = None) -> list[Durations]:
    """How long stays are in each group (by number), as seen in a window with an end.

    A stay is a run of certain days. It ends where a certainly false day follows; where an unknown day follows, it is
    followed no further. One that follows an unknown day, or starts on or before `known_from` (the first day of the
    evaluation: what ran then may have begun long before), began nobody knows when and is left out.

    The estimate is the product limit (Kaplan and Meier) by day of stay. A stay that was running when the window opened
    counts from the day of stay it had reached, not from its first, so that long stays, which are more often running on
    any one day, do not weigh double; one that runs on counts until the last day seen. The curve is given as far as
    someone was seen at every day of stay, and not all of them seen to leave while others stayed longer; beyond that too
    little is known and the answer is None.
    """
    if window.end is None:
        raise ValueError("the window needs an end: nobody has been seen to stay for ever")
    inside = (spells.value == TRUE) & (spells.end > window.start) & (spells.start < window.end)
    touches = touching(spells)
    known = ~np.roll(touches, 1)
    if known_from is not None:
        known &= spells.start > known_from
    left_out = np.bincount(spells.group[inside & ~known], minlength=len(spells.keys))
    rows = np.flatnonzero(inside & known)
    first = np.searchsorted(spells.group[rows], np.arange(len(spells.keys) + 1))
    answers = []
    for group in range(len(spells.keys)):
        some = rows[first[group] : first[group + 1]]
        ends = (spells.end[some] < window.end) & ~touches[some]
        answers.append(_of(spells.start[some], spells.end[some], ends, window, int(left_out[group])))
    return answers


def _of(
    start: NDArray[np.int32], end: NDArray[np.int32], ends: NDArray[np.bool_], window: Span, left_out: int
) -> Durations:
    entered = np.maximum(window.start - start.astype(np.int64), 0)
    reached = np.minimum(end, window.stop).astype(np.int64) - start
    # a stay that is followed no further has outlasted every day of stay before the one it has reached
    reached = np.where(ends, reached, reached - 1)
    seen = reached > entered
    curve = _curve(entered[seen], reached[seen], ends[seen])
    last = len(curve) - 1
    over = [np.flatnonzero(curve <= quarter + _ROUNDING) for quarter in QUARTERS]
    quartiles = [int(days[0]) if len(days) else None for days in over]
    still = [float(curve[days]) if days <= last else None for days in (HALF_YEAR, YEAR, TWO_YEARS)]
    running = len(start) - int(ends.sum())
    return Durations(
        int(ends.sum()),
        running,
        left_out,
        (quartiles[0], quartiles[1], quartiles[2]),
        (still[0], still[1], still[2]),
    )


def _curve(entered: Int64s, reached: Int64s, ends: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The share of stays longer than 0, 1, 2 … days, as far as it is known."""
    longest = int(reached.max(initial=0))
    under_way = np.bincount(entered + 1, minlength=longest + 2) - np.bincount(
        reached + 1, minlength=longest + 2
    )
    seen = under_way.cumsum()[1 : longest + 1]
    over = np.bincount(reached[ends], minlength=longest + 1)[1:]
    # where nobody is seen, or all then seen leave though others stay longer, too few are seen to go on
    lost = np.flatnonzero((seen == 0) | ((over == seen) & (np.arange(1, longest + 1) < longest)))
    known = int(lost[0]) if len(lost) else longest
    curve = np.concatenate(([1.0], np.cumprod(1 - over[:known] / seen[:known])))
    if known < longest or curve[-1] > 0:
        return curve
    # everybody seen has left by the longest stay: beyond it the share stays zero
    return np.concatenate((curve, np.zeros(max(0, TWO_YEARS - known), np.float64)))
