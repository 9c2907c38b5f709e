"""The value everything here answers from, and the ways to make one and to read a day out of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from helhed.periods import OPEN
from helhed.rules.many.shapes import Int32s, Int64s
from helhed.rules.values import Value

UNKNOWN, TRUE = int(Value.UNKNOWN), int(Value.TRUE)
_DAY_BITS = 32
_DAY_0 = 1 << 31  # added to a day, so that days before 1970 sort first


class Spells(NamedTuple):
    """Who is, or may be, in which group on which days.

    `keys`: the groups' keys by number. The columns have a row per spell: the number of the group and of the person
    (0 ≤ person < people), value 1 = unknown or 2 = true, and the days `[start, end)`, end OPEN = none. Rows are sorted
    by group, person and start; those of a person in a group do not overlap, and those that touch differ in value. On a
    day without a row the person is certainly not in the group. `people`: how many persons there are, in groups or not.
    """

    keys: tuple[str, ...]
    group: Int32s
    person: Int32s
    value: Int32s
    start: Int32s
    end: Int32s
    people: int


def from_table(table: Any, persons: Any = None) -> Spells:
    """The spells of an Arrow table with the columns group, person, value, start and end, as `many.evaluate` gives it.

    `persons`: an Arrow array of all persons' keys in their order, which numbers them (`many.Columns.persons` fits);
    without it the persons of the table are numbered in order. Groups have the order of the column's dictionary, or of
    the alphabet. Raises ValueError for a person who is not among `persons`.
    """
    group, keys = _numbered(_flat(table["group"]))
    who = _flat(table["person"])
    if persons is None:
        persons = pc.unique(who)
        persons = persons.take(pc.sort_indices(persons))
    person = pc.index_in(who.cast(persons.type), value_set=persons)
    if person.null_count:
        raise ValueError("a person of the spells is not among the persons given")
    number, words = _numbered(_flat(table["value"]))
    values = np.array([int(Value[word.upper()]) for word in words] or [0], np.int32)
    end = _flat(table["end"]).cast(pa.int32()).fill_null(OPEN)
    columns = (group, person.to_numpy(zero_copy_only=False), values[number], _days(table["start"]), end)
    return from_columns(keys, *(np.asarray(column) for column in columns), people=len(persons))


def from_columns(
    keys: Sequence[str],
    group: ArrayLike,
    person: ArrayLike,
    value: ArrayLike,
    start: ArrayLike,
    end: ArrayLike,
    *,
    people: int,
) -> Spells:
    """Spells from plain columns in any order: sorted, false rows left out, touching rows of one value made one.

    Rows of a person in a group may touch but not overlap; that is not checked.
    """
    columns = [np.asarray(column, np.int32) for column in (group, person, value, start, end)]
    if len(columns[2]) and columns[2].min() < UNKNOWN:
        columns = [column[columns[2] >= UNKNOWN] for column in columns]
    place = _place(columns[0], columns[1], people)
    later = (place[1:] > place[:-1]) | ((place[1:] == place[:-1]) & (columns[3][1:] > columns[3][:-1]))
    if not later.all():
        order = np.lexsort((columns[3], place))
        columns, place = [column[order] for column in columns], place[order]
    return _joined(tuple(keys), columns, place, people)


def pick(spells: Spells, groups: Sequence[int]) -> Spells:
    """The spells of some groups, in the order named; the groups are numbered anew, the persons are not."""
    first = np.searchsorted(spells.group, np.arange(len(spells.keys) + 1))
    rows = [np.arange(first[group], first[group + 1]) for group in groups]
    chosen = np.concatenate(rows) if rows else np.empty(0, np.int64)
    number = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
    person, value, start, end = (
        column[chosen] for column in (spells.person, spells.value, spells.start, spells.end)
    )
    return Spells(
        tuple(spells.keys[group] for group in groups), number, person, value, start, end, spells.people
    )


def values_on(spells: Spells, group: ArrayLike, person: ArrayLike, day: ArrayLike) -> Int32s:
    """The value of each (group, person, day): 0 false, 1 unknown, 2 true. The three are arrays of one length."""
    asked = order_of(_place(np.asarray(group), np.asarray(person), spells.people), np.asarray(day))
    kept = order_of(_place(spells.group, spells.person, spells.people), spells.start)
    row = np.searchsorted(kept, asked, side="right") - 1
    if not len(kept):
        return np.zeros(len(asked), np.int32)
    same = (kept[row] >> _DAY_BITS) == (asked >> _DAY_BITS)
    holds = (row >= 0) & same & (spells.end[row] > np.asarray(day))
    return np.where(holds, spells.value[row], np.int32(0))


def exits_of(spells: Spells) -> Int32s:
    """Per row, the first day on which the person is certainly not in the group any more; OPEN = never.

    A row followed at once by unknown days lasts on through them; where they lead back into the group there is no exit
    (OPEN). The exit of an unknown row is its own end, or that of what touches it, in the same way.
    """
    touches = touching(spells)
    exits = spells.end.copy()
    again = np.flatnonzero(touches)
    exits[again] = spells.end[again + 1]
    # touching rows differ in value, so a third row in touch has the value of the first
    exits[again[touches[again + 1]]] = OPEN
    return exits


def touching(spells: Spells) -> NDArray[np.bool_]:
    """Per row, whether the next row is the same person's in the same group and begins on the day this one ends."""
    next_is = np.zeros(len(spells.start), np.bool_)
    if len(next_is):
        next_is[:-1] = (
            (spells.end[:-1] == spells.start[1:])
            & (spells.person[:-1] == spells.person[1:])
            & (spells.group[:-1] == spells.group[1:])
        )
    return next_is


def order_of(place: ArrayLike, day: ArrayLike) -> Int64s:
    """One number that sorts by place (of 31 bits) and then by day (of 32 bits, before 1970 too)."""
    sorts: Int64s = (np.asarray(place, np.int64) << _DAY_BITS) + (np.asarray(day, np.int64) + _DAY_0)
    return sorts


def _place(group: NDArray[Any], person: NDArray[Any], people: int) -> Int64s:
    place: Int64s = group.astype(np.int64) * max(people, 1) + person
    return place


def _joined(keys: tuple[str, ...], columns: list[Int32s], place: Int64s, people: int) -> Spells:
    group, person, value, start, end = columns
    begins = np.ones(len(start), np.bool_)
    begins[1:] = (place[1:] != place[:-1]) | (value[1:] != value[:-1]) | (start[1:] != end[:-1])
    if begins.all():
        return Spells(keys, group, person, value, start, end, people)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(start)) - 1
    return Spells(keys, group[first], person[first], value[first], start[first], end[last], people)


def _numbered(column: Any) -> tuple[Int32s, tuple[str, ...]]:
    """A text column as numbers and the words they stand for."""
    if not pa.types.is_dictionary(column.type):
        words = pc.unique(column)
        words = words.take(pc.sort_indices(words))
        return pc.index_in(column, value_set=words).to_numpy(zero_copy_only=False), tuple(words.to_pylist())
    return column.indices.to_numpy(zero_copy_only=False), tuple(column.dictionary.to_pylist())


def _flat(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        return column.combine_chunks() if column.num_chunks else pa.array([], column.type)
    return column


def _days(column: Any) -> Int32s:
    return np.asarray(_flat(column).cast(pa.int32()), np.int32)
