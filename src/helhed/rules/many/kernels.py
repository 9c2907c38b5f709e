"""The compiled loops: the facts of a person in, the person's elementary intervals out.

An *elementary interval* is a stretch of days on which nothing changes for a person. What holds on it is its
*state*: one bit per *channel*. A channel is one of the two answers of a leaf (certainly, possibly), an age,
or a period of the calendar. Facts are united per channel in order of their start, given their time modifier,
and become two toggles; the toggles in order of time give the intervals and their states.
"""

from typing import NamedTuple

import numpy as np

from helhed.periods import OPEN
from helhed.rules.many.calendar import birthday, modified
from helhed.rules.many.compiled import kernel
from helhed.rules.many.shapes import Channels, Grouped, Int32s, Int64s, Intervals, Standing, Window, Words

_NONE = -(2**62)  # before every day: there is no run
_DAY = 20  # a toggle is a day since the window's start, shifted by this, and a channel
_ROW = 31  # a fact to be sorted is its start, shifted by this, and its row
_TOGGLES, _TOUCHED = 0, 1


class Desk(NamedTuple):
    """What one person's facts are worked out on; used again for the next person.

    Per channel, the `run` is the union being built of the facts so far, and what is `held` is the union being
    built of the runs after their modifier. `touched`: the channels that have a run. `counts`: how many
    toggles, and how many touched channels, there are.
    """

    order: Int64s
    run_start: Int64s
    run_stop: Int64s
    held_start: Int64s
    held_stop: Int64s
    touched: Int64s
    toggles: Int64s
    word: Words
    counts: Int64s


@kernel
def group_by_person(
    size: int, who: Int32s, combo: Int32s, start: Int32s, end: Int32s
) -> tuple[Int64s, Int32s, Int32s, Int32s]:
    """Rows in any order to rows by person (a number below `size`), as in Grouped; else the order is kept."""
    first = np.zeros(size + 1, np.int64)
    for row in range(who.size):
        first[who[row] + 1] += 1
    for person in range(size):
        first[person + 1] += first[person]
    at = first[:-1].copy()
    combos, starts, ends = np.empty_like(combo), np.empty_like(start), np.empty_like(end)
    for row in range(who.size):
        to = at[who[row]]
        combos[to], starts[to], ends[to] = combo[row], start[row], end[row]
        at[who[row]] = to + 1
    return first, combos, starts, ends


@kernel
def count_toggles(who: Int32s, facts: Grouped, derived: Grouped, channels: Channels) -> tuple[Int64s, int]:
    """The most toggles the facts of each of these persons can make, and the most facts one of them has."""
    toggles = np.zeros(who.size, np.int64)
    most = 0
    for i in range(who.size):
        rows = 0
        for table in (facts, derived):
            for row in range(table.first[who[i]], table.first[who[i] + 1]):
                combo = table.combo[row]
                toggles[i] += 2 * (channels.first[combo + 1] - channels.first[combo])
                rows += 1
        most = max(most, rows)
    return toggles, most


@kernel
def find_intervals(
    who: Int32s,
    facts: Grouped,
    derived: Grouped,
    birth: Int32s,
    channels: Channels,
    standing: Standing,
    window: Window,
    room: tuple[int, int],
) -> Intervals:
    """The elementary intervals of these persons in the window.

    `derived`: facts that follow from relatives, by combos of their own. `room`: the most facts one of the
    persons has, and the most toggles all of them together can have, standing channels included.
    """
    desk = new_desk(channels, room[0], room[1])
    first = np.zeros(who.size + 1, np.int64)
    start = np.empty(room[1] + who.size, np.int32)
    words = np.empty((room[1] + who.size, channels.words), np.uint64)
    rows = 0
    for i in range(who.size):
        desk.counts[:] = 0
        toggle_facts(who[i], facts, derived, channels, window, desk)
        toggle_standing(birth[who[i]], standing, window, desk)
        rows = write_intervals(desk, window, start, words, rows)
        first[i + 1] = rows
    return Intervals(first, start[:rows].copy(), words[:rows].copy())


@kernel
def new_desk(channels: Channels, facts: int, toggles: int) -> Desk:
    many = channels.modifier.size
    return Desk(
        np.empty(facts, np.int64),
        np.full(many, _NONE, np.int64),
        np.full(many, _NONE, np.int64),
        np.full(many, _NONE, np.int64),
        np.full(many, _NONE, np.int64),
        np.empty(many, np.int64),
        np.empty(toggles, np.int64),
        np.empty(channels.words, np.uint64),
        np.zeros(2, np.int64),
    )


