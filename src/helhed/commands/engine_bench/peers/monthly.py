"""Leaves by month, in numpy: what OpenFisca is given, since it knows months and no spells.

For each month's first day and each channel that spells feed: does it hold? Spells are united, given their time
condition and counted in at the first month they reach and out at the first they do not; a running sum says the rest.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.commands.engine_bench.data import WINDOW, Facts
from helhed.commands.engine_bench.peers.questions import Combo, Fed, Questions
from helhed.periods import OPEN, Duration

MONTHS = np.arange(
    np.datetime64(WINDOW.start, "D").astype("datetime64[M]"),
    np.datetime64(WINDOW.stop, "D").astype("datetime64[M]"),
)
FIRST_DAYS = MONTHS.astype("datetime64[D]").astype(np.int64)
Days = NDArray[np.int64]


def combos_of(facts: Facts) -> tuple[list[Combo], Days]:
    """The distinct (kind, code, unit), and the number of each spell's."""
    numbers = np.zeros(facts.spells.num_rows, np.int64)
    for name in ("kind", "code", "unit"):
        words = facts.spells[name].combine_chunks()
        numbers = numbers * (len(words.dictionary) + 1) + np.asarray(
            words.indices.fill_null(len(words.dictionary))
        )
    distinct, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    rows = facts.spells.select(["kind", "code", "unit"]).take(pa.array(first)).to_pylist()
    return [(row["kind"], row["code"], row["unit"]) for row in rows], inverse


def held(
    facts: Facts, asked: Questions, combos: list[Combo], numbers: Days
) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Channel by channel: a row of persons (by key, from 1) for each month."""
    person = np.asarray(facts.spells["person"]) - 1
    start, stop = _days(facts.spells["start"]), _days(facts.spells["end"])
    order = np.argsort(numbers, kind="stable")
    begins = np.searchsorted(numbers[order], np.arange(len(combos) + 1))
    at = {combo: number for number, combo in enumerate(combos)}
    related = tuple(np.asarray(facts.relations[name]) - 1 for name in ("child", "parent"))
    holds = (_days(facts.relations["start"]), _days(facts.relations["end"]))
    for number, channel in enumerate(asked.channels):
        if isinstance(channel, Fed):
            rows = np.concatenate([order[begins[at[c]] : begins[at[c] + 1]] for c in channel.combos])
            spells = person[rows], start[rows], stop[rows]
            if channel.of_child:
                spells = _carried(spells, related, holds)
            yield number, by_month(*_timed(channel, *spells), facts.people.num_rows)


def by_month(person: Days, start: Days, stop: Days, people: int) -> NDArray[np.bool_]:
    months = len(FIRST_DAYS) + 1
    change = np.bincount(np.searchsorted(FIRST_DAYS, start) * people + person, minlength=months * people)
    change -= np.bincount(np.searchsorted(FIRST_DAYS, stop) * people + person, minlength=months * people)
    return np.cumsum(change.reshape(months, people)[:-1], axis=0) > 0


def _carried(
    spells: tuple[Days, ...], related: tuple[Days, ...], holds: tuple[Days, ...]
) -> tuple[Days, Days, Days]:
    """The spells of children, cut to each relation, as the parents'."""
    child, start, stop = spells
    order = np.argsort(related[0], kind="stable")
    low, high = (np.searchsorted(related[0][order], child, side) for side in ("left", "right"))
    many = high - low
    spell = np.repeat(np.arange(len(child)), many)
    relation = order[np.repeat(low, many) + np.arange(len(spell)) - np.repeat(np.cumsum(many) - many, many)]
    start, stop = np.maximum(start[spell], holds[0][relation]), np.minimum(stop[spell], holds[1][relation])
    both = start < stop
    return related[1][relation][both], start[both], stop[both]


def _timed(channel: Fed, person: Days, start: Days, stop: Days) -> tuple[Days, Days, Days]:
    """The spells united, if that matters, and moved as the time condition says."""
    if not (channel.within or channel.lasted or channel.ending_within):
        return person, start, stop
    person, start, stop = _united(person, start, stop)
    known = stop < OPEN
    if channel.within:
        stop = np.where(known, moved(np.where(known, stop, 0), channel.within, 1), stop)
    elif channel.lasted:
        start = moved(start, channel.lasted, 1)
    else:
        person, start, stop = person[known], start[known], stop[known]
        start = np.maximum(start, moved(stop, channel.ending_within, -1))
    some = start < stop
    return person[some], start[some], stop[some]


def _united(person: Days, start: Days, stop: Days) -> tuple[Days, Days, Days]:
    order = np.lexsort((start, person))
    person, start, stop = person[order], start[order], stop[order]
    reached = np.maximum.accumulate((person << 32) + stop)  # of this person, or of one before
    fresh = np.append(True, (person << 32)[1:] + start[1:] > reached[:-1])[: len(person)]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(person)) - 1
    return person[first], start[first], reached[last] - (person[last] << 32)


def moved(day: Days, duration: Duration, sign: int) -> Days:
    """Days moved by a duration; months keep the day of the month, clamped."""
    if not duration.months:
        return day + sign * duration.days
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    of_month = (date - month.astype("datetime64[D]")).astype(np.int64)
    there = month + sign * duration.months
    first = there.astype("datetime64[D]").astype(np.int64)
    longest = (there + 1).astype("datetime64[D]").astype(np.int64) - first
    return first + np.minimum(of_month, longest - 1)


def _days(column: pa.ChunkedArray) -> Days:
    return np.asarray(pc.fill_null(column.cast(pa.int32()), OPEN), np.int64)
