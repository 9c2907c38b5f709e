"""The verbs of the ledger: opened where the law puts each part, moved as one, and told."""

from uuid import uuid4

import pytest
from django.db import connection

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.law import catalogue
from helhed.sharing.ledger import actions, standing
from helhed.sharing.ledger.models import PARTS, Holding
from helhed.sharing.refusal import Refused
from pages.world import user

CENTRE, OFFICE = "sof/driftscenter-1", "bif/jobcenter-koebenhavn/gammel-koege-landevej"
OVER = {"sagsbehandleransvar": CENTRE, "beskaeftigelsesindsats": CENTRE, "forvaltningsansvar": "sof"}


def over(person, **more):
    asked = {"to": OVER, "ground": "omorganisering", "ref": uuid4(), "beside": {"forvaltningsansvar": "bif"}}
    return actions.move(by=user("soeren"), person=person, **asked | more)


def whole():
    """What is checked when a transaction ends, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS holding_is_followed IMMEDIATE")


def test_the_ledger_opens_where_the_law_puts_each_part(world):
    held = standing.holders(world.anna)
    assert tuple(sorted(held, key=PARTS.index)) == PARTS == tuple(catalogue().responsibilities)
    assert {part: row.unit for part, row in held.items()} == {
        "forvaltningsansvar": "bif",
        "sagsbehandleransvar": OFFICE,
        "beskaeftigelsesindsats": OFFICE,
        "ydelsesansvar": "bif/ydelsesservice",
    }
    assert {row.ground for row in held.values()} == {"lov"}
    assert str(held["ydelsesansvar"].since.date()) == "2020-01-31"  # the first of February in Copenhagen
    assert not standing.holders(world.dorte)


def test_opening_twice_changes_nothing(world):
    before = set(Holding.objects.values_list("pk", flat=True))
    assert actions.open_from_cases(by=SYSTEM) == 0
    assert set(Holding.objects.values_list("pk", flat=True)) == before


def test_a_move_is_one_moment_and_leaves_what_stays(world):
    at = over(world.anna)
    whole()
    held = standing.holders(world.anna)
    assert {part: held[part].unit for part in OVER} == OVER and {held[part].since for part in OVER} == {at}
    assert held["forvaltningsansvar"].beside == "bif" and held["ydelsesansvar"].unit == "bif/ydelsesservice"
    (move,) = standing.moves(world.anna)
    assert (move.from_unit, move.to_unit, move.by, set(move.parts)) == ("bif", "sof", "soeren", set(OVER))
    assert standing.holds("sof", world.anna, "sagsbehandleransvar")
    assert not standing.holds("bif", world.anna, "sagsbehandleransvar")
    assert (
        Event.objects.filter(action="ledger-move", person_key=world.anna, ground="omorganisering").count()
        == 1
    )


def test_a_citizen_without_a_ledger_is_not_moved(world):
    with pytest.raises(Refused):
        over(world.dorte)


def test_many_move_at_once(world):
    moves = [(key, "sagsbehandleransvar", CENTRE) for key in (world.anna, world.bo, world.dorte)]
    assert actions.move_many(by=SYSTEM, moves=moves, ground="omorganisering", ref=uuid4()) == 2
    whole()
    assert set(standing.held_by(CENTRE).values_list("person_key", flat=True)) == {world.anna, world.bo}
    assert actions.move_many(by=SYSTEM, moves=moves, ground="omorganisering", ref=uuid4()) == 0
