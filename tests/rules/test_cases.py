"""The published cases of the criteria language, run on both engines."""

import pyarrow as pa
import pytest

from helhed.periods import day_of
from helhed.rules import many, one
from rules.drawn import COLUMNS, DATES, all_cases

CASES = all_cases()


def by_one(case):
    world = one.World(
        [one.Person(**row) for row in case["people"]],
        [one.Fact(**row) for row in case["spells"]],
        [one.Relation(**row) for row in case["relations"]],
    )
    return [
        (key, person, *spell)
        for key in sorted(case["groups"])
        for person in sorted(world.birth)
        for spell in one.spells(world, person, key, case["groups"], case["vocabulary"], case["window"])
    ]


def by_many(case):
    tables = [
        pa.table(
            {
                column: pa.array(
                    [row[column] for row in case[name]], pa.int32() if column in DATES else pa.string()
                )
                for column in columns
            }
        )
        for name, columns in COLUMNS.items()
    ]
    found = many.evaluate(*tables, case["groups"], case["vocabulary"], case["window"])
    return [
        (
            *(row[name] for name in ("group", "person", "value")),
            day_of(row["start"]),
            row["end"] and day_of(row["end"]),
        )
        for row in found.to_pylist()
    ]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[title for title, _ in CASES])
def test_case(case):
    assert by_one(case) == case["expect"]
    assert by_many(case) == case["expect"]