@kernel
def toggle_facts(
    person: int, facts: Grouped, derived: Grouped, channels: Channels, window: Window, desk: Desk
) -> None:
    """Unite the facts of one person per channel, and write down when each channel goes on and off."""
    for table in (facts, derived):
        # a channel is fed by facts or by derived facts, never by both: each table is gone through by itself
        count = 0
        for row in range(table.first[person], table.first[person + 1]):
            combo = table.combo[row]
            if channels.first[combo] < channels.first[combo + 1]:
                desk.order[count] = (np.int64(table.start[row]) << _ROW) + (row - table.first[person])
                count += 1
        sort(desk.order, count)
        for i in range(count):
            row = table.first[person] + (desk.order[i] & ((1 << _ROW) - 1))
            combo = table.combo[row]
            for feed in range(channels.first[combo], channels.first[combo + 1]):
                cover(channels.feeds[feed], table.start[row], table.end[row], channels, window, desk)
    for i in range(desk.counts[_TOUCHED]):
        channel = desk.touched[i]
        end_run(channel, channels, window, desk)
        toggle(channel, desk.held_start[channel], desk.held_stop[channel], window, desk)
        desk.run_stop[channel] = desk.held_stop[channel] = _NONE


@kernel
def cover(channel: int, start: int, stop: int, channels: Channels, window: Window, desk: Desk) -> None:
    """A fact of a channel, no earlier than those before: lengthens the run, or ends it and begins another."""
    if start <= desk.run_stop[channel]:
        desk.run_stop[channel] = max(desk.run_stop[channel], stop)
        return
    if desk.run_stop[channel] == _NONE:
        desk.touched[desk.counts[_TOUCHED]] = channel
        desk.counts[_TOUCHED] += 1
    else:
        end_run(channel, channels, window, desk)
    desk.run_start[channel] = start
    desk.run_stop[channel] = stop


@kernel
def end_run(channel: int, channels: Channels, window: Window, desk: Desk) -> None:
    """The run is whole: what it counts for joins what is held, or takes its place."""
    start, stop = modified(
        channels.modifier[channel],
        channels.months[channel],
        channels.days[channel],
        desk.run_start[channel],
        desk.run_stop[channel],
    )
    if start >= stop:
        return
    if start <= desk.held_stop[channel]:
        desk.held_stop[channel] = max(desk.held_stop[channel], stop)
        return
    toggle(channel, desk.held_start[channel], desk.held_stop[channel], window, desk)
    desk.held_start[channel] = start
    desk.held_stop[channel] = stop


@kernel
def toggle(channel: int, start: int, stop: int, window: Window, desk: Desk) -> None:
    """Write down that a channel is on from start to stop, as far as that is in the window."""
    start, stop = max(start, window.start), min(stop, window.stop)
    if start >= stop:
        return
    count = desk.counts[_TOGGLES]
    desk.toggles[count] = ((start - window.start) << _DAY) + channel
    count += 1
    if stop < window.stop:
        desk.toggles[count] = ((stop - window.start) << _DAY) + channel
        count += 1
    desk.counts[_TOGGLES] = count


@kernel
def toggle_standing(birth: int, standing: Standing, window: Window, desk: Desk) -> None:
    """The channels of a person that no fact feeds."""
    for i in range(standing.period_channel.size):
        toggle(standing.period_channel[i], standing.period_start[i], standing.period_end[i], window, desk)
    if birth == OPEN:
        if standing.birthless >= 0:
            toggle(standing.birthless, window.start, window.stop, window, desk)
        return
    for i in range(standing.age_channel.size):
        stop = OPEN
        if standing.age_below[i] >= 0:
            stop = birthday(birth, standing.age_below[i])
        toggle(standing.age_channel[i], birthday(birth, standing.age_from[i]), stop, window, desk)


@kernel
def write_intervals(desk: Desk, window: Window, start: Int32s, words: Words, rows: int) -> int:
    """Go through the toggles of a person in order of time; returns the number of rows written so far."""
    count = desk.counts[_TOGGLES]
    sort(desk.toggles, count)
    desk.word[:] = np.uint64(0)
    day = 0
    done = 0
    while True:
        while done < count and desk.toggles[done] >> _DAY == day:
            channel = desk.toggles[done] & ((1 << _DAY) - 1)
            desk.word[channel >> 6] ^= np.uint64(1) << np.uint64(channel & 63)
            done += 1
        start[rows] = window.start + day
        words[rows, :] = desk.word
        rows += 1
        if done == count:
            return rows
        day = desk.toggles[done] >> _DAY


@kernel
def sort(numbers: Int64s, count: int) -> None:
    """Sort the first `count` numbers in place (Shell's method: short, and quick for the few of a person)."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            number = numbers[i]
            j = i
            while j >= gap and numbers[j - gap] > number:
                numbers[j] = numbers[j - gap]
                j -= gap
            numbers[j] = number
        gap //= 3
