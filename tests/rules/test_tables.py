from datetime import date

import pyarrow as pa
import pytest

from helhed.periods import OPEN
from helhed.rules.errors import RefusedError
from helhed.rules.one import Fact, Relation, world_from_tables

PEOPLE = pa.table({"person": [1, 2], "birth_date": pa.array([date(1970, 1, 11), None])})
RELATIONS = pa.table({"parent": [1], "child": [2], "start": [3], "end": pa.array([OPEN], pa.int32())})


def spells(**changes):
    columns = {
        "person": [1, 1],
        "kind": pa.array(["benefit", "benefit"]).dictionary_encode(),
        "code": ["a", "b"],
        "unit": [None, "u"],
        "start": [date(1970, 1, 2), date(1970, 1, 3)],
        "end": pa.array([None, date(1970, 1, 5)]),
        "source": ["bif", "sof"],
    }
    return pa.table({**columns, **changes})


def test_a_world_is_read_from_the_tables_of_the_fast_engine():
    world = world_from_tables(PEOPLE, spells(), RELATIONS)
    assert world.birth == {1: 10, 2: None}
    facts = world.spells_of(1)
    assert facts == [Fact(1, "benefit", "a", None, 1), Fact(1, "benefit", "b", "u", 2, 4)]
    assert [fact.origin for fact in facts] == [{"source": "bif"}, {"source": "sof"}]
    assert world.children_of(1) == world.parents_of(2) == [Relation(1, 2, 3)]


def test_a_world_from_tables_is_checked():
    with pytest.raises(RefusedError, match="Person 3 in spells is not in people"):
        world_from_tables(PEOPLE, spells(person=[1, 3]), RELATIONS)
