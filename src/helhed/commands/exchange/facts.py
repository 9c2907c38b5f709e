"""The three tables of a folder as facts that fit together: persons known, words known, every end after its start."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helhed.commands.exchange.faults import FileFaultError
from helhed.commands.exchange.tables import Int32s, Table, Words, first, read_table
from helhed.periods import OPEN
from helhed.rules.errors import Message, unknown_name
from helhed.rules.vocabulary import Vocabulary

Told = Callable[[str, float], None]
"""Called with the name of the table being read and the share that is done."""


@dataclass(frozen=True)
class Facts:
    """Checked facts. Persons are numbers: those of their keys in order; days as in arrays, OPEN = none.

    `persons`: the keys, a pyarrow array of texts in order. `birth`: by person. `spells`: person, kind, code
    and unit (numbers of words, -1 for no unit), start, end. `relations`: parent, child, start, end.
    """

    persons: Any
    birth: Int32s
    spells: dict[str, Int32s]
    words: dict[str, Any]
    relations: dict[str, Int32s]
    more: Any  # the spells' table as read, for columns of which nothing is known


def read_facts(
    folder: Path, vocabulary: Vocabulary, told: Told = lambda name, share: None, others: bool = False
) -> Facts:
    """The facts of a folder's people, spells and relations. FileFaultError with file and row if anything is wrong.

    `others`: keep the further columns of spells in `more`.
    """
    told("people", 0.0)
    people = read_table(folder, "people")
    told("spells", 0.05)
    spells = read_table(folder, "spells", others=others)
    told("relations", 0.6)
    relations = read_table(folder, "relations", may_be_missing=True)
    told("people", 0.7)
    persons, birth = _people(people)
    told("spells", 0.75)
    words = {name: spells.words(name) for name in ("kind", "code", "unit")}
    _check_words(spells, words, vocabulary)
    numbers = {name: column.numbers for name, column in words.items()}
    held = {"person": _persons(spells, "person", persons), **numbers, **_days(spells)}
    told("relations", 0.95)
    sides = {side: _persons(relations, side, persons) for side in ("parent", "child")}
    texts = {name: column.texts for name, column in words.items()}
    return Facts(persons, birth, held, texts, {**sides, **_days(relations)}, spells.data if others else None)


def _people(table: Table) -> tuple[Any, Int32s]:
    """The keys in order, and the birth dates by key."""
    keys = table.keys("person").combine_chunks()
    order = pc.sort_indices(keys)
    in_order = keys.take(order)
    if len(keys) > 1 and (twice := pc.equal(in_order[1:], in_order[:-1])).true_count:
        at = pc.index(twice, True).as_py()
        raise _twice(table, sorted(order[at : at + 2].to_pylist()), in_order[at].as_py())
    return in_order, table.days("birth_date")[np.asarray(order)]


def _twice(table: Table, rows: list[int], key: str) -> FileFaultError:
    """A person who is there again, and where that person was before."""
    before = table.place(rows[0])
    return table.fault(
        rows[1],
        f"Person {key} står allerede i {before.da}. Behold én række.",
        f"Person {key} is already in {before.en}. Keep one row.",
    )


def _persons(table: Table, column: str, persons: Any) -> Int32s:
    """The number of each row's person, who must be one of the people."""
    keys = table.keys(column)
    numbers = np.array(pc.index_in(keys, value_set=persons).fill_null(-1), np.int32)
    if (row := first(numbers < 0)) is not None:
        key = keys[row].as_py()
        raise table.fault(
            row,
            f"Person {key} findes ikke i people. Tilføj personen, eller fjern rækken.",
            f"Person {key} is not in people. Add the person, or remove the row.",
        )
    return numbers


def _days(table: Table) -> dict[str, Int32s]:
    start, end = table.days("start"), table.days("end")
    if (row := first(end <= start)) is not None:
        raise table.fault(
            row,
            "end ligger ikke efter start. Ret datoerne; end er den første dag, der ikke er med.",
            "end is not after start. Correct the dates; end is the first day that is not included.",
        )
    return {"start": start, "end": end}


def _check_words(table: Table, words: dict[str, Words], vocabulary: Vocabulary) -> None:
    """What no criterion can name would never be found: it is refused, with the nearest name there is."""
    kind, code, unit = words["kind"], words["code"], words["unit"]
    row = kind.where(lambda text: text not in vocabulary.kinds)
    if row is not None:
        raise _unknown(table, row, kind, ("type", "kind"), vocabulary.kinds)
    if (row := _first_unknown_code(kind, code, vocabulary)) is not None:
        of = kind.texts[int(kind.numbers[row])].as_py()
        raise _unknown(table, row, code, (f"{of}-kode", f"{of} code"), vocabulary.codes_of(of))
    row = unit.where(lambda text: text not in vocabulary.units)
    if row is not None:
        raise _unknown(table, row, unit, ("enhed", "unit"), vocabulary.units)


def _first_unknown_code(kind: Words, code: Words, vocabulary: Vocabulary) -> int | None:
    packed = kind.numbers.astype(np.int64) * max(1, len(code.texts)) + code.numbers
    distinct = pc.unique(pa.array(packed)).to_pylist()
    kinds, codes = kind.texts.to_pylist(), code.texts.to_pylist()
    wrong = [
        number
        for number in distinct
        if codes[number % len(codes)] not in vocabulary.codes_of(kinds[number // len(codes)])
    ]
    return first(np.isin(packed, wrong)) if wrong else None


def _unknown(
    table: Table, row: int, column: Words, noun: tuple[str, str], known: frozenset[str]
) -> FileFaultError:
    message: Message = unknown_name(noun, column.texts[int(column.numbers[row])].as_py(), known)
    return table.fault(row, message.da, message.en)


def engine_tables(facts: Facts) -> tuple[Any, Any, Any]:
    """people, spells and relations as `rules.many.evaluate` takes them, persons as numbers."""
    people = pa.table(
        {
            "person": pa.array(np.arange(len(facts.birth), dtype=np.int32)),
            "birth_date": _open_as_null(facts.birth),
        }
    )
    texts = {name: _dictionary(facts.spells[name], facts.words[name]) for name in ("kind", "code", "unit")}
    return (
        people,
        _with_days(facts.spells, ("person",), texts),
        _with_days(facts.relations, ("parent", "child"), {}),
    )


def _with_days(columns: dict[str, Int32s], persons: tuple[str, ...], texts: dict[str, Any]) -> Any:
    numbers = {name: pa.array(columns[name]) for name in persons}
    return pa.table(
        {**numbers, **texts, "start": pa.array(columns["start"]), "end": _open_as_null(columns["end"])}
    )


def _dictionary(numbers: Int32s, texts: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), texts)


def _open_as_null(days: Int32s) -> Any:
    return pa.array(days, mask=days == OPEN)
