"""The compiled loops: the facts of a person in, the person's elementary intervals out.

They work on plain arrays, made outside and used again for each person: reaching into a tuple of arrays in an
inner loop costs more than the work itself. The arrays, for as many channels as there are:

`runs`, a row per channel: the *run* is the union being built of the facts so far, *held* the union being built
of the runs after their time modifier; then the modifier. Its last column lists the channels touched so far.
`toggles`: a day since the window's start and a channel, packed into one number, for each time a channel goes on
or off. `book`: the window's start and stop, and how many toggles and touched channels there are.
"""

import numpy as np

from helhed.periods import OPEN
from helhed.rules.many.calendar import birthday, modified
from helhed.rules.many.compiled import kernel
from helhed.rules.many.shapes import Channels, Grouped, Int32s, Int64s, Intervals, Standing

NONE = -(2**62)  # before every day: there is no run
RUN_START, RUN_STOP, HELD_START, HELD_STOP, MODIFIER, MONTHS, DAYS, TOUCHED = range(8)
WINDOW_START, WINDOW_STOP, TOGGLES, TOUCHES = range(4)

_DAY = 20  # a toggle is a day, shifted by this, and a channel
_ROW = 31  # a fact to be sorted is its start, shifted by this, and its row
_COMBO, _START, _END = range(3)


@kernel
def group_by_person(
    size: int, who: Int32s, combo: Int32s, start: Int32s, end: Int32s
) -> tuple[Int64s, Int32s]:
    """Rows in any order to rows by person (a number below `size`), as in Grouped; else the order is kept."""
    first = np.zeros(size + 1, np.int64)
    for row in range(who.size):
        first[who[row] + 1] += 1
    for person in range(size):
        first[person + 1] += first[person]
    at = first.copy()
    rows = np.empty((who.size, 3), np.int32)
    for row in range(who.size):
        to = at[who[row]]
        rows[to, _COMBO] = combo[row]
        rows[to, _START] = start[row]
        rows[to, _END] = end[row]
        at[who[row]] = to + 1
    return first, rows


@kernel
def count_toggles(who: Int32s, facts: Grouped, channels: Channels, toggles: Int64s) -> int:
    """Add the most toggles each of these persons' facts can make; returns the most facts one of them has."""
    first, rows, feeds = facts.first, facts.rows, channels.first
    most = 0
    for i in range(who.size):
        for row in range(first[who[i]], first[who[i] + 1]):
            combo = rows[row, _COMBO]
            toggles[i] += 2 * (feeds[combo + 1] - feeds[combo])
        most = max(most, first[who[i] + 1] - first[who[i]])
    return most


@kernel
def toggle_persons(
    who: Int32s,
    facts: tuple[Grouped, Grouped],
    birth: Int32s,
    channels: Channels,
    standing: Standing,
    desk: tuple[Int64s, Int64s, Int64s, Int64s],
    out: Intervals,
) -> int:
    """Write the elementary intervals of these persons into `out`; returns how many rows there are.

    `facts`: as delivered, and as derived from relatives; no channel is fed by both. `desk`: room for the order
    of one person's facts, and `runs`, `toggles` and `book`.
    """
    order, runs, toggles, book = desk
    rows = 0
    for i in range(who.size):
        book[TOGGLES] = book[TOUCHES] = 0
        cover_facts(who[i], facts[0], channels, order, runs, toggles, book)
        cover_facts(who[i], facts[1], channels, order, runs, toggles, book)
        close_runs(runs, toggles, book)
        toggle_standing(birth[who[i]], standing, toggles, book)
        rows = write_intervals(toggles, book, out, rows)
        out.first[i + 1] = rows
    return rows


@kernel
def cover_facts(
    person: int,
    facts: Grouped,
    channels: Channels,
    order: Int64s,
    runs: Int64s,
    toggles: Int64s,
    book: Int64s,
) -> None:
    """Unite the facts of one person per channel, in order of their start."""
    first, feeds, rows = channels.first, channels.feeds, facts.rows
    begin = facts.first[person]
    count = 0
    for row in range(begin, facts.first[person + 1]):
        combo = rows[row, _COMBO]
        if first[combo] < first[combo + 1]:
            order[count] = (np.int64(rows[row, _START]) << _ROW) + (row - begin)
            count += 1
    sort(order, count)
    for i in range(count):
        row = begin + (order[i] & ((1 << _ROW) - 1))
        combo = rows[row, _COMBO]
        for feed in range(first[combo], first[combo + 1]):
            cover(feeds[feed], rows[row, _START], rows[row, _END], runs, toggles, book)


