"""How spells are made: sorted, joined, numbered, and read again by day."""

import random
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.periods import OPEN
from helhed.rules.spells import exits_of, from_columns, from_table, pick, values_on
from rules.spells.calendars import Calendar, calendars, drawn


@settings(max_examples=300)
@given(calendars(), st.randoms(use_true_random=False))
def test_rows_come_sorted_maximal_and_without_false(world: Calendar, order: random.Random):
    spells = world.spells(order=order)
    rows = list(zip(spells.group, spells.person, spells.start, spells.end, spells.value, strict=True))
    assert rows == sorted(rows)
    for one, other in zip(rows, rows[1:], strict=False):
        if one[:2] == other[:2]:
            assert one[3] < other[2] or (one[3] == other[2] and one[4] != other[4])
    assert set(spells.value.tolist()) <= {1, 2}


@settings(max_examples=300)
@given(calendars())
def test_every_day_reads_back(world: Calendar):
    days = range(world.first - 2, world.last + 3)
    asked = [(group, person, day) for group in world.groups for person in world.people for day in days]
    found = values_on(world.spells(), *np.array(asked).T)
    assert found.tolist() == [world.on(*one) for one in asked]


@settings(max_examples=300)
@given(calendars())
def test_an_exit_is_the_first_certainly_false_day_after_certain_ones(world: Calendar):
    spells = world.spells()
    for row, gone in enumerate(exits_of(spells).tolist()):
        if spells.value[row] != 2:
            continue
        day = int(spells.end[row])
        while day <= world.last and world.on(spells.group[row], spells.person[row], day) == 1:
            day += 1
        later = world.on(spells.group[row], spells.person[row], day)
        # the last value holds on for ever: unknown there never ends, true is no exit
        assert gone == (day if later == 0 and day < OPEN else OPEN)


def test_some_groups_are_picked_in_the_order_named():
    world = drawn(["#-", "--"], ["?#", "##"], ["--", "-#"])
    spells = pick(world.spells(), [2, 0])
    assert spells.keys == ("G2", "G0")
    assert values_on(spells, [0, 0, 1, 1], [0, 1, 0, 1], [101] * 4).tolist() == [0, 2, 0, 0]
    assert values_on(spells, [1], [0], [100]).tolist() == [2]


def test_nothing_is_picked_of_nothing():
    assert pick(drawn(["#"]).spells(), []).keys == ()


def table(**changes):
    columns = {
        "group": pa.array(["B", "A", "A"]).dictionary_encode(),
        "person": pa.array([7, 9, 7]),
        "value": pa.array(["true", "unknown", "true"]).dictionary_encode(),
        "start": pa.array([date(1970, 1, 3), date(1970, 1, 2), date(1970, 1, 1)]),
        "end": pa.array([None, date(1970, 1, 4), date(1970, 1, 3)]),
    }
    return pa.table(columns | changes)


def test_a_table_is_read_with_the_groups_of_its_dictionary_and_persons_in_order():
    spells = from_table(table())
    assert (spells.keys, spells.people) == (("B", "A"), 2)
    rows = [column.tolist() for column in spells[1:6]]
    assert rows == [[0, 1, 1], [0, 0, 1], [2, 2, 1], [2, 0, 1], [OPEN, 2, 3]]


def test_persons_given_number_everyone():
    spells = from_table(table(), pa.array([5, 7, 8, 9]))
    assert (spells.people, spells.person.tolist()) == (4, [1, 1, 3])


def test_plain_texts_and_chunks_are_read_too():
    plain = table(group=pa.array(["B", "A", "A"]), value=pa.array(["true", "unknown", "true"]))
    chunked = pa.concat_tables([plain.slice(0, 1), plain.slice(1)])
    assert from_table(chunked).keys == ("A", "B")
    chunked = pa.concat_tables([table().slice(0, 1), table().slice(1)])
    assert from_table(chunked).person.tolist() == [0, 0, 1]


def test_a_person_not_among_those_given_is_refused():
    with pytest.raises(ValueError, match="not among the persons"):
        from_table(table(), pa.array([7]))


def test_an_empty_table_has_no_spells():
    spells = from_table(table().slice(0, 0), pa.array([1, 2]))
    assert (len(spells.start), spells.people) == (0, 2)


def test_false_rows_are_left_out():
    assert from_columns(["A"], [0, 0], [0, 0], [0, 2], [1, 5], [5, 6], people=1).start.tolist() == [5]
