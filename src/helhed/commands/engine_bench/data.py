"""Made-up people, spells and relations of any number, the same for the same seed, as the engine's Arrow tables.

Cheap and regular, not the made-up city of `helhed.synthetic`; see `tracks` for what the lives are like. The rows stand
in no order, as they arrive from several systems.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.commands.engine_bench.tracks import ADULT_SHARES, APPETITE, CHILD, TRACKS, Track
from helhed.law import catalogue
from helhed.periods import Span
from helhed.rules.criteria import Group
from helhed.rules.reading import read_groups

WINDOW = Span(14975, 20454)
"""The fifteen years asked about, 2011-01-01 to 2026-01-01."""

_FIRST, _LAST = 13879, 20454  # facts start from 2008-01-01 on; what lasts beyond 2026-01-01 is open
_CHILDREN, _NO_BIRTH, _SECOND_PARENT = 0.2, 0.005, 0.7
_UNEVEN = 3.0  # shape of the gamma that makes some have many spells and most few
_COARSE, _NO_UNIT = 0.02, 0.03  # spells at the code or unit above, and without a unit
_JOINED = 0.4  # spells that last exactly to the next of the track
_SEVERAL = 0.15  # chance that the next spell of a track is not of the person's usual code
_YEAR = 365.25


@dataclass(frozen=True)
class Facts:
    """What `many.read_columns` takes."""

    people: pa.Table
    spells: pa.Table
    relations: pa.Table


def groups() -> dict[str, Group]:
    """The thirty groups of groups.yaml, with forty distinct leaves."""
    file = resources.files(__package__) / "groups.yaml"
    return read_groups(file.read_text(encoding="utf-8"), file.name, catalogue().vocabulary())


def generate(people: int, spells: int, seed: int = 1) -> Facts:
    """So many people (numbered from 1), exactly so many spells, and relations for the fifth who are children."""
    random = np.random.default_rng(seed)
    birth, sort = _lives(people, random)
    return Facts(
        _people(birth, random),
        _spells(birth, sort, spells, random),
        _relations(birth, sort, random),
    )


def _lives(people: int, random: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Days of birth, and what sort of life each has."""
    sort = random.choice(list(ADULT_SHARES), people, p=list(ADULT_SHARES.values())).astype(np.int8)
    sort[random.random(people) < _CHILDREN] = CHILD
    oldest, youngest = (np.where(sort == CHILD, age, years) * _YEAR for age, years in ((18, 85), (0, 19)))
    birth = _LAST - random.integers(youngest.astype(int), oldest.astype(int), people)
    return birth.astype(np.int32), sort


def _people(birth: NDArray, random: np.random.Generator) -> pa.Table:
    known = random.random(len(birth)) >= _NO_BIRTH
    keys = random.permutation(len(birth)).astype(np.int64)
    return pa.table(
        {
            "person": pa.array(keys + 1),
            "birth_date": pa.array(birth[keys], mask=~known[keys]).view(pa.date32()),
        }
    )


def _relations(birth: NDArray, sort: NDArray, random: np.random.Generator) -> pa.Table:
    """A parent for each child, and mostly a second one."""
    child, adult = np.flatnonzero(sort == CHILD), np.flatnonzero(sort != CHILD)
    if not len(adult):
        child = child[:0]
    child = np.concatenate([child, child[random.random(len(child)) < _SECOND_PARENT]])
    parent = random.choice(adult, len(child)) if len(child) else child
    ends = random.random(len(child)) < 0.05
    end = birth[child] + random.integers(1, 20 * 365, len(child))
    return pa.table(
        {
            "parent": pa.array(parent + 1, pa.int64()),
            "child": pa.array(child + 1, pa.int64()),
            "start": pa.array(birth[child], pa.int32()).view(pa.date32()),
            "end": pa.array(end.astype(np.int32), mask=~ends).view(pa.date32()),
        }
    )


def _spells(birth: NDArray, sort: NDArray, spells: int, random: np.random.Generator) -> pa.Table:
    """All tracks of everyone, mixed."""
    appetite = np.array([APPETITE[each] for each in range(len(APPETITE))])[sort]
    appetite = appetite * random.standard_gamma(_UNEVEN, len(sort))
    pieces = []
    for track, count in _shared_out(sort, appetite, spells):
        weight = np.where(np.isin(sort, track.who), appetite, 0.0)
        pieces.append(_track(track, np.sort(_drawn(weight, count, random)), birth, random))
    order = random.permutation(spells)
    words = {name: _words(pieces, name) for name in ("kind", "code", "unit")}
    person, start, end = (
        np.concatenate([piece[name] for piece in pieces]) for name in ("person", "start", "end")
    )
    pieces.clear()
    columns = {"person": pa.array(person[order].astype(np.int64) + 1)}
    for name, (numbers, listed) in words.items():
        moved = numbers[order]
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(moved, mask=moved < 0), pa.array(listed))
    columns["start"] = pa.array(start[order]).view(pa.date32())
    ended = end[order]
    columns["end"] = pa.array(ended, mask=ended >= _LAST).view(pa.date32())
    return pa.table(columns)


