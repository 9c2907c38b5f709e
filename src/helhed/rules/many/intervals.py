"""The elementary intervals of a population, some persons at a time.

An *elementary interval* is a stretch of days on which nothing changes for a person. What holds on it is its
*state*: one bit per *channel*. A channel is one of the two answers of a leaf (certainly, possibly), an age, or a
period of the calendar. Facts are united per channel in order of their start, given their time modifier, and
become two toggles; the toggles in order of time give the intervals and their states.
"""

from collections.abc import Iterator

import numpy as np

from helhed.rules.many import kernels
from helhed.rules.many.plan import Plan
from helhed.rules.many.shapes import Channels, Grouped, Int32s, Int64s, Intervals, Window

_PORTION = 4_000_000  # toggles worked on at a time: bounds the memory, whatever the number of people


def find_intervals(
    who: Int32s, facts: tuple[Grouped, Grouped], birth: Int32s, plan: Plan, window: Window
) -> Iterator[tuple[Int32s, Intervals]]:
    """The elementary intervals of these persons, portion by portion.

    `facts`: as delivered, and as derived from relatives (combos of their own). `birth`: by person, OPEN = not known.
    """
    toggles = np.full(len(who), _standing_toggles(plan), np.int64)
    most = max(kernels.count_toggles(who, table, plan.channels, toggles) for table in facts)
    book = np.array([window.start, window.stop, 0, 0], np.int64)
    runs = _runs(plan.channels)
    for start, stop in _portions(toggles):
        some, room = who[start:stop].copy(), int(toggles[start:stop].sum())
        desk = (np.empty(most, np.int64), runs, np.empty(room, np.int64), book)
        out = Intervals(
            np.zeros(len(some) + 1, np.int64),
            np.empty(room + len(some), np.int32),
            np.empty((room + len(some), plan.channels.words), np.uint64),
        )
        rows = kernels.toggle_persons(some, facts, birth, plan.channels, plan.standing, desk, out)
        yield some, Intervals(out.first, out.start[:rows].copy(), out.words[:rows].copy())


def _standing_toggles(plan: Plan) -> int:
    """The most toggles a person can have without a fact."""
    return 2 * (len(plan.standing.age_channel) + len(plan.standing.period_channel)) + 1


def _runs(channels: Channels) -> Int64s:
    """A row per channel, nothing begun."""
    runs = np.full((len(channels.modifier), 8), kernels.NONE, np.int64)
    runs[:, kernels.MODIFIER] = channels.modifier
    runs[:, kernels.MONTHS] = channels.months
    runs[:, kernels.DAYS] = channels.days
    return runs


def _portions(toggles: Int64s) -> Iterator[tuple[int, int]]:
    """Cut the persons into portions of about so many toggles; a person is never cut."""
    portion = (np.cumsum(toggles) - toggles) // _PORTION
    cuts = [0, *(np.flatnonzero(np.diff(portion)) + 1).tolist(), len(toggles)]
    for start, stop in zip(cuts[:-1], cuts[1:], strict=True):
        if start < stop:
            yield start, stop
