"""Evidence: who stands in a group, by the facts known at a moment and the text of the rule, and nothing else."""

import ast
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handover.world import FIVE, GKL, JON, ONE, benefit_resumes, benefit_stops, crowd
from helhed.law import catalogue
from helhed.membership import definitions
from helhed.register.models import Delivery, Source
from helhed.sharing import eligibility
from helhed.sharing.eligibility import OUT, evidence, hash_of, known_then, members, moved, replay, units_of
from helhed.sharing.rule_texts import read_rule, rule_of

GROUPS = ("5A", "4A", "4B", "8B", "FAELLES")


@pytest.mark.parametrize("group", GROUPS)
def test_it_says_what_the_counting_says(world, group):
    """The plain engine, from the rows alone, beside the fast one that counted: for everybody in the world."""
    everyone = [
        world.anna,
        world.bo,
        world.dorte,
        world.eva,
        world.finn,
        world.gry,
        world.jon,
        world.hans,
        world.ida,
    ]
    inside = set(members(group))
    found = evidence(everyone, group)
    assert {person for person, one in found.items() if one.verdict == "true"} == inside
    for person, one in found.items():
        assert replay(one.facts, one.rule_text, person, group, one.day) == one.verdict
        assert known_then(person, one.known_at, one.rule_text, one.day) == one.facts
        assert one.hash == hash_of(person, group, one.rules, one.facts, one.verdict)


def test_it_looks_at_what_the_rule_asks_for_and_no_more(world):
    """5A asks for the age, the benefit, the social case and services; 4A of relatives for the child's case alone."""
    [one] = evidence([world.eva], "5A").values()
    kinds = {row["kind"] for row in one.facts if row["row"] == "fact"}
    assert kinds == {"benefit", "social_case", "service"}, "not the employment case"
    [parent] = evidence([world.hans], "4A").values()
    of_the_child = [row for row in parent.facts if row["row"] == "fact" and row["person"] == str(world.liv)]
    assert [row["kind"] for row in of_the_child] == ["child_case"]
    assert str(world.ida) not in {row.get("person") for row in parent.facts}, (
        "the other parent is not asked about"
    )
    assert {row["born"] for row in parent.facts if row["row"] == "person"} == {None}, "nobody's age is"


def test_what_was_known_then_stays_known_then(world):
    [before] = evidence([world.jon], "5A").values()
    benefit_stops(world)
    [after] = evidence([world.jon], "5A").values()
    assert (before.verdict, after.verdict) == ("true", "false") and before.hash != after.hash
    assert known_then(world.jon, before.known_at, before.rule_text, before.day) == before.facts
    assert known_then(world.jon, after.known_at, after.rule_text, after.day) == after.facts


def test_the_same_facts_have_the_same_hash_later_too(world):
    today = timezone.localdate()
    one, other = (evidence([world.eva], "5A", day)[world.eva] for day in (today, today - timedelta(days=1)))
    assert one.day != other.day and one.hash == other.hash


def test_facts_not_known_yet_are_not_looked_at(world):
    """While a delivery is taken in, its facts are of a moment that is not over: evidence is as of before it began."""
    source = Source.objects.get(key="bif-fagsystem")
    running = Delivery.objects.create(source=source, status="running", by="system")
    [one] = evidence([world.eva], "5A").values()
    assert one.known_at < running.created
    running.status, running.received_at = "received", timezone.now()
    running.save(update_fields=["status", "received_at"])
    [later] = evidence([world.eva], "5A").values()
    assert later.known_at > running.created and later.hash == one.hash


def test_the_text_of_a_rule_stands_alone(world, monkeypatch):
    """Read back it gives the same groups and words, without a look into the book of the day."""
    rule = rule_of("4B")
    monkeypatch.setattr(definitions, "book", None)
    read_rule.cache_clear()
    again = read_rule(rule.text)
    assert again.hash == rule.hash and again.groups == rule.groups
    assert (again.own, again.kin, again.steps) == (rule.own, rule.kin, rule.steps)


@pytest.mark.parametrize(
    "key", [key for key, entry in catalogue().target_groups.items() if entry.family == "model"]
)
def test_every_model_can_be_written_and_read_back(world, key):
    book = definitions.book()
    rule = rule_of(key)
    assert rule.groups[key] == book.groups()[key]
    assert set(rule.groups) >= set(book.groups()[key].refers_to)


@pytest.mark.parametrize("text", ["", "- key: X", "- {key: X}\n# words\n{}", "x\n# words\nno json"])
def test_a_text_that_is_no_rule_is_refused(text):
    with pytest.raises((ValueError, KeyError)):
        read_rule(text)


def test_who_moved_is_told_by_key(world):
    benefit_stops(world)
    last = eligibility.countings()[-1]
    [one] = moved(last, ["5A"])
    assert (one.person_key, one.group, one.what, one.on) == (world.jon, "5A", OUT, timezone.localdate())
    assert moved(last, ["8B"]) == []
    benefit_resumes(world, JON)
    assert [each.what for each in moved(eligibility.countings()[-1], ["5A"])] == ["in"]


def test_units_are_those_of_the_open_cases(world):
    found = units_of([world.eva, world.hans, world.bo, world.dorte])
    assert found == {
        world.eva: (GKL, ONE),
        world.hans: (GKL, ""),
        world.bo: (GKL, ""),
        world.dorte: ("", ONE),
    }
    assert FIVE not in {unit for pair in found.values() for unit in pair}, "the child's case is the child's"


def test_who_is_not_in_the_register_is_left_out(world):
    nobody = type(world.eva)(int=0)
    assert evidence([nobody], "5A") == {} and units_of([nobody]) == {}
    assert known_then(nobody, timezone.now(), rule_of("5A").text, timezone.localdate()) == ()


def test_many_cost_no_more_queries_than_one(world, tmp_path):
    many = crowd(tmp_path, 30)
    with CaptureQueriesContext(connection) as one:
        evidence(many[:1], "4A")
    with CaptureQueriesContext(connection) as all_of_them:
        found = evidence(many, "4A")
    assert len(found) == 30 and len(all_of_them) == len(one)


def test_nothing_of_it_is_a_float_or_an_object(world):
    """The rows are plain values: what is kept as JSON and read again is the same."""
    [one] = evidence([world.hans], "4A").values()
    assert ast.literal_eval(repr(list(one.facts))) == list(one.facts)
