"""People, spells and relations as plain number columns, the spells grouped by person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from helhed.periods import OPEN
from helhed.rules.errors import RefusedError
from helhed.rules.facts import person_twice
from helhed.rules.many.events import group_events
from helhed.rules.many.numbering import Combo, number_combos, number_persons
from helhed.rules.many.shapes import Events, Int32s
from helhed.rules.many.tables import (
    as_int32,
    column_of,
    days_of,
    empty_value,
    flat,
    is_text,
    spans_of,
    wrong_type,
)
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
    combos: tuple[Combo, ...]
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
    pieces: list[Callable[[], Any]] = [
        lambda: number_persons(spells, "spells", "person", persons),
        lambda: number_combos(spells),
        lambda: spans_of(spells, "spells", "person"),
    ]
    workers = Threads(threads).for_rows(len(column_of(spells, "spells", "person")))
    who, (combo, combos), (start, end) = workers.each(lambda piece: piece(), pieces)
    facts = group_events(len(birth), who, combo, start, end, workers)
    parent = number_persons(relations, "relations", "parent", persons)
    child = number_persons(relations, "relations", "child", persons)
    related = Related(parent, child, *spans_of(relations, "relations", "parent"))
    return Columns(persons, birth, facts, combos, related)


def _people(people: Any) -> tuple[Any, Int32s]:
    keys = flat(column_of(people, "people", "person"))
    if keys.null_count:
        raise empty_value("people", "person")
    if not (pa.types.is_integer(keys.type) or is_text(keys.type)):
        raise wrong_type("people", "person", keys.type)
    order = pc.sort_indices(keys)
    keys = keys.take(order)
    if len(keys) > 1 and (twice := pc.equal(keys[1:], keys[:-1])).true_count:
        raise RefusedError(person_twice(keys[pc.index(twice, True).as_py()].as_py()))
    birth = days_of(people, "people", "birth_date").take(order)
    return keys, as_int32(birth.fill_null(NOT_KNOWN))
