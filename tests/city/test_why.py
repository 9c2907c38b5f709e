"""The explanation agrees with the population result: the same people, the same groups, the same days, two engines."""

from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

import pytest

from helhed.law import catalogue
from helhed.membership import questions as memberships
from helhed.periods import Span, date_of, day_of
from helhed.register import questions as register
from helhed.rules import many
from helhed.rules.one import explain_all, near_misses, world_from_tables
from helhed.sharing.policy import BIF, BOTH, SOF
from helhed.sharing.why import CLOSED
from helhed.sharing.why.explaining import Case
from helhed.sharing.why.sight import Sight, sides
from helhed.sharing.why.wording import value_word
from helhed.sharing.why.worlds import world_of

BOOK = catalogue()
GROUPS, VOCABULARY = BOOK.groups(), BOOK.vocabulary()
REPORT, TODAY = day_of(date(2022, 6, 1)), day_of(date(2026, 11, 20))
WINDOW = Span(day_of(date(2014, 1, 1)), day_of(date(2028, 1, 1)))
SAMPLE, OF_EACH = 400, 3


class Held(NamedTuple):
    """A spell of a person in a group."""

    group: str
    value: str
    start: int
    end: int | None


def counted(tables):
    """Everyone's spells by the fast engine, by person."""
    result = many.evaluate(*tables, GROUPS, VOCABULARY, WINDOW)
    columns = (result[name].to_pylist() for name in ("person", "group", "value", "start", "end"))
    held: dict[int, list[Held]] = {person: [] for person in tables[0]["person"].to_pylist()}
    for person, group, value, start, end in zip(*columns, strict=True):
        held[person].append(Held(group, value, day(start), None if end is None else day(end)))
    return held


@cache
def everyone():
    """The same for the delivered city, counted once for the tests of this file."""
    return counted(register.facts())


def day(value):
    return day_of(value) if isinstance(value, date) else value


def values_on(spells, on):
    """The value of each group on a day, false left out."""
    return {one.group: one.value for one in spells if one.start <= on and (one.end is None or on < one.end)}


def explained(world, person, on):
    """The same by the explanation."""
    reasons = explain_all(world, person, GROUPS, on, GROUPS, VOCABULARY)
    return {key: reason.value.word for key, reason in reasons.items() if reason.value}


def days_of(person):
    """The report's day, the demo's day, and one day of the person's own."""
    return REPORT, TODAY, Random(person).randrange(WINDOW.start, WINDOW.stop)


def sample_of(held, random):
    """People so that every group has members, and undecided ones where there are any; then anyone with a group, then anyone."""
    people = sorted(held)
    random.shuffle(people)
    chosen: dict[int, None] = {}
    wanted = {(group, value): OF_EACH for group in GROUPS for value in ("true", "unknown")}
    for person in people:
        for on in (REPORT, TODAY):
            for place in values_on(held[person], on).items():
                if wanted[place] > 0:
                    wanted[place] -= 1
                    chosen[person] = None
    chosen |= dict.fromkeys([person for person in people if held[person]][: SAMPLE // 2])
    return [*chosen, *(person for person in people if person not in chosen)][: max(SAMPLE, len(chosen))]


@pytest.fixture
def drawn(city):
    """The sample and what the fast engine says of everyone."""
    held = everyone()
    return sample_of(held, Random(3)), held


def test_the_explanation_agrees_with_the_population_result(drawn):
    people, held = drawn
    world = world_from_tables(*register.facts(register.families_of(people)))
    near: set[str] = set()
    met: set[tuple[str, str]] = set()
    for person in people:
        for on in days_of(person):
            found = explained(world, person, on)
            assert (person, date_of(on), found) == (person, date_of(on), values_on(held[person], on))
            met |= set(found.items())
        for key, reason in explain_all(world, person, GROUPS, TODAY, GROUPS, VOCABULARY).items():
            if any(len(way) == 1 for way in near_misses(reason, 1)):
                near.add(key)
    living = {key for key, entry in BOOK.target_groups.items() if entry.family != "historical"}
    assert {key for key, value in met if value == "true"} >= living <= near
    everywhere = {(one.group, one.value) for spells in held.values() for one in spells}
    assert {key for key, value in met if value == "unknown"} >= {
        key for key in living if (key, "unknown") in everywhere and key in _undecided(held)
    }


def _undecided(held):
    """The groups in which somebody is undecided on one of the two days."""
    return {
        key
        for spells in held.values()
        for on in (REPORT, TODAY)
        for key, value in values_on(spells, on).items()
        if value == "unknown"
    }


def test_what_is_told_agrees_with_what_is_stored(drawn):
    """Through the world of the doors, everything open: the value and the history, closed only where a parent decides."""
    people, _held = drawn
    sight = Sight(sides(BIF, SOF, BOTH), VOCABULARY)
    keys = register.keys_of(people[:150])
    closed = set()
    for person, key in keys.items():
        world = world_of(register.person_by_key(key), register.facts_of(person), sight)
        case = Case(world, person, list(GROUPS), GROUPS, sight)
        stored: dict[str, list[tuple[str, date, date | None]]] = {}
        for one in memberships.standings_of(person):
            stored.setdefault(one.key, []).append(("true" if one.certain else "unknown", one.start, one.end))
        for group, node in case.on(TODAY).items():
            history = [
                (value, date_of(start), None if end is None else date_of(end))
                for value, start, end in case.history(group)
            ]
            if any(value == CLOSED for value, _start, _end in history):
                closed.add(group)
                continue
            assert (group, history) == (group, stored.get(group, []))
            value = value_word(node)
            assert value == next(
                (
                    v
                    for v, start, end in history
                    if start <= date_of(TODAY) and (end is None or date_of(TODAY) < end)
                ),
                "false",
            )
    assert closed <= {"4A-BOERN", "8D-BOERN"}


@pytest.mark.slow
def test_the_explanation_agrees_on_every_citizen(city):
    """Sixty thousand people, every group, three days each."""
    held, world = everyone(), world_from_tables(*register.facts())
    assert len(held) > 50_000
    for person, spells in held.items():
        for on in days_of(person):
            assert (person, date_of(on), explained(world, person, on)) == (
                person,
                date_of(on),
                values_on(spells, on),
            )
