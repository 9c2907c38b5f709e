"""The hatch on the delivered city: the one who may, the colleague, and the one who must see nothing."""

from datetime import date
from uuid import uuid4

import pytest

from helhed.audit.models import Event
from helhed.sharing import hatch, log
from helhed.sharing.answers import NoAccess

TODAY = date(2026, 11, 20)
CONSENTED, NOT_CONSENTED, NEAR_MISS, PARENT, PROTECTED = range(5)


def look(city, username, who, purpose="sagsbehandling"):
    return hatch.look(
        person=city.people[who], by=city.user(username), purpose=purpose, on=TODAY, language="da"
    )


def lanes(view, side):
    return [lane for lane in view.lanes if lane.side == side]


def test_with_consent_both_sides_are_open(city):
    view = look(city, "bif", CONSENTED)
    assert all(lane.open for lane in view.lanes)
    assert {bar.key for bar in view.groups} >= {"5A", "8A"}
    assert [h.key for h in view.holdings] == [
        "forvaltningsansvar",
        "sagsbehandleransvar",
        "beskaeftigelsesindsats",
        "ydelsesansvar",
    ]


@pytest.mark.parametrize(("username", "own", "other"), [("bif", "bif", "sof"), ("sof", "sof", "bif")])
def test_without_consent_the_other_side_is_closed_and_says_nothing(city, username, own, other):
    view = look(city, username, NOT_CONSENTED)
    assert all(lane.open for lane in lanes(view, own)) and any(lane.spells for lane in lanes(view, own))
    closed = lanes(view, other)
    assert closed and all(not lane.open and lane.reason and not lane.spells for lane in closed)
    assert not any(lane.exists for lane in closed) and not view.groups


def test_a_fact_carries_its_source_and_since_when_it_is_known(city):
    spell = next(s for lane in look(city, "bif", CONSENTED).lanes for s in lane.spells)
    assert spell.source and spell.known_since.year == 2026


def test_each_look_is_one_line_the_citizen_can_read(city):
    before = Event.objects.filter(person_key=city.people[CONSENTED]).count()
    view = look(city, "bif", CONSENTED)
    lines = log.who_looked(by=city.user("citizen"), language="da").lines
    assert Event.objects.filter(person_key=city.people[CONSENTED]).count() == before + 1
    assert lines[0].purpose == "For at behandle din sag" and lines[0].allowed and view.event
    assert "Bif Sagsbehandler" not in str(lines[0])


@pytest.mark.parametrize("username", ["analyst", "steward", "citizen"])
def test_who_has_no_business_with_persons_gets_nothing_and_leaves_a_line(city, username):
    with pytest.raises(NoAccess) as refusal:
        look(city, username, CONSENTED)
    line = Event.objects.filter(person_key=city.people[CONSENTED]).latest("pk")
    assert line.outcome == "denied" and line.actor == username and refusal.value.reason


def test_a_purpose_that_is_none_opens_nothing(city):
    with pytest.raises(NoAccess):
        look(city, "bif", CONSENTED, purpose="nysgerrighed")


def test_nobody_is_told_of_a_person_who_is_not_there(city):
    with pytest.raises(NoAccess) as refusal:
        hatch.look(person=uuid4(), by=city.user("bif"), purpose="sagsbehandling", on=TODAY, language="da")
    assert not refusal.value.exists


def test_the_citizen_sees_everything_of_the_own(city):
    view = hatch.own(by=city.user("citizen"), on=TODAY, language="da")
    assert all(lane.open for lane in view.lanes) and view.key == city.people[CONSENTED]


def test_a_citizen_is_found_by_number_and_by_name(city):
    citizen = city.written.citizens[CONSENTED]
    for text in (citizen.number, f"{citizen.number[:6]}-{citizen.number[6:]}", citizen.name):
        found = hatch.find(text=text, by=city.user("bif"), purpose="sagsbehandling", language="da")
        assert city.people[CONSENTED] in [hit.key for hit in found]


def test_a_search_answers_only_citizens_of_the_own_administration(city):
    """Everyone found has an open case with the searcher; each hit is a line."""
    user = city.user("sof")
    found = hatch.find(text="Hansen", by=user, purpose="sagsbehandling", language="da")
    assert 0 < len(found) <= 50
    for hit in found[:10]:
        hatch.look(person=hit.key, by=user, purpose="sagsbehandling", on=date.today(), language="da")
    hits = Event.objects.filter(actor="sof", action="find-hit")
    assert {hit.key for hit in found} <= set(hits.values_list("person_key", flat=True))


def test_protection_of_the_address_is_shown(city):
    assert look(city, "bif", PROTECTED).protected
