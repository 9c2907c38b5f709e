"""Facts in any order to events by person, each person's in the order of time."""

import numpy as np

from helhed.periods import OPEN
from helhed.rules.many.compiled import kernel, part
from helhed.rules.many.shapes import Events, Int32s, Int64s
from helhed.rules.many.threads import Threads

_DAY = 32  # an event is its day, shifted by this, its set shifted by one, and 1 for a start
_BUCKET = 1 << 16  # facts grouped at a time: they stay near the processor, however many there are in all
_WHO, _SET, _START, _END = range(4)


def group_events(size: int, who: Int32s, fed: Int32s, start: Int32s, end: Int32s, threads: Threads) -> Events:
    """The events of facts: person (below `size`), set, start and end, row by row.

    Facts are first dealt into buckets of neighbouring persons, then grouped bucket by bucket.
    """
    facts, threads = (who, fed, start, end), threads.for_rows(len(who))
    shift = max(0, (size // (1 + len(who) // _BUCKET)).bit_length() - 1)
    buckets = max(1, -(-size >> shift))
    ranges = threads.ranges(len(who))
    counts = threads.each(lambda some: _counted(some, facts, shift, buckets), ranges)
    dealt = np.array([count[0] for count in counts]).T
    to = (np.cumsum(dealt) - dealt.ravel()).reshape(dealt.shape)
    rows = np.empty((len(who), 4), np.int32)
    threads.each(lambda n: deal(*ranges[n], facts, shift, to[:, n].copy(), rows), range(len(ranges)))
    last_row = np.cumsum(dealt.sum(axis=1))
    last_event = np.cumsum(np.sum([count[1] for count in counts], axis=0))
    events = Events(np.zeros(size + 1, np.int64), np.empty(last_event[-1], np.int64))

    def group(bucket: int) -> None:
        low, high = bucket << shift, min((bucket + 1) << shift, size)
        begin = last_row[bucket - 1] if bucket else 0
        base = last_event[bucket - 1] if bucket else 0
        group_bucket(low, high, rows[begin : last_row[bucket]], base, events.first, events.packed)

    threads.each(group, range(buckets))
    return events


def _counted(
    rows: tuple[int, int], facts: tuple[Int32s, Int32s, Int32s, Int32s], shift: int, buckets: int
) -> Int64s:
    counts = np.zeros((2, buckets), np.int64)
    count_buckets(*rows, facts, shift, counts)
    return counts


@kernel
def count_buckets(
    start: int, stop: int, facts: tuple[Int32s, Int32s, Int32s, Int32s], shift: int, counts: Int64s
) -> None:
    """Count the facts, and the events, of some rows in each bucket."""
    who, end = facts[_WHO], facts[_END]
    for row in range(start, stop):
        bucket = who[row] >> shift
        counts[0, bucket] += 1
        counts[1, bucket] += 2 if end[row] < OPEN else 1


@kernel
def deal(
    start: int,
    stop: int,
    facts: tuple[Int32s, Int32s, Int32s, Int32s],
    shift: int,
    to: Int64s,
    rows: Int32s,
) -> None:
    """Write some rows where those of their bucket go; `to` moves on."""
    who, fed, begin, end = facts
    for row in range(start, stop):
        at = to[who[row] >> shift]
        to[who[row] >> shift] = at + 1
        rows[at, _WHO], rows[at, _SET], rows[at, _START], rows[at, _END] = (
            who[row],
            fed[row],
            begin[row],
            end[row],
        )


@kernel
def group_bucket(low: int, high: int, rows: Int32s, base: int, first: Int64s, packed: Int64s) -> None:
    """The events of the persons from `low` to before `high`, whose facts these are, from `base` on."""
    for row in range(rows.shape[0]):
        first[rows[row, _WHO] + 1] += 2 if rows[row, _END] < OPEN else 1
    at = base
    for person in range(low, high):
        at += first[person + 1]
        first[person + 1] = at - first[person + 1]
    for row in range(rows.shape[0]):
        to = first[rows[row, _WHO] + 1]
        packed[to] = event(rows[row, _START], rows[row, _SET], 1)
        to += 1
        if rows[row, _END] < OPEN:
            packed[to] = event(rows[row, _END], rows[row, _SET], 0)
            to += 1
        first[rows[row, _WHO] + 1] = to
    at = base
    for person in range(low, high):
        sort(packed, at, first[person + 1])
        at = first[person + 1]


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
