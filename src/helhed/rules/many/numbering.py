"""Persons, and combinations of kind, code and unit, as numbers."""

from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.rules.errors import RefusedError
from helhed.rules.facts import person_missing
from helhed.rules.many.compiled import kernel
from helhed.rules.many.shapes import Int32s, Int64s
from helhed.rules.many.tables import as_int32, column_of, empty_value, flat, is_text, wrong_type

Combo: TypeAlias = tuple[str, str, str | None]

_ROOM = 1 << 24  # a table of numbers may be so large; beyond that, hashing finds them
_SPREAD = 8  # keys this many times as far apart as there are persons are still looked up in a table
_NO_NUMBER = -1


def number_persons(table: Any, name: str, column: str, persons: Any) -> Int32s:
    """The number of each row's person, by the keys of all `persons` in order. RefusedError if it is not one of them."""
    keys = column_of(table, name, column)
    if keys.null_count:
        raise empty_value(name, column)
    keys, rows = _apart(keys)
    if pa.types.is_null(keys.type) or not len(keys):
        return np.zeros(0, np.int32)
    if pa.types.is_integer(keys.type) != pa.types.is_integer(persons.type):
        raise wrong_type(name, column, keys.type)
    if pa.types.is_integer(persons.type):
        numbers = _whole_numbers(keys, persons)
    else:
        numbers = pc.index_in(keys.cast(persons.type), value_set=persons).fill_null(_NO_NUMBER)
    numbers = as_int32(numbers) if rows is None else as_int32(numbers)[rows]
    if (numbers == _NO_NUMBER).any():
        at = int(np.argmax(numbers == _NO_NUMBER))
        raise RefusedError(person_missing(name, column_of(table, name, column)[at].as_py()))
    return numbers


def _apart(keys: Any) -> tuple[Any, Any]:
    """The distinct keys and which of them each row has, if the column came dictionary-encoded; else the keys, and None."""
    if isinstance(keys, pa.ChunkedArray) and pa.types.is_dictionary(keys.type):
        keys = keys.unify_dictionaries().combine_chunks()
    if pa.types.is_dictionary(keys.type) and not keys.dictionary.null_count:
        return keys.dictionary, np.asarray(keys.indices)
    return flat(keys), None


def _whole_numbers(keys: Any, persons: Any) -> Any:
    """The number of each key, -1 if there is none."""
    if pa.types.is_uint64(keys.type) or pa.types.is_uint64(persons.type):
        return pc.index_in(keys.cast(pa.uint64()), value_set=persons.cast(pa.uint64())).fill_null(_NO_NUMBER)
    keys, persons = keys.cast(pa.int64()), persons.cast(pa.int64())
    known = np.asarray(persons)
    if len(known) and known[-1] - known[0] < _SPREAD * len(known) + 1024:
        places = np.full(known[-1] - known[0] + 1, _NO_NUMBER, np.int32)
        places[known - known[0]] = np.arange(len(known), dtype=np.int32)
        numbers = np.empty(len(keys), np.int32)
        look_up(_reading(keys), known[0], places, numbers)
        return numbers
    return pc.index_in(keys, value_set=persons).fill_null(_NO_NUMBER)


def number_combos(spells: Any) -> tuple[Int32s, tuple[Combo, ...]]:
    """The number of each row's (kind, code, unit), and the distinct ones by number."""
    kind, kinds = _words(spells, "kind")
    code, codes = _words(spells, "code")
    unit, units = _words(spells, "unit")
    numbers, distinct = _number_triples((kind, code, unit), len(codes), len(units), len(kinds))
    combos = [(kinds[first], codes[second], units[third]) for first, second, third in distinct]
    for column, name in enumerate(("kind", "code")):
        if any(combo[column] is None for combo in combos):
            raise empty_value("spells", name)
    return numbers, cast(tuple[Combo, ...], tuple(combos))


def _words(spells: Any, name: str) -> tuple[Int32s, list[str | None]]:
    """A text column as numbers, and the words they stand for; the last word is None, for null."""
    column = column_of(spells, "spells", name)
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    if not is_text(column.type.value_type):
        raise wrong_type("spells", name, column.type)
    words = [*column.dictionary.to_pylist(), None]
    return _reading(column.indices.cast(pa.int32()).fill_null(len(words) - 1)), words


def _number_triples(
    columns: tuple[Int32s, Int32s, Int32s], seconds: int, thirds: int, firsts: int
) -> tuple[Int32s, list[tuple[int, int, int]]]:
    """The number of each row's three numbers, and the distinct threes by number. `firsts` …: how many there can be."""
    room = firsts * seconds * thirds
    if room <= _ROOM:
        numbers, places = np.empty(len(columns[0]), np.int32), np.full(room, _NO_NUMBER, np.int32)
        met = np.empty(room, np.int64)
        packed = met[: number_triples(columns, seconds, thirds, places, met, numbers)].tolist()
    else:
        first, second, third = (column.astype(np.int64) for column in columns)
        encoded = pa.array((first * seconds + second) * thirds + third).dictionary_encode()
        numbers, packed = as_int32(encoded.indices), encoded.dictionary.to_pylist()
    return numbers, [
        (triple // thirds // seconds, triple // thirds % seconds, triple % thirds) for triple in packed
    ]


def _reading(values: Any) -> NDArray[Any]:
    """The same values to read only: compiled code knows one shape of column, not one per way of obtaining it."""
    view = np.asarray(values).view()
    view.flags.writeable = False
    return view


@kernel
def look_up(keys: Int64s, low: int, places: Int32s, numbers: Int32s) -> None:
    """The number of each key, which is in the place that is as far from the first as the key from `low`."""
    for row in range(keys.size):
        place = keys[row] - low
        numbers[row] = places[place] if 0 <= place < places.size else _NO_NUMBER


@kernel
def number_triples(
    columns: tuple[Int32s, Int32s, Int32s],
    seconds: int,
    thirds: int,
    places: Int32s,
    met: Int64s,
    numbers: Int32s,
) -> int:
    """Number triples as they are met, packed into one number: `met` by number, `numbers` by row; `places` has the
    number of each. Returns how many there are.
    """
    first, second, third = columns
    count = 0
    for row in range(numbers.size):
        triple = (np.int64(first[row]) * seconds + second[row]) * thirds + third[row]
        if places[triple] == _NO_NUMBER:
            places[triple] = count
            met[count] = triple
            count += 1
        numbers[row] = places[triple]
    return count
