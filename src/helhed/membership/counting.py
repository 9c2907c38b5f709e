"""Counting: who stands in which version of which group, as the engine says now, beside what is stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.law import Catalogue
from helhed.membership import statements
from helhed.membership.models import GroupVersion
from helhed.periods import OPEN, Span, day_of
from helhed.register import questions, wire
from helhed.rules import many
from helhed.rules.criteria import Group
from helhed.rules.references import references

FIRST_DAY = date(2008, 1, 1)
Progress = Callable[[str, float], None]
_STORED = {
    "id": "int8",
    "person": "int8",
    "version": "int8",
    "certain": "bool",
    "start": "int4",
    "end": "int4",
}
_DAY_BITS, _VERSION_BITS = 20, 12


class Rows(NamedTuple):
    """Spells in columns, in any order: person and version ids, days as day numbers, end OPEN = none."""

    person: NDArray[np.int64]
    version: NDArray[np.int64]
    certain: NDArray[np.bool_]
    start: NDArray[np.int32]
    end: NDArray[np.int32]

    def of(self, chosen: Any) -> "Rows":
        """Some of the rows."""
        return Rows(*(column[chosen] for column in self))


class Difference(NamedTuple):
    """What is stored and what is fresh; the ids stored that no longer hold, and which fresh rows are new."""

    stored: Rows
    fresh: Rows
    outdated: NDArray[np.int64]
    closed: NDArray[np.bool_]
    new: NDArray[np.bool_]


def count(
    book: Catalogue,
    versions: Sequence[GroupVersion],
    people: list[int] | None,
    keys: frozenset[str] | None,
    say: Progress,
) -> Rows:
    """The spells of everyone, or of some people, in every group, or in some groups, cut by version."""
    say("read", 0.0)
    facts = questions.facts(people)
    say("count", 0.2)
    groups = book.groups() if keys is None else with_referred(keys, book.groups())
    counted = many.evaluate(*facts, groups, book.vocabulary(), Span(day_of(FIRST_DAY), None))
    wanted = groups.keys() if keys is None else keys
    return cut_by_version(counted, [row for row in versions if row.key in wanted])


def with_referred(keys: Iterable[str], groups: Mapping[str, Group]) -> dict[str, Group]:
    """The groups of these keys, and all they refer to."""
    found: dict[str, Group] = {}
    waiting = sorted(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = groups[key]
            waiting += [each for version in groups[key].versions for each in references(version.criteria)]
    return found


def cut_by_version(counted: pa.Table, versions: Iterable[GroupVersion]) -> Rows:
    """The engine's spells as rows; one that runs across two versions of a group is cut where the next takes over."""
    group = counted["group"].combine_chunks()
    keys = group.dictionary.to_pylist()
    first = np.searchsorted(np.asarray(group.indices), np.arange(len(keys) + 1))
    value = counted["value"].combine_chunks()
    certain = np.asarray(value.indices) == value.dictionary.to_pylist().index("true")
    person = np.asarray(counted["person"].combine_chunks(), np.int64)
    start = np.asarray(counted["start"].combine_chunks().cast(pa.int32()))
    end = np.asarray(counted["end"].combine_chunks().cast(pa.int32()).fill_null(OPEN))
    pieces = [_none()]
    for row in versions:
        if row.key not in keys:
            continue
        at = slice(*first[keys.index(row.key) :][:2])
        begins, ends = day_of(row.valid_from), OPEN if row.valid_to is None else day_of(row.valid_to)
        inside = (start[at] < ends) & (end[at] > begins)
        cut_start, cut_end = np.maximum(start[at], begins), np.minimum(end[at], ends)
        size = int(inside.sum())
        pieces.append(
            Rows(
                person[at][inside],
                np.full(size, row.pk),
                certain[at][inside],
                cut_start[inside],
                cut_end[inside],
            )
        )
    return _joined(pieces)


def compare(fresh: Rows, people: list[int] | None, keys: frozenset[str] | None) -> Difference:
    """The fresh rows beside what is stored of the same people and groups."""
    scope = {"people": people, "keys": None if keys is None else sorted(keys)}
    columns = wire.fetch(statements.stored(people is None, keys is None), _STORED, scope)
    ids = columns.pop("id")
    stored = Rows(**columns)
    there, here = _numbers(stored, fresh)
    order = np.argsort(there)
    place = np.searchsorted(there[order], here)
    place[place == len(order)] = 0
    if not len(order):
        return Difference(stored, fresh, ids, np.zeros(0, bool), np.ones(len(here), bool))
    twin = order[place]
    same = (there[twin] == here) & (stored.certain[twin] == fresh.certain) & (stored.end[twin] == fresh.end)
    closed = np.ones(len(order), bool)
    closed[twin[same]] = False
    return Difference(stored, fresh, ids[closed], closed, ~same)


def _numbers(one: Rows, other: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Person, version and start of each row in one number, unique among the spells that hold at once."""
    persons, person = np.unique(np.concatenate((one.person, other.person)), return_inverse=True)
    versions, version = np.unique(np.concatenate((one.version, other.version)), return_inverse=True)
    if len(versions) >> _VERSION_BITS or len(persons) >> 31:
        raise OverflowError("more versions or persons than a row's number has room for")
    day = np.concatenate((one.start, other.start)).astype(np.int64) - day_of(FIRST_DAY)
    number = (person << (_VERSION_BITS + _DAY_BITS)) + (version << _DAY_BITS) + day
    return number[: len(one.person)], number[len(one.person) :]


def _none() -> Rows:
    return Rows(
        np.empty(0, np.int64),
        np.empty(0, np.int64),
        np.empty(0, bool),
        np.empty(0, np.int32),
        np.empty(0, np.int32),
    )


def _joined(pieces: Sequence[Rows]) -> Rows:
    return Rows(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))
