"""The rules as files: they fit the schema, each rests on a ground that is listed, and what goes wrong denies."""

import json
import re

import cedarpy
import pytest

from helhed.sharing.policy import decide, rules
from helhed.sharing.policy.deciding import _entities
from helhed.sharing.policy.engine import RulesError, make_rules
from helhed.sharing.policy.grounds import grounds
from policy.asked import consent, question

BOOK = rules()


def test_every_rule_fits_the_schema():
    assert cedarpy.validate_policies(BOOK.text, BOOK.schema).validation_passed


def test_a_misspelt_attribute_is_refused():
    with pytest.raises(RulesError, match="embargoedd"):
        make_rules(BOOK.text.replace("resource.embargoed ", "resource.embargoedd ", 1), BOOK.schema_text)


@pytest.mark.parametrize(
    ("old", "new"), [('@id("tilsyn")', ""), ('@ground("tilsyn")', ""), ('@id("tilsyn")', '@id("fuldmagt")')]
)
def test_a_rule_without_a_name_of_its_own_or_a_ground_is_refused(old, new):
    with pytest.raises(RulesError):
        make_rules(BOOK.text.replace(old, new, 1), BOOK.schema_text)


def test_every_ground_of_a_rule_is_listed_and_the_other_way_round():
    assert set(BOOK.grounds.values()) == set(grounds())


def test_every_ground_says_where_it_stands_and_nobody_has_checked_it_unseen():
    for ground in grounds().values():
        assert ground.label_da and ground.label_en and ground.law and ground.source
        assert ground.reference_da and ground.reference_en
        assert bool(ground.checked_by) == bool(ground.checked_on) == ground.checked


def test_what_a_ground_says_in_words_it_says_in_the_reader_s_language():
    for ground in grounds().values():
        danish, english = (
            set(re.findall("[a-zæøå]{4,}", text)) for text in (ground.reference_da, ground.reference_en)
        )
        assert danish & english <= {"forvaltningsloven"}, ground.key


FAILS = "permit (principal, action, resource);\nforbid (principal, action, resource) when { context.consent.from == 0 };"


def bare(text):
    """Rules that the schema is not asked about before they are used."""
    grounds_of = {"a": "x", "b": "x"}
    policies = cedarpy.PolicySet.from_str(text)
    return type(BOOK)(text, BOOK.schema_text, "", policies, BOOK.schema, grounds_of)


def test_a_prohibition_that_fails_denies():
    """Cedar itself lets the permit stand; helhed does not."""
    text = f'@id("a") {FAILS.split(chr(10))[0]}\n@id("b") {FAILS.split(chr(10))[1]}'
    book = bare(text)
    request = {
        "principal": 'User::"bente"',
        "action": 'Action::"read"',
        "resource": f'Person::"{question().citizen.key}"',
        "context": _context(),
    }
    raw = cedarpy.is_authorized(request, book.policies, json.dumps(list(_entities(question()))))
    assert raw.allowed and raw.diagnostics.errors
    assert not book.ask(list(_entities(question())), [request])[0].allowed


def _context():
    return {
        "purpose": "sagsbehandling",
        "category": "benefit",
        "side": "bif",
        "source": {"__entity": {"type": "Unit", "id": "bif"}},
        "across": False,
        "sensitivity": 1,
        "today": 0,
        "now": 0,
        "paused": False,
    }


@pytest.mark.parametrize("spoil", ["attribute missing", "attribute of another kind", "context missing"])
def test_what_the_schema_does_not_know_denies(spoil):
    entities = list(_entities(question()))
    context = _context()
    for entity in entities:
        if entity["uid"]["type"] == "Person" and spoil == "attribute missing":
            del entity["attrs"]["vip"]
        if entity["uid"]["type"] == "Person" and spoil == "attribute of another kind":
            entity["attrs"]["vip"] = "no"
    if spoil == "context missing":
        del context["purpose"]
    request = {
        "principal": 'User::"bente"',
        "action": 'Action::"read"',
        "resource": f'Person::"{question().citizen.key}"',
        "context": context,
    }
    sound = BOOK.ask(list(_entities(question())), [{**request, "context": _context()}])[0]
    assert sound.allowed and not BOOK.ask(entities, [request])[0].allowed


def test_every_permit_is_needed(monkeypatch):
    """Without a permit of its own something that is open closes: no rule is there for show."""
    kept = decide(question(consent()))
    text = BOOK.text.replace(
        'permit (principal, action in [Action::"read", Action::"exists"], resource)',
        "forbid (principal, action, resource)",
    )
    assert (
        kept.allowed and not decide(question(consent()), by_rules=make_rules(text, BOOK.schema_text)).allowed
    )
