"""The facts of a few persons from the same tables that the fast engine takes for many."""

from datetime import date
from typing import Any

from helhed.periods import OPEN, day_of
from helhed.rules.facts import Fact, Person, Relation, World

_FACT = ("person", "kind", "code", "unit", "start", "end")
_DAYS = ("birth_date", "start", "end")


def world_from_tables(people: Any, spells: Any, relations: Any) -> World:
    """A world from pyarrow tables with the columns `many.evaluate` takes; days as dates or day numbers.

    Further columns of `spells` are kept with each fact as its `origin`, a dict. RefusedError as for a World.
    """
    return World(
        [Person(row["person"], row["birth_date"]) for row in _rows(people)],
        [
            Fact(
                **{name: row[name] for name in _FACT},
                origin={name: value for name, value in row.items() if name not in _FACT},
            )
            for row in _rows(spells)
        ],
        [Relation(row["parent"], row["child"], row["start"], row["end"]) for row in _rows(relations)],
    )


def _rows(table: Any) -> list[dict[str, Any]]:
    return [
        {name: _day(value) if name in _DAYS else value for name, value in row.items()}
        for row in table.to_pylist()
    ]


def _day(value: date | int | None) -> int | None:
    if isinstance(value, date):
        return day_of(value)
    return None if value == OPEN else value
