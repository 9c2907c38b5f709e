"""One truth: the plain engine, the fast engine and the day-by-day text give the same spells, for any input."""

from random import Random

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.cases import LAST, Dice
from engines.daily import Daily
from helhed.periods import day_of
from helhed.rules import many, one

SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


def by_day(case):
    daily = Daily(
        {person.person: person.birth_date for person in case.people},
        case.spells,
        case.relations,
        case.groups,
        case.vocabulary,
        LAST,
    )
    return {
        (key, person.person): daily.spells(person.person, key, case.window.start, case.window.end)
        for key in case.groups
        for person in case.people
    }


def by_one(case):
    world = one.World(case.people, case.spells, case.relations)
    return {
        (key, person.person): [
            tuple(spell)
            for spell in one.spells(world, person.person, key, case.groups, case.vocabulary, case.window)
        ]
        for key in case.groups
        for person in case.people
    }


def by_many(case):
    found = {(key, person.person): [] for key in case.groups for person in case.people}
    for row in many.evaluate(*tables(case), case.groups, case.vocabulary, case.window).to_pylist():
        end = None if row["end"] is None else day_of(row["end"])
        found[row["group"], row["person"]].append((row["value"], day_of(row["start"]), end))
    return found


def tables(case):
    """A case as the Arrow tables the fast engine takes."""
    days, text = pa.int32(), pa.string()
    people = {"person": text, "birth_date": days}
    spells = {"person": text, "kind": text, "code": text, "unit": text, "start": days, "end": days}
    relations = {"parent": text, "child": text, "start": days, "end": days}
    return tuple(
        pa.table(
            {name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in columns.items()}
        )
        for rows, columns in ((case.people, people), (case.spells, spells), (case.relations, relations))
    )


def agree(case):
    expected = by_day(case)
    assert by_one(case) == expected
    assert by_many(case) == expected


@settings(max_examples=300, **SETTINGS)
@given(st.randoms(use_true_random=False))
def test_the_engines_agree_with_the_text(random):
    """Few cases, but a failure is shrunk to its smallest form."""
    agree(Dice(random).case())


@pytest.mark.parametrize("portion", range(10))
def test_the_engines_agree_with_the_text_on_thousands_of_cases(portion):
    for seed in range(portion * 500, (portion + 1) * 500):
        agree(Dice(Random(seed)).case())


@pytest.mark.slow
@pytest.mark.parametrize("portion", range(10, 210))
def test_the_engines_agree_with_the_text_on_many_more(portion):
    for seed in range(portion * 500, (portion + 1) * 500):
        agree(Dice(Random(seed)).case())