def _shared_out(sort: NDArray, appetite: NDArray, spells: int) -> Iterator[tuple[Track, int]]:
    """How many spells of each track, together exactly as many as asked for."""
    total = np.bincount(sort, appetite, len(APPETITE))
    of_sort = {each: sum(t.share for t in TRACKS if each in t.who) for each in range(len(APPETITE))}
    parts = np.array([sum(total[w] * t.share / of_sort[w] for w in t.who) for t in TRACKS])
    parts = parts if parts.sum() else np.ones(len(TRACKS))
    counts = np.floor(parts / parts.sum() * spells).astype(int)
    counts[np.argmax(parts)] += spells - counts.sum()
    return zip(TRACKS, counts.tolist(), strict=True)


def _drawn(weight: NDArray, count: int, random: np.random.Generator) -> NDArray:
    """The persons of so many spells, by weight; anyone, if nobody has the track."""
    running = np.cumsum(weight if weight.any() else np.ones(len(weight)))
    drawn = np.searchsorted(running, random.random(count) * running[-1], side="right")
    return np.minimum(drawn, len(weight) - 1).astype(np.int32)


def _track(track: Track, person: NDArray, birth: NDArray, random: np.random.Generator) -> dict[str, Any]:
    """Spells of one track, one after the other in the life of each person (given in order)."""
    count = len(person)
    many = np.bincount(person, minlength=len(birth))
    nth = np.arange(count) - (np.cumsum(many) - many)[person]
    adult = birth if CHILD in track.who else birth + int(18 * _YEAR)
    first = np.clip(adult, _FIRST, _LAST - 400)[person]
    step = (_LAST - first) / many[person]
    begin = (first + (nth + random.random(count) * 0.4) * step).astype(np.int32)
    last = nth == many[person] - 1
    until = np.where(last, _LAST + 1, np.roll(begin, -1)) if count else begin
    length = random.exponential(track.whole, count) * step
    end = np.minimum(begin + 1 + length.astype(np.int64), _LAST + 400)
    joined = (random.random(count) < _JOINED) & (until > begin)
    end = np.where(joined, until, end).astype(np.int32)
    code = _of_person(len(track.codes), person, random)
    unit = _of_person(max(1, len(track.units)), person, random)
    return {
        "person": person,
        "start": begin,
        "end": end,
        "kind": (np.zeros(count, np.int16), [track.kind]),
        "code": _coarser(code, list(track.codes), random),
        "unit": _coarser(unit, list(track.units), random, missing=_NO_UNIT),
    }


def _of_person(choices: int, person: NDArray, random: np.random.Generator) -> NDArray:
    """Mostly the person's own usual choice, the first the commonest, now and then another."""
    share = 1 / np.arange(1, choices + 1)
    steps = np.cumsum(share) / share.sum()
    usual = np.searchsorted(steps, random.random(int(person.max(initial=0)) + 1))[person]
    other = np.searchsorted(steps, random.random(len(person)))
    return np.where(random.random(len(person)) < _SEVERAL, other, usual).astype(np.int16)


def _coarser(
    numbers: NDArray, words: list[str], random: np.random.Generator, missing: float = 0.0
) -> tuple[NDArray, list[str]]:
    """Some of them recorded one step higher up in the tree, some (-1) not at all."""
    if not words:
        return np.full(len(numbers), -1, np.int16), []
    above = [word.rsplit("/", 1)[0] for word in words]
    coarse = random.random(len(numbers)) < _COARSE
    numbers = np.where(coarse, numbers + len(words), numbers)
    numbers[random.random(len(numbers)) < missing] = -1
    return numbers.astype(np.int16), [*words, *above]


def _words(pieces: list[dict[str, Any]], name: str) -> tuple[NDArray, list[str]]:
    """One list of words for all pieces, and the numbers in it."""
    listed = sorted({word for piece in pieces for word in piece[name][1]})
    at = {word: number for number, word in enumerate(listed)}
    moved = [
        np.array([*(at[word] for word in piece[name][1]), -1], np.int16)[piece[name][0]] for piece in pieces
    ]
    return np.concatenate(moved), listed
