"""Lists and single decisions show the same: row-level security = the rules, for generated worlds, actors, purposes and
moments. And a rule that is changed on one side only is found out."""

import pytest

from access.comparing import compare
from conftest import TEST_DATABASE, _owner_connection
from helhed.sharing.access.models import Case
from helhed.sharing.policy import deciding, engine

ORDINARY, SLOW = 5_000, 100_000
WORLDS = 60
RARE = {"the embargo", "the mandate's scope", "the moment"}
SIGHT = "SELECT pg_get_functiondef('access_may_see(uuid,text,text,text)'::regprocedure)"
EVERY_CASE = """
CREATE FUNCTION every_case_for_tests() RETURNS SETOF access_case LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS 'SELECT * FROM access_case'
"""


@pytest.fixture(scope="module")
def owner(django_db_setup):
    """The owner of the tables, on a connection of its own, with a way for the tests to see every case there is."""
    with _owner_connection(TEST_DATABASE) as connection:
        connection.execute(EVERY_CASE)
        yield connection
        connection.execute("DROP FUNCTION every_case_for_tests()")


@pytest.fixture
def altered(owner):
    """Change the database's sight for one test."""
    whole = owner.execute(SIGHT).fetchone()[0]

    def alter(old: str, new: str) -> None:
        assert old in whole
        owner.execute(whole.replace(old, new))

    yield alter
    owner.execute(whole)


def run(least, first):
    compared, seed = 0, first
    while compared < least:
        more, differ = compare(seed, paused=seed % 7 == 0)
        assert not differ, (seed, differ[:3])
        compared, seed = compared + more, seed + 1
    return compared


def test_lists_show_what_the_rules_open(owner, db):
    assert run(ORDINARY, 1) >= ORDINARY


@pytest.mark.slow
def test_lists_show_what_the_rules_open_in_many_worlds(owner, db):
    assert run(SLOW, 10_000) >= SLOW


RULES = {
    "the clearance": ("context.sensitivity > principal.clearance", "context.sensitivity > 3"),
    "the shield": ("resource.vip && !principal.vip", "resource.vip && !resource.vip"),
    "the embargo": ("resource.embargoed", "(resource.embargoed && !resource.embargoed)"),
    "the appointment": ("context.today >= principal.appointed_to", "context.today < 0"),
    "the categories": ("context.consent.categories.contains(context.category) &&", ""),
    "the sources": ("context.source in context.consent.sources", "true"),
    "the recipients": ("principal in context.consent.recipients &&", ""),
    "the units above": (" || principal in resource.cases", ""),
    "the part's unit": ("principal in context.sagsbehandleransvar.units", "true"),
    "the part's purpose": (
        "context has sagsbehandleransvar && context.sagsbehandleransvar.person == resource &&",
        "context has sagsbehandleransvar && context.sagsbehandleransvar.person != resource &&",
    ),
    "the mandate's scope": ('context.mandate.scope.contains("see") &&', ""),
}


def rare(names):
    """Parameters; those that take many worlds to be met are for the long run."""
    return [pytest.param(name, marks=pytest.mark.slow) if name in RARE else name for name in names]


@pytest.mark.parametrize("rule", rare(RULES))
def test_a_rule_that_is_changed_is_found_out(owner, db, monkeypatch, rule):
    """Each rule, taken out of permits and limits both, makes the rules open what the database does not show."""
    book, (old, new) = engine.rules(), RULES[rule]
    text = book.text.replace(old, new)
    if rule == "the appointment":
        text = text.replace("&& context.today < principal.appointed_to }", "}")
    assert text != book.text
    altered = engine.make_rules(text, book.schema_text)
    monkeypatch.setattr(deciding, "rules", lambda: altered)
    monkeypatch.setattr("helhed.sharing.policy.rules", lambda: altered)
    asked = ("repraesentation",) if rule == "the mandate's scope" else ("koordinering",)
    assert any(compare(seed, purposes=asked)[1] for seed in range(1, WORLDS))


SIGHTS = {
    "the pause": "coalesce(current_setting('helhed.paused', true), '') <> 'no'",
    "the embargo": "e.lifted_at IS NULL",
    "the clearance": "viewer.clearance <",
    "the moment": "g.valid_from <= moment",
    "the part": "h.until IS NULL",
    "the part without a case": "split_part(h.unit, '/', 1) <> 'bif'",
}


@pytest.mark.parametrize("part", rare(SIGHTS))
def test_a_sight_that_is_changed_is_found_out(altered, db, part):
    """The same on the database's side."""
    altered(SIGHTS[part], ALTERED[part])
    paused, asked = part == "the pause", ("koordinering",)
    assert any(compare(seed, paused=paused, purposes=asked)[1] for seed in range(1, WORLDS))


ALTERED = {
    "the pause": "false",
    "the embargo": "e.lifted_at IS NOT NULL",
    "the clearance": "-1 - viewer.clearance >",
    "the moment": "g.valid_from <= moment + interval '1 year'",
    "the part": "h.until IS NOT NULL",
    "the part without a case": "false",
}


def test_only_the_owner_writes_cases(db):
    assert not Case.objects.exists()
