"""What only a population can show: many leaves, many states, many portions, and the shape of the result."""

from random import Random

import pyarrow as pa
import pytest

from engines.cases import KINDS, Case, Dice
from engines.evaluators import by_many, by_one, tables
from helhed.periods import Span
from helhed.rules import many
from helhed.rules.criteria import Age, AnyOf, AtLeast, Group, GroupRef, Leaf, Not, Version
from helhed.rules.errors import RefusedError
from helhed.rules.many import events, kernels, logic, numbering, portions, states
from helhed.rules.one import Fact, Person
from helhed.rules.vocabulary import Vocabulary
from rules.words import day, group_of


def crowd(dice, people, window):
    """One case with many people, by joining small ones."""
    cases = [dice.case() for _ in range(people)]
    named = {}
    for number, case in enumerate(cases):
        for kind in ("people", "spells", "relations"):
            named.setdefault(kind, []).extend(renamed(row, number) for row in getattr(case, kind))
    return Case(*(tuple(rows) for rows in named.values()), dice.groups(3), dice.vocabulary(), window)


def renamed(row, number):
    keys = [name for name in ("person", "parent", "child") if hasattr(row, name)]
    values = {name: getattr(row, name) for name in row.__slots__}
    return type(row)(**{**values, **{name: f"{number}-{values[name]}" for name in keys}})


WINDOW = Span(day("2023-06-01"), day("2025-01-01"))


@pytest.mark.parametrize("seed", range(3))
def test_more_leaves_than_a_word_has_bits(seed):
    dice = Dice(Random(seed))
    case = crowd(dice, 40, WINDOW)
    groups = {f"G{n:03}": group_of(f"G{n:03}", dice.leaf()) for n in range(150)}
    groups["ANY"] = group_of("ANY", AnyOf(tuple(GroupRef(key) for key in list(groups)[::3])))
    case = Case(case.people, case.spells, case.relations, groups, case.vocabulary, case.window)
    assert by_many(case) == by_one(case)


def test_a_table_of_states_is_made_larger_however_few_come_at_a_time(monkeypatch):
    case = crowd(Dice(Random(9)), 60, WINDOW)
    expected = by_one(case)
    monkeypatch.setattr(portions, "_PORTION", 1)
    monkeypatch.setattr(states, "_FIRST", 8)
    assert by_many(case) == expected


