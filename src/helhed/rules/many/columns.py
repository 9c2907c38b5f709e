"""People, spells and relations as plain number columns, the spells grouped by person."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helhed.periods import OPEN
from helhed.rules.errors import Message, RefusedError
from helhed.rules.facts import ends_before_start, person_missing, person_twice
from helhed.rules.many.events import group_events
from helhed.rules.many.shapes import Events, Int32s, Int64s
from helhed.rules.many.threads import Threads

NOT_KNOWN = OPEN
"""A birth date that is not known."""


@dataclass(frozen=True, slots=True)
class Related:
    """Relations as person numbers; days half-open, an open end is OPEN."""

    parent: Int32s
    child: Int32s
    start: Int32s
    end: Int32s


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything the fast engine looks at. Persons are numbered in the order of their keys."""

    persons: Any  # the keys, a pyarrow array in order
    birth: Int32s
    facts: Events  # a set is the number of a combo
    combos: tuple[tuple[str, str, str | None], ...]
    related: Related

    @property
    def size(self) -> int:
        return len(self.birth)


def read_columns(people: Any, spells: Any, relations: Any, threads: int | None = None) -> Columns:
    """Number the persons and the combinations, check, and group. RefusedError says what does not fit.

    people: person, birth_date. spells: person, kind, code, unit, start, end. relations: parent, child, start,
    end. Persons are whole numbers or texts; kind, code and unit are texts, dictionary-encoded or not; days
    are date32 or whole numbers since 1970-01-01; a null end is open, a null unit or birth date not known.
    `threads`: how many work on it; by default one per core.
    """
    persons, birth = _people(people)
    who = _numbers(spells, "spells", "person", persons)
    combo, combos = _combos(spells)
    start, end = _days_of(spells, "spells", "person")
    facts = group_events(len(birth), who, combo, start, end, Threads(threads))
    parent = _numbers(relations, "relations", "parent", persons)
    child = _numbers(relations, "relations", "child", persons)
    related = Related(parent, child, *_days_of(relations, "relations", "parent"))
    return Columns(persons, birth, facts, combos, related)


def _people(people: Any) -> tuple[Any, Int32s]:
    keys = _flat(_column(people, "people", "person"))
    if keys.null_count:
        raise _empty("people", "person")
    if not (pa.types.is_integer(keys.type) or _is_text(keys.type)):
        raise _wrong_type("people", "person", keys.type)
    order = pc.sort_indices(keys)
    keys = keys.take(order)
    if len(keys) > 1 and (twice := pc.equal(keys[1:], keys[:-1])).true_count:
        raise RefusedError(person_twice(keys[pc.index(twice, True).as_py()].as_py()))
    birth = _days(people, "people", "birth_date").take(order)
    return keys, _as_int32(birth.fill_null(NOT_KNOWN))


def _numbers(table: Any, name: str, column: str, persons: Any) -> Int32s:
    """The number of each row's person."""
    keys = _flat(_column(table, name, column))
    if keys.null_count:
        raise _empty(name, column)
    if pa.types.is_null(keys.type) or not len(keys):
        return np.zeros(0, np.int32)
    if pa.types.is_integer(keys.type) != pa.types.is_integer(persons.type):
        raise _wrong_type(name, column, keys.type)
    numbers = pc.index_in(keys.cast(persons.type), value_set=persons)
    if numbers.null_count:
        at = pc.index(numbers.is_null(), True).as_py()
        raise RefusedError(person_missing(name, keys[at].as_py()))
    return _as_int32(numbers)


def _combos(spells: Any) -> tuple[Int32s, tuple[tuple[str, str, str | None], ...]]:
    """The number of each row's (kind, code, unit), and the distinct ones by number."""
    kind, kinds = _words(spells, "kind")
    code, codes = _words(spells, "code")
    unit, units = _words(spells, "unit")
    for name, words, numbers in (("kind", kinds, kind), ("code", codes, code)):
        if None in words and (numbers == words.index(None)).any():
            raise _empty("spells", name)
    packed = (kind * len(codes) + code) * len(units) + unit
    distinct = pa.array(packed).dictionary_encode()
    combos = []
    for number in distinct.dictionary.to_pylist():
        rest, unit_number = divmod(number, len(units))
        kind_number, code_number = divmod(rest, len(codes))
        combos.append((kinds[kind_number], codes[code_number], units[unit_number]))
    return _as_int32(distinct.indices), tuple(combos)


def _words(spells: Any, name: str) -> tuple[Int64s, list[str | None]]:
    """A text column as numbers, and the words they stand for; the last word is None, for null."""
    column = _column(spells, "spells", name)
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    if not _is_text(column.type.value_type):
        raise _wrong_type("spells", name, column.type)
    words = [*column.dictionary.to_pylist(), None]
    numbers = column.indices.fill_null(len(words) - 1).cast(pa.int64())
    return np.array(numbers, np.int64), words


def _days_of(table: Any, name: str, person: str) -> tuple[Int32s, Int32s]:
    """The starts and ends of a table, checked: every row starts, and ends after its start."""
    starts = _days(table, name, "start")
    if starts.null_count:
        raise _empty(name, "start")
    start, end = _as_int32(starts), _as_int32(_days(table, name, "end").fill_null(OPEN))
    wrong = end <= start
    if wrong.any():
        at = int(np.argmax(wrong))
        raise RefusedError(ends_before_start(name, _column(table, name, person)[at].as_py()))
    return start, end


def _days(table: Any, name: str, column: str) -> Any:
    days = _flat(_column(table, name, column))
    if pa.types.is_null(days.type):
        return days.cast(pa.int32())
    if pa.types.is_date64(days.type):
        days = days.cast(pa.date32())
    if pa.types.is_date32(days.type) or pa.types.is_integer(days.type):
        return days.cast(pa.int32())
    raise _wrong_type(name, column, days.type)


def _column(table: Any, name: str, column: str) -> Any:
    if column not in table.column_names:
        raise RefusedError(
            Message(
                f"Kolonnen {column} mangler i {name}. Tilføj den.",
                f"The column {column} is missing in {name}. Add it.",
            )
        )
    return table.column(column)


def _flat(column: Any) -> Any:
    """One array of plain values, whether the column came in chunks or dictionary-encoded."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _as_int32(values: Any) -> Int32s:
    """A fresh, writable array: compiled code knows one shape of column, not one per way of obtaining it."""
    return np.array(values, np.int32)


def _empty(name: str, column: str) -> RefusedError:
    return RefusedError(
        Message(
            f"Kolonnen {column} i {name} har en tom værdi. Udfyld den, eller fjern rækken.",
            f"The column {column} in {name} has an empty value. Fill it in, or remove the row.",
        )
    )


def _wrong_type(name: str, column: str, kind: object) -> RefusedError:
    return RefusedError(
        Message(
            f"Kolonnen {column} i {name} har typen {kind}. Brug hele tal eller tekst; til dage date32.",
            f"The column {column} in {name} is of type {kind}. Use whole numbers or text; for days date32.",
        )
    )
