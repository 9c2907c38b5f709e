"""What the fast engine takes in: every way a column may come, and every one that is refused."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from helhed.periods import OPEN
from helhed.rules.errors import RefusedError
from helhed.rules.many import numbering, read_columns
from helhed.rules.many.events import day_of_event, set_of_event

PEOPLE = {"person": [2, 1], "birth_date": [date(1970, 1, 11), None]}
SPELLS = {
    "person": [1, 2, 1],
    "kind": ["benefit", "benefit", "service"],
    "code": ["a", "a", "b"],
    "unit": [None, "u", None],
    "start": [date(1970, 1, 2), date(1970, 1, 3), date(1970, 1, 4)],
    "end": [date(1970, 1, 5), None, None],
}
RELATIONS = {"parent": [1], "child": [2], "start": [date(1970, 1, 2)], "end": [None]}


def read(people=None, spells=None, relations=None):
    def table(columns, changes):
        return pa.table(
            {name: column for name, column in {**columns, **(changes or {})}.items() if column is not None}
        )

    return read_columns(table(PEOPLE, people), table(SPELLS, spells), table(RELATIONS, relations))


def rows(columns):
    """Per person the events: kind, code, unit, the day, and whether it is a start."""
    facts = columns.facts
    return [
        [
            (*columns.combos[set_of_event(event)], day_of_event(event), event & 1)
            for event in facts.packed[first:last].tolist()
        ]
        for first, last in zip(facts.first[:-1], facts.first[1:], strict=True)
    ]


EXPECTED = [
    [("benefit", "a", None, 1, 1), ("service", "b", None, 3, 1), ("benefit", "a", None, 4, 0)],
    [("benefit", "a", "u", 2, 1)],
]


def test_persons_are_numbered_in_order_and_their_facts_kept_together():
    columns = read()
    assert columns.persons.to_pylist() == [1, 2] and columns.birth.tolist() == [OPEN, 10]
    assert rows(columns) == EXPECTED
    related = columns.related
    assert [related.parent.tolist(), related.child.tolist(), related.end.tolist()] == [[0], [1], [OPEN]]


@pytest.mark.parametrize(
    "spells",
    [
        {"start": pa.array([1, 2, 3], pa.int32()), "end": pa.array([4, None, None], pa.int32())},
        {"start": pa.array([1, 2, 3], pa.int64()), "end": pa.array([4, OPEN, OPEN], pa.int64())},
        {"start": pa.array(SPELLS["start"], pa.date64()), "end": pa.array(SPELLS["end"], pa.date64())},
        {name: pa.array(SPELLS[name]).dictionary_encode() for name in ("kind", "code", "unit")},
        {name: pa.array(SPELLS[name], pa.large_string()) for name in ("kind", "code", "unit")},
        {"person": pa.array([1, 2, 1], pa.int32())},
        {"person": pa.array([1, 2, 1]).dictionary_encode()},
        {name: pa.chunked_array([SPELLS[name][:1], SPELLS[name][1:]]) for name in ("person", "start", "kind")},
        {
            name: pa.chunked_array([pa.array(SPELLS[name][n : n + 1], pa.string()).dictionary_encode() for n in range(3)])
            for name in ("kind", "code", "unit")
        },
    ],
)  # fmt: skip
def test_a_column_may_come_in_several_ways(spells):
    assert rows(read(spells=spells)) == EXPECTED


def test_a_unit_column_of_nothing_but_nulls_is_no_unit():
    assert {combo[2] for combo in read(spells={"unit": pa.nulls(3)}).combos} == {None}


def test_persons_may_be_texts():
    columns = read(
        {"person": ["p2", "p1"]}, {"person": ["p1", "p2", "p1"]}, {"parent": ["p1"], "child": ["p2"]}
    )
    assert columns.persons.to_pylist() == ["p1", "p2"] and rows(columns) == EXPECTED


def test_no_facts_and_no_people_are_no_error():
    empty = {"person": pa.array([], pa.int64()), "birth_date": pa.array([], pa.date32())}
    nothing = {name: pa.array([], pa.array(column).type) for name, column in SPELLS.items()}
    alone = {name: pa.array([], pa.array(column).type) for name, column in RELATIONS.items()}
    assert read(empty, nothing, alone).size == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": {"person": [1, 1]}}, "Person 1 is in people twice"),
        ({"people": {"person": [1, None]}}, "The column person in people has an empty value"),
        ({"people": {"person": [1.0, 2.0]}}, "The column person in people is of type double"),
        ({"people": {"birth_date": None}}, "The column birth_date is missing in people"),
        ({"people": {"birth_date": ["1970", None]}}, "The column birth_date in people is of type string"),
        ({"spells": {"person": [1, 2, 3]}}, "Person 3 in spells is not in people"),
        ({"spells": {"person": [1, 2, None]}}, "The column person in spells has an empty value"),
        ({"spells": {"person": ["1", "2", "1"]}}, "The column person in spells is of type string"),
        ({"spells": {"kind": ["benefit", None, "x"]}}, "The column kind in spells has an empty value"),
        ({"spells": {"code": ["a", None, "x"]}}, "The column code in spells has an empty value"),
        ({"spells": {"code": [1, 2, 3]}}, "The column code in spells is of type"),
        (
            {"spells": {"start": [None, *SPELLS["start"][1:]]}},
            "The column start in spells has an empty value",
        ),
        (
            {"spells": {"start": [datetime(1970, 1, 2)] * 3}},
            "The column start in spells is of type timestamp",
        ),
        (
            {"spells": {"end": [date(1970, 1, 2), None, None]}},
            "A row in spells of person 1 does not end after",
        ),
        ({"spells": {"unit": None}}, "The column unit is missing in spells"),
        ({"relations": {"child": [7]}}, "Person 7 in relations is not in people"),
        ({"relations": {"end": [date(1970, 1, 1)]}}, "A row in relations of person 1 does not end after"),
        ({"relations": {"parent": None}}, "The column parent is missing in relations"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(changes, said):
    with pytest.raises(RefusedError, match=said) as refusal:
        read(**changes)
    assert refusal.value.message.da != refusal.value.message.en


def test_ever_so_many_combinations_and_keys_far_apart_are_numbered_all_the_same(monkeypatch):
    monkeypatch.setattr(numbering, "_ROOM", 0)
    people, spells = {"person": [2 * 10**12, 1]}, {"person": [1, 2 * 10**12, 1]}
    assert rows(read(people, spells, {"parent": [1], "child": [2 * 10**12]})) == EXPECTED
    with pytest.raises(RefusedError, match="Person 5 in spells is not in people"):
        read(people, {"person": [1, 5, 1]}, {"parent": [1], "child": [1]})


def test_text_keys_may_come_as_a_dictionary():
    keys = pa.array(["p1", "p2", "p1"]).dictionary_encode()
    related = {"parent": ["p1"], "child": ["p2"]}
    assert rows(read({"person": ["p2", "p1"]}, {"person": keys}, related)) == EXPECTED
    with pytest.raises(RefusedError, match="Person p2 in spells is not in people"):
        read({"person": ["p3", "p1"]}, {"person": keys}, {"parent": ["p1"], "child": ["p3"]})


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_several_threads_read_the_same(threads):
    tables = (pa.table(PEOPLE), pa.table(SPELLS), pa.table(RELATIONS))
    assert rows(read_columns(*tables, threads=threads)) == EXPECTED
