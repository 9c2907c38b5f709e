"""The columns that go into the compiled loops and come out. Days are half-open, an open end is OPEN."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Int32s: TypeAlias = NDArray[np.int32]
Int64s: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]


class Grouped(NamedTuple):
    """Facts grouped by person: those of person `p` are the rows `first[p]` up to `first[p + 1]`.

    A row is a combo (the number of a distinct kind, code and unit), a start and an end.
    """

    first: Int64s
    rows: Int32s


class Channels(NamedTuple):
    """What facts make true. A combo feeds the channels `feeds[first[combo]]` up to `feeds[first[combo + 1]]`.

    Per channel: `modifier` (as numbered in `calendar`) with its duration in `months` and `days`. `words`: how
    many 64-bit words the state of all channels takes.
    """

    first: Int64s
    feeds: Int32s
    modifier: Int32s
    months: Int32s
    days: Int32s
    words: int


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


class Intervals(NamedTuple):
    """Elementary intervals: the `i`-th person asked about has the rows `first[i]` up to `first[i + 1]`.

    Each starts on `start` and lasts to the next of the same person, the last to the window's end. `words` is
    its state.
    """

    first: Int64s
    start: Int32s
    words: Words


class Outcomes(NamedTuple):
    """Per distinct state, the targets that are not false: rows `first[state]` up to `first[state + 1]`."""

    first: Int64s
    target: Int32s
    value: Int32s


class Found(NamedTuple):
    """Spells: the target's number, the person's number, 1 = unknown or 2 = true, and the days."""

    target: Int32s
    person: Int32s
    value: Int32s
    start: Int32s
    end: Int32s
