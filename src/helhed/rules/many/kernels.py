"""The compiled loops over persons: events in, elementary intervals out; and from the outcomes of these, spells.

Facts that hold at the same time are counted per channel, all channels of a word at once: `planes[word, 0]` has the
lowest digit of each channel's count, `planes[word, 1]` the next, and so on; a channel is on where any digit is.
"""

from typing import NamedTuple, TypeAlias

import numpy as np

from helhed.periods import OPEN
from helhed.rules.many.calendar import birthday, modified
from helhed.rules.many.compiled import kernel, part
from helhed.rules.many.events import day_of_event, event, set_of_event, sort
from helhed.rules.many.logic import TARGETS_PER_WORD
from helhed.rules.many.shapes import (
    Events,
    Found,
    Int32s,
    Int64s,
    Intervals,
    Runs,
    Sets,
    Standing,
    Window,
    Words,
)

NONE = -(2**62)  # before every day: there is no run
PLANES = 32
COVER, RUN_START, RUN_STOP = range(3)
TARGET, PERSON, VALUE, START, END = range(5)

Prepared: TypeAlias = tuple[Sets, Runs, Standing]

_THREE, _BYTE = np.uint64(3), np.uint64(255)
_NOTHING = np.uint64(0)


class Desk(NamedTuple):
    """Room for the work on one person at a time; clean between persons.

    `extras`: events that are not facts. `runs`: per run how many facts cover it now, and its start and stop.
    `planes`: as above.
    """

    extras: Int64s
    runs: Int64s
    planes: Words


@kernel
def find_intervals(
    who: Int32s,
    facts: tuple[Events, Events],
    birth: Int32s,
    plan: Prepared,
    window: Window,
    desk: Desk,
    out: Intervals,
) -> int:
    """Write the elementary intervals of these persons; returns how many.

    `facts`: as delivered, and as derived from relatives.
    """
    rows = 0
    for i in range(who.size):
        extras = gather(who[i], facts, birth[who[i]], plan, window, desk.extras, desk.runs)
        rows = sweep(who[i], facts[0], extras, plan[0], window, desk, out, rows)
        out.first[i + 1] = rows
    return rows


@part
def gather(
    person: int,
    facts: tuple[Events, Events],
    birth: int,
    plan: tuple[Sets, Runs, Standing],
    window: Window,
    extras: Int64s,
    room: Int64s,
) -> int:
    """The events of a person that are not facts, in order of time; returns how many."""
    sets, runs, standing = plan
    delivered, derived = facts
    many = 0
    for at in range(derived.first[person], derived.first[person + 1]):
        extras[many] = derived.packed[at]
        many += 1
    if runs.channel.size:
        many = follow_runs(person, delivered, runs, sets.single, window, room, extras, many)
    many = stand(birth, standing, sets.single, window, extras, many)
    sort(extras, 0, many)
    return many


@part
def follow_runs(
    person: int,
    facts: Events,
    runs: Runs,
    single: int,
    window: Window,
    room: Int64s,
    extras: Int64s,
    many: int,
) -> int:
    """The unions that time modifiers are for: covered from a start to a stop, then given the modifier."""
    for at in range(facts.first[person], facts.first[person + 1]):
        fed = set_of_event(facts.packed[at])
        for feed in range(runs.first[fed], runs.first[fed + 1]):
            run, day = runs.feeds[feed], day_of_event(facts.packed[at])
            if not facts.packed[at] & 1:
                room[run, COVER] -= 1
                room[run, RUN_STOP] = day
                continue
            if room[run, COVER] == 0 and room[run, RUN_STOP] != day:
                many = end_run(run, runs, single, window, room, extras, many)
                room[run, RUN_START] = day
            room[run, COVER] += 1
    for run in range(runs.channel.size):
        if room[run, COVER]:
            room[run, RUN_STOP] = OPEN
        many = end_run(run, runs, single, window, room, extras, many)
        room[run, COVER] = 0
        room[run, RUN_START] = room[run, RUN_STOP] = NONE
    return many


@part
def end_run(
    run: int, runs: Runs, single: int, window: Window, room: Int64s, extras: Int64s, many: int
) -> int:
    """A run is whole: what it counts for turns its channel on and off."""
    if room[run, RUN_START] == NONE:
        return many
    start, stop = modified(
        runs.modifier[run], runs.months[run], runs.days[run], room[run, RUN_START], room[run, RUN_STOP]
    )
    return turn_on(single + runs.channel[run], start, stop, window, extras, many)


@part
def stand(birth: int, standing: Standing, single: int, window: Window, extras: Int64s, many: int) -> int:
    """The channels of a person that no fact feeds."""
    for i in range(standing.period_channel.size):
        start, stop = standing.period_start[i], standing.period_end[i]
        many = turn_on(single + standing.period_channel[i], start, stop, window, extras, many)
    if birth == OPEN:
        if standing.birthless >= 0:
            many = turn_on(single + standing.birthless, window.start, window.stop, window, extras, many)
        return many
    for i in range(standing.age_channel.size):
        stop = OPEN
        if standing.age_below[i] >= 0:
            stop = birthday_within(birth, standing.age_below[i], window)
        start = birthday_within(birth, standing.age_from[i], window)
        many = turn_on(single + standing.age_channel[i], start, stop, window, extras, many)
    return many


