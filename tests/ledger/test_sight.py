"""The moment a part moves, the old unit has lost what it carried and the new one has it: pages, lists, searches."""

from uuid import uuid4

import pytest
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.sharing import hatch
from helhed.sharing.access import decisions, listing
from helhed.sharing.answers import NoAccess
from helhed.sharing.arrivals import settle
from helhed.sharing.ledger import actions
from ledger.made_up import OFFICE
from pages.world import BO, user

CENTRE = "sof/driftscenter-2"
MOVING = ("sagsbehandleransvar", "beskaeftigelsesindsats")


def look(username, person):
    return hatch.look(
        person=person, by=user(username), purpose="sagsbehandling", on=timezone.localdate(), language="da"
    )


def move(person, unit, beside=""):
    to = dict.fromkeys(MOVING, unit) | {"forvaltningsansvar": unit.split("/")[0]}
    more = {"beside": {"forvaltningsansvar": beside}} if beside else {}
    actions.move(by=SYSTEM, person=person, to=to, ground="omorganisering", ref=uuid4(), **more)


def listed(username):
    return {
        row.name for row in listing.cases(by=user(username), purpose="sagsbehandling", language="da").rows
    }


def lanes(username, person):
    return {lane.kind for lane in look(username, person).lanes if lane.open}


def test_what_opens_and_what_closes_when_it_moves(world):
    assert "Bo Berg" in listed("bente") and "Bo Berg" not in listed("kim")
    assert {"benefit", "employment_case"} <= lanes("bente", world.bo)
    with pytest.raises(NoAccess):
        look("kim", world.bo)
    move(world.bo, CENTRE, beside="bif")
    assert "Bo Berg" not in listed("bente") and "Bo Berg" in listed("kim")
    assert {"benefit", "employment_case"} <= lanes("kim", world.bo)
    with pytest.raises(NoAccess) as refused:
        look("bente", world.bo)
    assert refused.value.exists and "anden enhed" in refused.value.reason
    (found,) = hatch.find(text=BO, by=user("bente"), purpose="sagsbehandling", language="da")
    assert found.elsewhere and not found.name
    settle(by=SYSTEM)
    assert "Bo Berg" not in listed("bente") and "Bo Berg" in listed("kim")
    move(world.bo, OFFICE)
    assert "Bo Berg" in listed("bente") and "Bo Berg" not in listed("kim")
    with pytest.raises(NoAccess):
        look("kim", world.bo)


def test_the_benefit_stays_with_who_pays_it(world):
    assert lanes("yrsa", world.bo) == {"benefit"}
    move(world.bo, CENTRE)
    assert lanes("yrsa", world.bo) == {"benefit"}


def test_a_page_says_who_holds_what_beside_whom_and_who_works_with_it(world):
    before = {h.key: (h.unit_label, h.side) for h in look("bente", world.bo).holdings}
    assert before["sagsbehandleransvar"][1] == "bif" and len(before) == 4
    actions.take_on(by=SYSTEM, person=world.bo, part="sagsbehandleransvar", username="bente")
    assert [h.worker for h in look("bente", world.bo).holdings] == ["", "Bente Holm", "", ""]
    move(world.bo, CENTRE, beside="bif")
    held = {h.key: h for h in look("kim", world.bo).holdings}
    assert (held["sagsbehandleransvar"].side, held["sagsbehandleransvar"].worker) == ("sof", "")
    assert held["forvaltningsansvar"].beside and not held["sagsbehandleransvar"].beside
    assert held["ydelsesansvar"].side == "bif" and held["sagsbehandleransvar"].since == timezone.localdate()
    own = hatch.own(by=user("bo"), on=timezone.localdate(), language="da")
    assert {h.key: h.side for h in own.holdings} == {key: h.side for key, h in held.items()}


def test_a_day_before_there_was_a_ledger_is_told_by_the_law(world):
    move(world.bo, CENTRE)
    earlier = hatch.own(by=user("bo"), on=timezone.localdate() - timezone.timedelta(days=3), language="da")
    assert {h.key: h.side for h in earlier.holdings}["sagsbehandleransvar"] == "bif"
    assert not hatch.own(by=user("bo"), on=timezone.datetime(2024, 5, 1).date(), language="da").holdings


def test_an_offer_names_the_citizen_and_opens_nothing_else_until_it_is_closed(world):
    ref = uuid4()
    actions.offer(by=SYSTEM, person=world.bo, unit=CENTRE, ref=ref)
    view = look("kim", world.bo)
    assert view.name == "Bo Berg" and not any(lane.open for lane in view.lanes) and not view.holdings
    assert view.contact.hidden and "Bo Berg" not in listed("kim")
    actions.close_offer(by=SYSTEM, ref=ref)
    with pytest.raises(NoAccess):
        look("kim", world.bo)


def test_a_decision_that_rests_on_a_part_is_made_again_to_the_same_answer(world):
    move(world.bo, CENTRE)
    row, again = decisions.replayed(look("kim", world.bo).decision)
    assert row.verdicts == decisions.written(again)
    assert "ansvar" in {verdict[1] for verdict in row.verdicts.values()}