@kernel
def cover(channel: int, start: int, stop: int, runs: Int64s, toggles: Int64s, book: Int64s) -> None:
    """A fact of a channel, no earlier than those before: lengthens the run, or ends it and begins another."""
    if start <= runs[channel, RUN_STOP]:
        runs[channel, RUN_STOP] = max(runs[channel, RUN_STOP], stop)
        return
    if runs[channel, RUN_STOP] == NONE:
        runs[book[TOUCHES], TOUCHED] = channel
        book[TOUCHES] += 1
    else:
        end_run(channel, runs, toggles, book)
    runs[channel, RUN_START] = start
    runs[channel, RUN_STOP] = stop


@kernel
def end_run(channel: int, runs: Int64s, toggles: Int64s, book: Int64s) -> None:
    """The run is whole: what it counts for joins what is held, or takes its place."""
    start, stop = modified(
        runs[channel, MODIFIER],
        runs[channel, MONTHS],
        runs[channel, DAYS],
        runs[channel, RUN_START],
        runs[channel, RUN_STOP],
    )
    if start >= stop:
        return
    if start <= runs[channel, HELD_STOP]:
        runs[channel, HELD_STOP] = max(runs[channel, HELD_STOP], stop)
        return
    toggle(channel, runs[channel, HELD_START], runs[channel, HELD_STOP], toggles, book)
    runs[channel, HELD_START] = start
    runs[channel, HELD_STOP] = stop


@kernel
def close_runs(runs: Int64s, toggles: Int64s, book: Int64s) -> None:
    """No facts are left: end every run, toggle what is held, and clear the rows for the next person."""
    for i in range(book[TOUCHES]):
        channel = runs[i, TOUCHED]
        end_run(channel, runs, toggles, book)
        toggle(channel, runs[channel, HELD_START], runs[channel, HELD_STOP], toggles, book)
        runs[channel, RUN_STOP] = NONE
        runs[channel, HELD_STOP] = NONE


@kernel
def toggle(channel: int, start: int, stop: int, toggles: Int64s, book: Int64s) -> None:
    """Write down that a channel is on from start to stop, as far as that is in the window."""
    start, stop = max(start, book[WINDOW_START]), min(stop, book[WINDOW_STOP])
    if start >= stop:
        return
    count = book[TOGGLES]
    toggles[count] = ((start - book[WINDOW_START]) << _DAY) + channel
    count += 1
    if stop < book[WINDOW_STOP]:
        toggles[count] = ((stop - book[WINDOW_START]) << _DAY) + channel
        count += 1
    book[TOGGLES] = count


@kernel
def toggle_standing(birth: int, standing: Standing, toggles: Int64s, book: Int64s) -> None:
    """The channels of a person that no fact feeds."""
    for i in range(standing.period_channel.size):
        toggle(standing.period_channel[i], standing.period_start[i], standing.period_end[i], toggles, book)
    if birth == OPEN:
        if standing.birthless >= 0:
            toggle(standing.birthless, book[WINDOW_START], book[WINDOW_STOP], toggles, book)
        return
    for i in range(standing.age_channel.size):
        stop = OPEN
        if standing.age_below[i] >= 0:
            stop = birthday(birth, standing.age_below[i])
        toggle(standing.age_channel[i], birthday(birth, standing.age_from[i]), stop, toggles, book)


@kernel
def write_intervals(toggles: Int64s, book: Int64s, out: Intervals, rows: int) -> int:
    """Go through the toggles of a person in order of time; returns how many rows there are now."""
    starts, words = out.start, out.words
    count = book[TOGGLES]
    sort(toggles, count)
    for word in range(words.shape[1]):
        words[rows, word] = np.uint64(0)
    done, day = 0, np.int64(0)
    while True:
        while done < count and toggles[done] >> _DAY == day:
            channel = toggles[done] & ((1 << _DAY) - 1)
            words[rows, channel >> 6] ^= np.uint64(1) << np.uint64(channel & 63)
            done += 1
        starts[rows] = book[WINDOW_START] + day
        rows += 1
        if done == count:
            return rows
        for word in range(words.shape[1]):
            words[rows, word] = words[rows - 1, word]
        day = toggles[done] >> _DAY


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
