"""The facts of one person and of the relatives who matter, as a world the plain engine can explain."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helhed.commands.exchange.facts import Facts
from helhed.commands.exchange.families import within_steps
from helhed.periods import OPEN
from helhed.rules.errors import Message, RefusedError
from helhed.rules.one import Fact, Person, Relation, World

NAMED = ("person", "kind", "code", "unit", "start", "end")


def world_around(facts: Facts, key: str, steps: int) -> World:
    """The person of that key and everyone at most so many relations away. RefusedError if there is no such person.

    The further columns of the spells' file are each fact's `origin`, as plain values by name.
    """
    number = pc.index(facts.persons, key).as_py()
    if number < 0:
        raise RefusedError(
            Message(
                f"Person {key} findes ikke i people. Ret nøglen efter --person, eller tilføj personen.",
                f"Person {key} is not in people. Correct the key after --person, or add the person.",
            )
        )
    parent, child = facts.relations["parent"], facts.relations["child"]
    near = within_steps(len(facts.birth), parent, child, number, steps)
    keys = {at: facts.persons[at].as_py() for at in np.flatnonzero(near).tolist()}
    people = [Person(keys[at], _day(facts.birth[at])) for at in keys]
    related = np.flatnonzero(near[parent] & near[child]).tolist()
    return World(people, _facts(facts, near, keys), [_relation(facts, row, keys) for row in related])


def _facts(facts: Facts, near: Any, keys: dict[int, str]) -> list[Fact]:
    rows = np.flatnonzero(near[facts.spells["person"]])
    as_read = facts.more.take(pa.array(rows)).to_pylist()
    return [
        Fact(
            keys[int(facts.spells["person"][row])],
            *(_word(facts, name, row) for name in ("kind", "code", "unit")),
            int(facts.spells["start"][row]),
            _day(facts.spells["end"][row]),
            {name: _plain(value) for name, value in read.items() if name not in NAMED},
        )
        for row, read in zip(rows.tolist(), as_read, strict=True)
    ]


def _relation(facts: Facts, row: int, keys: dict[int, str]) -> Relation:
    parent, child, start, end = (facts.relations[name][row] for name in ("parent", "child", "start", "end"))
    return Relation(keys[int(parent)], keys[int(child)], int(start), _day(end))


def _word(facts: Facts, name: str, row: int) -> str | None:
    number = int(facts.spells[name][row])
    return None if number < 0 else facts.words[name][number].as_py()


def _day(day: Any) -> int | None:
    return None if day == OPEN else int(day)


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
