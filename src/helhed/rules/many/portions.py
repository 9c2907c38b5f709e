"""The sweep over a population, some persons at a time and several portions at once."""

from collections.abc import Sequence
from queue import SimpleQueue

import numpy as np

from helhed.rules.many import kernels
from helhed.rules.many.kernels import Desk
from helhed.rules.many.plan import Plan
from helhed.rules.many.shapes import Events, Found, Int32s, Int64s, Intervals, Program, Window
from helhed.rules.many.states import Known
from helhed.rules.many.threads import Threads

_PORTION = 1 << 16  # events worked on at a time: they stay near the processor, and the room for spells small
_ROOM = 1 << 16  # spells a portion may give before it is tried again with more room


def find_spells(
    who: Int32s,
    facts: tuple[Events, Events],
    birth: Int32s,
    plan: Plan,
    program: Program,
    window: Window,
    threads: Threads,
) -> Found:
    """The spells of these persons (numbers, in order) in the program's targets: by target, person and start.

    `facts`: as delivered, and as derived from relatives (sets of their own). `birth`: by person, OPEN = not known.
    """
    workers: SimpleQueue[_Worker] = SimpleQueue()
    bounds = _Bounds(who, facts, plan)
    for _ in range(threads.count):
        workers.put(_Worker(facts, birth, plan, program, window, bounds))

    def work(persons: Int32s) -> Int32s:
        worker = workers.get()
        try:
            return worker.sweep(persons)
        finally:
            workers.put(worker)

    rows = threads.each(work, _portions(who, facts[0]))
    return _by_target(rows, len(program.targets), threads)


class _Worker:
    """What one thread works with."""

    def __init__(
        self,
        facts: tuple[Events, Events],
        birth: Int32s,
        plan: Plan,
        program: Program,
        window: Window,
        bounds: "_Bounds",
    ) -> None:
        self._facts = facts
        self._birth = birth
        self._plan = (plan.sets, plan.runs, plan.standing)
        self._window = window
        self._words = plan.sets.bits.shape[1]
        self._known = Known(self._words, program)
        self._bounds = bounds
        self._desk = _desk(bounds.extras, plan)
        self._targets = np.empty(len(program.targets), np.int32)
        self._out = np.empty((_ROOM, 5), np.int32)

    def sweep(self, persons: Int32s) -> Int32s:
        """The spells of some persons, as rows."""
        room = self._bounds.intervals(persons)
        intervals = Intervals(
            np.zeros(len(persons) + 1, np.int64),
            np.empty(room, np.int32),
            np.empty((room, self._words), np.uint64),
        )
        rows = kernels.find_intervals(
            persons, self._facts, self._birth, self._plan, self._window, self._desk, intervals
        )
        outcomes = self._known.outcomes(intervals.states[:rows])
        while True:
            rows = kernels.write_spells(
                persons, intervals, outcomes, self._window.stop, self._targets, self._out
            )
            if rows >= 0:
                return self._out[:rows].copy()
            self._out = np.empty((4 * len(self._out), 5), np.int32)


class _Bounds:
    """How many extra events (kernels.Desk) and elementary intervals there can be."""

    def __init__(self, who: Int32s, facts: tuple[Events, Events], plan: Plan) -> None:
        self._facts = facts
        self._runs = 2 * int(np.diff(plan.runs.first).max(initial=0))
        self._standing = 2 * (len(plan.standing.age_channel) + len(plan.standing.period_channel)) + 1
        delivered, derived = (int(_lengths(who, events).max(initial=0)) for events in facts)
        self.extras = self._runs * delivered + derived + self._standing

    def intervals(self, persons: Int32s) -> int:
        """The most intervals these persons can have."""
        delivered, derived = (int(_lengths(persons, events).sum()) for events in self._facts)
        return (1 + self._runs) * delivered + derived + (1 + self._standing) * len(persons)


def _lengths(who: Int32s, events: Events) -> Int64s:
    return events.first[who + 1] - events.first[who]


def _desk(extras: int, plan: Plan) -> Desk:
    runs = np.full((len(plan.runs.channel), 3), kernels.NONE, np.int64)
    runs[:, kernels.COVER] = 0
    planes = np.zeros((plan.sets.bits.shape[1], kernels.PLANES), np.uint64)
    return Desk(np.empty(extras, np.int64), runs, planes)


def _portions(who: Int32s, facts: Events) -> list[Int32s]:
    """The persons cut into portions of about so many events; each person counts as one more."""
    events = np.cumsum(_lengths(who, facts) + 1)
    cuts = np.flatnonzero(np.diff((events - 1) // _PORTION)) + 1
    return [some.copy() for some in np.split(who, cuts) if len(some)]


def _by_target(portions: Sequence[Int32s], targets: int, threads: Threads) -> Found:
    """The rows of all portions, by target; within it in the order they have."""
    counts = np.zeros((targets, len(portions) + 1), np.int64)
    for number, rows in enumerate(portions):
        counts[:, number + 1] = np.bincount(rows[:, kernels.TARGET], minlength=targets)
    total = counts.sum(axis=1)
    at = np.cumsum(total) - total
    at = at[:, None] + np.cumsum(counts, axis=1)
    target = np.repeat(np.arange(targets, dtype=np.int32), total)
    found = Found(target, *(np.empty(len(target), np.int32) for _ in range(4)))
    threads.for_rows(len(target)).each(
        lambda number: kernels.spread_rows(portions[number], at[:, number].copy(), found),
        range(len(portions)),
    )
    return found
