"""What a counting changed: for each person and group the standing before and after, on the last day seen and in the past."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helhed.membership.counting import Difference, Rows
from helhed.periods import OPEN

CERTAIN, UNSURE = 2, 1
IN, OUT, NOT_SURE, CORRECTED = range(4)
WORDS = ("in", "out", "unsure", "corrected")
"""What happened, by number."""

_DAY_BITS = 33
_DAY_0 = 1 << 32


class Found(NamedTuple):
    """Changes in columns: person id, the number of the group's key, what (a number of WORDS), and the day it is from."""

    person: NDArray[np.int64]
    key: NDArray[np.int64]
    what: NDArray[np.int64]
    on: NDArray[np.int64]


def changes(difference: Difference, key_of: Mapping[int, int], day: int) -> Found:
    """One change for each person and group whose days are not the same as before; none where only versions gave way.

    `key_of`: the number of the group's key, by version. In, out or unsure where the standing on `day` is another: from the
    first day of the new standing. Corrected where only other days differ: from the first that does.
    """
    before, after, persons, keys = _touched(difference, key_of)
    pairs = int(max(before.pair.max(initial=-1), after.pair.max(initial=-1))) + 1
    first = _first_difference(before, after, pairs)
    stood, stands = _value_on(before, pairs, day), _value_on(after, pairs, day)
    what = np.where(stands == CERTAIN, IN, np.where(stands == UNSURE, NOT_SURE, OUT))
    on = np.where(stands > 0, _since(after, pairs, day), _ended(after, pairs, day))
    same = stood == stands
    what, on = np.where(same, CORRECTED, what), np.where(same, first, on)
    real = np.flatnonzero(first < OPEN)
    return Found(persons[real], keys[real], what[real], on[real])


class _Spans(NamedTuple):
    """Spells of pairs (person and group, numbered), sorted by pair and start, with their value."""

    pair: NDArray[np.int64]
    value: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def _touched(
    difference: Difference, key_of: Mapping[int, int]
) -> tuple[_Spans, _Spans, NDArray[np.int64], NDArray[np.int64]]:
    """All spells, before and after, of the pairs of which any is new or closed; and each pair's person and key."""
    keys = np.zeros(max(key_of, default=0) + 1, np.int64)
    keys[list(key_of)] = list(key_of.values())
    many = int(keys.max(initial=0)) + 1
    stored = difference.stored.person * many + keys[difference.stored.version]
    fresh = difference.fresh.person * many + keys[difference.fresh.version]
    pairs = np.unique(np.concatenate((stored[difference.closed], fresh[difference.new])))
    before = _spans(difference.stored, stored, pairs)
    return before, _spans(difference.fresh, fresh, pairs), pairs // many, pairs % many


def _spans(rows: Rows, pair: NDArray[np.int64], pairs: NDArray[np.int64]) -> _Spans:
    place = np.searchsorted(pairs, pair)
    place[place == len(pairs)] = 0
    chosen = np.flatnonzero(pairs[place] == pair) if len(pairs) else np.empty(0, np.int64)
    chosen = chosen[np.lexsort((rows.start[chosen], place[chosen]))]
    value = np.where(rows.certain[chosen], CERTAIN, UNSURE)
    start, end = (column[chosen].astype(np.int64) for column in (rows.start, rows.end))
    return _Spans(place[chosen], value, start, end)


def _first_difference(before: _Spans, after: _Spans, pairs: int) -> NDArray[np.int64]:
    """The first day on which a pair's value is not what it was; OPEN where every day is the same."""
    where = np.concatenate((before.pair, before.pair, after.pair, after.pair))
    day = np.concatenate((before.start, before.end, after.start, after.end))
    step = np.concatenate((-before.value, before.value, after.value, -after.value))
    moment = (where << _DAY_BITS) + (day + _DAY_0)
    order = np.argsort(moment, kind="stable")
    moment = moment[order]
    gap = np.cumsum(step[order])  # each pair's steps add up to nothing, so the sum starts anew with the next
    last = np.append(moment[1:] != moment[:-1], True) if len(moment) else np.empty(0, bool)
    differs = np.flatnonzero(last & (gap != 0))
    first = np.full(pairs, OPEN, np.int64)
    np.minimum.at(first, moment[differs] >> _DAY_BITS, (moment[differs] & ((1 << _DAY_BITS) - 1)) - _DAY_0)
    return first


def _value_on(spans: _Spans, pairs: int, day: int) -> NDArray[np.int64]:
    value = np.zeros(pairs, np.int64)
    holds = (spans.start <= day) & (spans.end > day)
    value[spans.pair[holds]] = spans.value[holds]
    return value


def _since(spans: _Spans, pairs: int, day: int) -> NDArray[np.int64]:
    """The first day of the standing a pair has on the day, across versions that follow each other."""
    begins = np.ones(len(spans.pair), bool)
    begins[1:] = (
        (spans.pair[1:] != spans.pair[:-1])
        | (spans.value[1:] != spans.value[:-1])
        | (spans.start[1:] != spans.end[:-1])
    )
    run = spans.start[np.flatnonzero(begins)][np.cumsum(begins) - 1] if len(begins) else spans.start
    holds = (spans.start <= day) & (spans.end > day)
    since = np.full(pairs, day, np.int64)
    since[spans.pair[holds]] = run[holds]
    return since


def _ended(spans: _Spans, pairs: int, day: int) -> NDArray[np.int64]:
    """The last day a pair's spells ended on up to the day; the day itself where none did."""
    ended = np.full(pairs, -(1 << 40), np.int64)
    past = spans.end <= day
    np.maximum.at(ended, spans.pair[past], spans.end[past])
    return np.where(ended == -(1 << 40), day, ended)
