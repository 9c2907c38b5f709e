"""The columns that go into the compiled loops and come out. Days are half-open, an open end is OPEN."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Int32s: TypeAlias = NDArray[np.int32]
Int64s: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]


class Events(NamedTuple):
    """Starts and ends of facts by person: those of person `p` are `packed[first[p]]` up to `packed[first[p + 1]]`.

    An event is a day, a set (the number of a distinct kind, code and unit) and whether it is a start, packed into
    one number so that the order of numbers is the order of time. An open end is no event.
    """

    first: Int64s
    packed: Int64s


class Sets(NamedTuple):
    """What an event turns on or off. Per set `bits`, the channels, as a row of words; `some`: whether there are any.

    After the sets of the facts, those of what is derived from relatives; from `single` on one per channel, with
    just that channel.
    """

    bits: Words
    some: NDArray[np.bool_]
    single: int


class Runs(NamedTuple):
    """Channels with a time modifier, numbered from 0. A set covers the runs `feeds[first[set]]` up to `[first[set + 1]]`.

    Per run: its `channel`, and the `modifier` (as numbered in `calendar`) with its duration in `months` and `days`.
    """

    first: Int64s
    feeds: Int32s
    channel: Int32s
    modifier: Int32s
    months: Int32s
    days: Int32s


class Standing(NamedTuple):
    """Channels that no fact feeds: ages, "no birth date", and periods of the calendar.

    `age_from` (0 = from birth) and `age_below` (-1 = no limit), in years. `birthless`: -1 = no such channel.
    """

    age_from: Int32s
    age_below: Int32s
    age_channel: Int32s
    birthless: int
    period_start: Int32s
    period_end: Int32s
    period_channel: Int32s


class Window(NamedTuple):
    """The days asked about; `stop` is OPEN if they have no end."""

    start: int
    stop: int


class Program(NamedTuple):
    """The targets as steps over a state; each step has a value (0 false, 1 unknown, 2 true).

    Per step its `operator` (as numbered in `logic`), how many `need` to hold, and its `parts[first[step]]` up to
    `parts[first[step + 1]]`: steps before it or, for an answer, two channels. `targets`: the step of each target.
    """

    operator: Int32s
    need: Int32s
    first: Int64s
    parts: Int32s
    targets: Int32s


class Intervals(NamedTuple):
    """Elementary intervals: the `i`-th person asked about has the rows `first[i]` up to `first[i + 1]`.

    Each starts on `start` and lasts to the next of the same person, the last to the window's end. `states`: a row
    of words each, its channels.
    """

    first: Int64s
    start: Int32s
    states: Words


class Found(NamedTuple):
    """Spells: the target's number, the person's number, 1 = unknown or 2 = true, and the days."""

    target: Int32s
    person: Int32s
    value: Int32s
    start: Int32s
    end: Int32s
