"""The unit's list: whom the database shows, with the state of consent, and one line in the log for each name."""

import pytest
from django.db import connection, transaction

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.sharing.access import actions, listing
from helhed.sharing.access.seeing import seeing
from helhed.sharing.answers import NoAccess
from pages.world import user


def names(username, purpose="sagsbehandling", **asked):
    page = listing.cases(by=user(username), purpose=purpose, language="da", **asked)
    assert page.total == len(page.rows)
    return {row.name: row for row in page.rows}


def test_the_units_citizens_by_name_with_what_is_open(world):
    rows = names("bente")
    assert list(rows) == ["Bo Berg", "Anna Åkær"]
    assert (rows["Anna Åkær"].other_side, rows["Anna Åkær"].consent_state) == ("open", "given")
    assert (rows["Bo Berg"].other_side, rows["Bo Berg"].consent_state) == ("closed", "")
    assert rows["Anna Åkær"].unit_label and rows["Anna Åkær"].kind_label and rows["Anna Åkær"].age > 40


def test_another_unit_has_none_of_them(world):
    assert not names("kim") and set(names("soeren")) == {"Anna Åkær", "Dorte Ørum"}


def test_each_name_shown_is_a_line_with_its_decision(world):
    before = Event.objects.count()
    names("bente")
    lines = Event.objects.order_by("-pk")[: Event.objects.count() - before]
    assert {line.person_key for line in lines} == {world.anna, world.bo}
    assert all(line.action == "list" and line.decision for line in lines)


@pytest.mark.parametrize(
    ("text", "found"), [("åk", {"Anna Åkær"}), ("anna", {"Anna Åkær"}), ("kær", set()), ("%", set())]
)
def test_a_word_finds_those_whose_names_begin_so(world, text, found):
    assert set(names("bente", text=text)) == found


def test_who_may_not_find_citizens_has_no_list(world):
    with pytest.raises(NoAccess):
        names("anders")


def test_without_a_viewer_the_database_shows_nothing(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_case")
        assert cursor.fetchone() == (0,)


def test_the_sight_ends_with_the_block_and_with_an_error_in_it(world):
    def shown():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_case")
            return cursor.fetchone()[0]

    with seeing(user("bente"), "sagsbehandling"):
        assert shown() == 3
    assert shown() == 0
    with pytest.raises(RuntimeError), transaction.atomic(), seeing(user("bente"), "sagsbehandling"):
        raise RuntimeError
    assert shown() == 0


def test_an_appointment_that_has_ended_a_shield_and_low_clearance_bite(world):
    assert listing.visible([world.anna], by=user("bente"), purpose="sagsbehandling")
    actions.shield(by=SYSTEM, person=world.anna, reason="Kendt fra nyhederne")
    assert not listing.visible([world.anna], by=user("bente"), purpose="sagsbehandling")
    User.objects.filter(username="bente").update(vip=True)
    assert listing.visible([world.anna], by=user("bente"), purpose="sagsbehandling")
    User.objects.filter(username="bente").update(clearance=0)
    assert not listing.visible([world.anna], by=user("bente"), purpose="sagsbehandling")
    User.objects.filter(username="bente").update(
        clearance=2, appointed_to="2020-01-02", appointed_from="2020-01-01"
    )
    assert not listing.visible([world.anna], by=user("bente"), purpose="sagsbehandling")
    actions.unshield(by=SYSTEM, person=world.anna, reason="Ikke mere i nyhederne")