@pytest.mark.parametrize("buckets", [1, 2, 10, 1000])
def test_facts_dealt_into_small_buckets_give_the_same(buckets, monkeypatch):
    case = crowd(Dice(Random(6)), 60, WINDOW)
    expected = by_one(case)
    monkeypatch.setattr(events, "_BUCKET", 1 + len(case.spells) // (buckets + 1))
    assert by_many(case) == expected


def test_there_is_room_for_everything_that_ages_and_versions_can_change():
    """Persons without facts, and a window in which every age and every version begins and ends."""
    ages = [AnyOf((Age(2 * number, 2 * number + 1), Age(below=3))) for number in range(12)]
    groups = {
        f"G{number:02}": Group(
            f"G{number:02}", (Version(900 + 30 * number, age), Version(9000 + 30 * number, Not(age)))
        )
        for number, age in enumerate(ages)
    }
    people = tuple(Person(f"p{number}", birth) for number, birth in enumerate((None, 0, 17, 400)))
    case = Case(people, (), (), groups, Dice(Random(0)).vocabulary(), Span(-10, 20_000))
    assert by_many(case) == by_one(case)


def test_spells_that_have_no_room_at_first_are_written_after_all(monkeypatch):
    case = crowd(Dice(Random(7)), 90, WINDOW)
    expected = by_one(case)
    monkeypatch.setattr(portions, "_ROOM", 1)
    assert by_many(case) == expected


@pytest.mark.parametrize("leaves", range(60, 68))
def test_a_word_with_exactly_as_many_channels_as_bits(leaves):
    """Each of as many leaves is true, and one that no fact can feed is false."""
    codes = [f"c{number}" for number in range(leaves)]
    words = Vocabulary(frozenset({"k"}), {"k": frozenset(codes)})
    groups = {code: group_of(code, Leaf("k", (code,))) for code in codes}
    never = Leaf("k", ("not recorded",))
    groups["NEVER"] = group_of("NEVER", AtLeast(1, (never,)))
    groups["NONE"] = group_of("NONE", Not(never))
    facts = tuple(Fact("p", "k", code, None, 0) for code in codes)
    case = Case((Person("p", None),), facts, (), groups, words, Span(10, 20))
    found = by_many(case)
    assert found.pop(("NEVER", "p")) == []
    assert list(found.values()) == [[("true", 10, 20)]] * (leaves + 1)


@pytest.mark.parametrize("apart", [1, 3, 10**6, 10**12])
@pytest.mark.parametrize("lowest", [-40, 10**15, 2**63])
@pytest.mark.parametrize("kind", [pa.int64(), pa.uint64()])
def test_persons_may_be_whole_numbers_near_each_other_or_far_apart(lowest, apart, kind):
    case = crowd(Dice(Random(4)), 40, WINDOW)
    low = abs(lowest) if kind == pa.uint64() else min(lowest, 2**61)
    keys = {
        person.person: low + apart * number for number, person in enumerate(sorted(case.people, key=by_name))
    }
    numbered = [
        table.set_column(at, name, pa.array([keys[person] for person in table[name].to_pylist()], kind))
        for table, at, name in zip(tables(case), (0, 0, 0), ("person", "person", "parent"), strict=True)
    ]
    child = pa.array([keys[relation.child] for relation in case.relations], kind)
    numbered[2] = numbered[2].set_column(1, "child", child)
    found = many.evaluate(*numbered, case.groups, case.vocabulary, case.window).to_pylist()
    expected = many.evaluate(*tables(case), case.groups, case.vocabulary, case.window).to_pylist()
    assert found == [{**row, "person": keys[row["person"]]} for row in expected] and len(found) > 20


def by_name(person):
    return person.person


@pytest.mark.parametrize(("keys", "kind"), [([5, 6, 9], pa.int64()), ([5, 6, 2**63 + 9], pa.uint64())])
@pytest.mark.parametrize("asked", [4, 7, 10, 10**9])
def test_a_number_that_no_person_has_is_refused(asked, keys, kind):
    """Also one beside the first or the last of them; and numbers may be of another kind than the persons' own."""
    people = pa.table({"person": pa.array(keys, kind), "birth_date": pa.nulls(3, pa.date32())})
    spells, relations = tables(Dice(Random(0)).case())[1:]
    told = spells.slice(0, 2).set_column(0, "person", pa.array([6, asked], pa.int64()))
    with pytest.raises(RefusedError, match=f"Person {asked} in spells"):
        many.read_columns(people, told, relations.slice(0, 0))
    columns = many.read_columns(people, told.slice(0, 1), relations.slice(0, 0))
    assert columns.size == 3


@pytest.mark.parametrize("portion", [1, 7, 100])
def test_people_worked_on_in_portions_give_the_same(portion, monkeypatch):
    case = crowd(Dice(Random(5)), 60, WINDOW)
    expected = by_one(case)
    monkeypatch.setattr(portions, "_PORTION", portion)
    assert by_many(case) == expected


def test_a_person_with_very_many_facts():
    dice = Dice(Random(3))
    base = dice.case()
    facts = tuple(fact for _ in range(400) for fact in dice.case().spells if fact.person == "p0")
    case = Case(base.people, facts, base.relations, dice.groups(), base.vocabulary, WINDOW)
    assert len(facts) > 500 and by_many(case) == by_one(case)


def test_the_result_is_sorted_and_typed():
    case = crowd(Dice(Random(11)), 90, WINDOW)
    found = many.evaluate(*tables(case), case.groups, case.vocabulary, case.window)
    keys = [(row["group"], row["person"], row["start"]) for row in found.to_pylist()]
    assert keys == sorted(keys) and len(keys) > 30
    assert found.column_names == ["group", "person", "value", "start", "end"]
    assert found.schema.field("person").type == pa.string()
    assert found.schema.field("start").type == found.schema.field("end").type == pa.date32()
    assert set(found["value"].to_pylist()) <= {"true", "unknown"}


def test_persons_come_out_as_they_went_in():
    people = pa.table({"person": pa.array([10, 9], pa.int64()), "birth_date": pa.nulls(2, pa.date32())})
    spells = pa.table({name: pa.array([], pa.string()) for name in ("kind", "code", "unit")})
    none = pa.array([], pa.int64())
    for name, column in (("person", none), ("start", none), ("end", none)):
        spells = spells.append_column(name, column)
    relations = pa.table(dict.fromkeys(("parent", "child", "start", "end"), none))
    case = Dice(Random(0)).case()
    groups = {"G": group_of("G", Not(Leaf(KINDS[0])))}
    found = many.evaluate(people, spells, relations, groups, case.vocabulary, Span(0))
    assert found["person"].to_pylist() == [9, 10] and found["person"].type == pa.int64()
    assert found["end"].to_pylist() == [None, None]


@pytest.mark.parametrize("kind", [pa.null(), pa.string(), pa.int64()])
def test_an_empty_table_may_have_columns_of_any_type(kind):
    """A file without rows does not say of which type its persons are."""
    people = pa.table({"person": pa.array([1], pa.int64()), "birth_date": pa.nulls(1, pa.date32())})
    none = pa.array([], kind)
    spells = pa.table({"person": none, **dict.fromkeys(("kind", "code", "unit"), pa.array([], pa.string())),
                       **dict.fromkeys(("start", "end"), pa.array([], pa.date32()))})  # fmt: skip
    relations = pa.table({"parent": none, "child": none, "start": spells["start"], "end": spells["end"]})
    groups = {"G": group_of("G", Not(Leaf(KINDS[0])))}
    found = many.evaluate(people, spells, relations, groups, Dice(Random(0)).vocabulary(), Span(0))
    assert found["person"].to_pylist() == [1]


def test_no_groups_and_no_people_give_no_rows():
    case = Dice(Random(2)).case()
    nobody = Case((), (), (), case.groups, case.vocabulary, case.window)
    assert by_many(nobody) == {}
    assert many.evaluate(*tables(case), {}, case.vocabulary, case.window).num_rows == 0


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"A": group_of("A", GroupRef("B")), "B": group_of("B", Not(GroupRef("A")))}, "in a circle"),
        ({"A": group_of("A", GroupRef("AA"))}, 'Unknown group "AA". Did you mean "A"?'),
    ],
)
def test_broken_groups_are_refused(groups, said):
    case = Dice(Random(2)).case()
    with pytest.raises(RefusedError, match=said):
        many.evaluate(*tables(case), groups, case.vocabulary, case.window)


def test_facts_read_once_can_be_asked_several_times():
    case = crowd(Dice(Random(8)), 60, WINDOW)
    columns = many.read_columns(*tables(case))
    first = many.evaluate_columns(columns, case.groups, case.vocabulary, case.window)
    again = many.evaluate_columns(columns, case.groups, case.vocabulary, case.window)
    assert first.equals(again) and first.num_rows > 20


@pytest.mark.parametrize(
    "compiled",
    [
        events.count_buckets,
        events.deal,
        events.group_bucket,
        numbering.number_triples,
        kernels.find_intervals,
        kernels.write_spells,
        kernels.spread_rows,
        logic.decide,
        states.find_places,
        states.take_outcomes,
    ],
)
def test_each_loop_is_compiled_for_one_shape_of_columns_only(compiled):
    """Whatever the population, its types and its portions: a second compilation costs seconds."""
    for seed, people in ((1, 1), (2, 30)):
        by_many(crowd(Dice(Random(seed)), people, WINDOW))
    test_persons_come_out_as_they_went_in()
    assert len(compiled.signatures) == 1