@part
def birthday_within(birth: int, age: int, window: Window) -> int:
    """A birthday; if it is long before the window or long after, the window's own start or stop will do."""
    if birth + 366 * age < window.start:
        return window.start
    if birth + 365 * age > window.stop:
        return window.stop
    return birthday(birth, age)


@part
def turn_on(fed: int, start: int, stop: int, window: Window, extras: Int64s, many: int) -> int:
    """Write down that a set is on from start to stop, as far as that is in the window."""
    start = max(start, window.start)
    if start >= min(stop, window.stop):
        return many
    extras[many] = event(start, fed, 1)
    many += 1
    if stop < window.stop:
        extras[many] = event(stop, fed, 0)
        many += 1
    return many


@part
def sweep(
    person: int, facts: Events, many: int, sets: Sets, window: Window, desk: Desk, out: Intervals, rows: int
) -> int:
    """Go through facts and extras in order of time; an interval begins on each day on which the state is another."""
    packed, extras, some = facts.packed, desk.extras, sets.some
    at, last = facts.first[person], facts.first[person + 1]
    extra, depth, day, begin = 0, 0, window.start, rows
    while day < window.stop:
        while at < last and day_of_event(packed[at]) <= day:
            depth = max(depth, switch(packed[at], sets.bits, desk.planes))
            at += 1
        while extra < many and day_of_event(extras[extra]) <= day:
            depth = max(depth, switch(extras[extra], sets.bits, desk.planes))
            extra += 1
        if read_state(desk.planes, depth, out.states, rows) or rows == begin:
            out.start[rows] = day
            rows += 1
        while at < last and not some[set_of_event(packed[at])]:
            at += 1
        day = window.stop
        if at < last:
            day = min(day, day_of_event(packed[at]))
        if extra < many:
            day = min(day, day_of_event(extras[extra]))
    for word in range(desk.planes.shape[0]):
        for digit in range(depth):
            desk.planes[word, digit] = _NOTHING
    return rows


@part
def switch(packed: int, bits: Words, planes: Words) -> int:
    """Count one fact more, or one less, in each channel of its set; returns how many digits that touched."""
    fed = set_of_event(packed)
    depth = 0
    for word in range(bits.shape[1]):
        carry = bits[fed, word]
        digit = 0
        while carry != _NOTHING:
            held = planes[word, digit]
            planes[word, digit] = held ^ carry
            carry &= held if packed & 1 else ~held
            digit += 1
        depth = max(depth, digit)
    return depth


@part
def read_state(planes: Words, depth: int, states: Words, row: int) -> bool:
    """Write the state as it is now into a row; whether it differs from that of the row before."""
    differs = False
    for word in range(planes.shape[0]):
        on = _NOTHING
        for digit in range(depth):
            on |= planes[word, digit]
        states[row, word] = on
        differs |= on != states[row - 1, word]
    return differs


@kernel
def write_spells(
    who: Int32s, intervals: Intervals, outcomes: Words, stop: int, targets: Int32s, out: Int32s
) -> int:
    """Join neighbouring intervals in which a target has the same value; by person, then in order of their end.

    `outcomes`: those of the intervals; `stop`: where the last of a person ends; `targets`: a place per target to work in.
    Returns how many rows were written; -1 if there was not enough room for all.
    """
    first, start = intervals.first, intervals.start
    rows = 0
    for i in range(who.size):
        for row in range(first[i], first[i + 1] + 1):
            if rows + targets.size > out.shape[0]:
                return -1
            day = start[row] if row < first[i + 1] else stop
            for word in range(outcomes.shape[1]):
                before = outcomes[row - 1, word] if row > first[i] else _NOTHING
                now = outcomes[row, word] if row < first[i + 1] else _NOTHING
                if before != now:
                    rows = turn(before, now, TARGETS_PER_WORD * word, who[i], day, targets, out, rows)
    return rows


@part
def turn(
    before: np.uint64,
    now: np.uint64,
    target: int,
    person: int,
    day: int,
    since: Int32s,
    out: Int32s,
    rows: int,
) -> int:
    """From this day on the targets from `target` on have other values: write the spells that end with it."""
    while before != now:
        while not (before ^ now) & _BYTE:
            before, now = before >> np.uint64(8), now >> np.uint64(8)
            target += 4
        if (before ^ now) & _THREE:
            if before & _THREE:
                out[rows, TARGET], out[rows, PERSON], out[rows, VALUE] = target, person, before & _THREE
                out[rows, START], out[rows, END] = since[target], day
                rows += 1
            since[target] = day
        before, now = before >> np.uint64(2), now >> np.uint64(2)
        target += 1
    return rows


@kernel
def spread_rows(rows: Int32s, at: Int64s, found: Found) -> None:
    """Write rows of spells, as `sweep_persons` gives them, where those of their target go; `at` moves on."""
    person, value, start, end = found.person, found.value, found.start, found.end
    for row in range(rows.shape[0]):
        to = at[rows[row, TARGET]]
        at[rows[row, TARGET]] = to + 1
        person[to], value[to] = rows[row, PERSON], rows[row, VALUE]
        start[to], end[to] = rows[row, START], rows[row, END]
