"""Facts in any order to events by person, each person's in the order of time."""

import numpy as np

from helhed.periods import OPEN
from helhed.rules.many.compiled import kernel, part
from helhed.rules.many.shapes import Events, Int32s, Int64s
from helhed.rules.many.threads import Threads

_DAY = 32  # an event is its day, shifted by this, its set shifted by one, and 1 for a start


def group_events(size: int, who: Int32s, fed: Int32s, start: Int32s, end: Int32s, threads: Threads) -> Events:
    """The events of facts: person (below `size`), set, start and end, row by row."""
    first = np.zeros(size + 1, np.int64)
    ranges = threads.ranges(size)
    threads.each(lambda some: count_events(*some, who, end, first), ranges)
    np.cumsum(first, out=first)
    packed = np.empty(first[-1], np.int64)
    at = first.copy()
    threads.each(lambda some: place_events(*some, who, (fed, start, end), at, packed), ranges)
    threads.each(lambda some: sort_events(*some, first, packed), ranges)
    return Events(first, packed)


@kernel
def count_events(low: int, high: int, who: Int32s, end: Int32s, first: Int64s) -> None:
    """Count the events of persons from `low` to before `high`, each in the place after the person's own."""
    for row in range(who.size):
        if low <= who[row] < high:
            first[who[row] + 1] += 2 if end[row] < OPEN else 1


@kernel
def place_events(
    low: int, high: int, who: Int32s, facts: tuple[Int32s, Int32s, Int32s], at: Int64s, packed: Int64s
) -> None:
    """Write the events of these persons where theirs are; `at` moves on."""
    fed, start, end = facts
    for row in range(who.size):
        person = who[row]
        if low <= person < high:
            to = at[person]
            packed[to] = event(start[row], fed[row], 1)
            to += 1
            if end[row] < OPEN:
                packed[to] = event(end[row], fed[row], 0)
                to += 1
            at[person] = to


@kernel
def sort_events(low: int, high: int, first: Int64s, packed: Int64s) -> None:
    for person in range(low, high):
        sort(packed, first[person], first[person + 1])


@part
def event(day: int, fed: int, starts: int) -> int:
    return int((np.int64(day) << _DAY) + (np.int64(fed) << 1) + starts)


@part
def day_of_event(packed: int) -> int:
    return packed >> _DAY


@part
def set_of_event(packed: int) -> int:
    return (packed & ((1 << _DAY) - 1)) >> 1


@part
def sort(numbers: Int64s, start: int, stop: int) -> None:
    """Sort some numbers in place (Shell's method: short, and quick for the few of a person)."""
    gap = 1
    while gap < (stop - start) // 20:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(start + gap, stop):
            number = numbers[i]
            j = i
            while j >= start + gap and numbers[j - gap] > number:
                numbers[j] = numbers[j - gap]
                j -= gap
            numbers[j] = number
        gap //= 3
