"""A worker is somebody of the holding unit for a time, and ends when the part moves to another unit."""

from uuid import uuid4

import pytest

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.sharing.ledger import actions, standing
from helhed.sharing.refusal import Refused
from ledger.made_up import OFFICE, employed, opened

PART = "sagsbehandleransvar"


@pytest.fixture
def person(db):
    employed()
    employed("bodil", "bif")
    employed("kim", "sof/driftscenter-2")
    return opened()


def move(person, unit, ground="omorganisering"):
    actions.move(by=SYSTEM, person=person, to={PART: unit}, ground=ground, ref=uuid4())


def test_one_worker_a_part_of_the_units_line(person):
    actions.take_on(by=SYSTEM, person=person, part=PART, username="bente")
    actions.take_on(by=SYSTEM, person=person, part=PART, username="bodil")
    assert standing.worker_of(person, PART) == "bodil"
    assert standing.workers_of([person], PART) == {person: "bodil"}
    actions.let_go(by=SYSTEM, person=person, part=PART, username="bente")
    assert standing.worker_of(person, PART) == "bodil"
    actions.let_go(by=SYSTEM, person=person, part=PART, username="bodil")
    assert standing.worker_of(person, PART) == ""


@pytest.mark.parametrize("username", ["kim", "nobody"])
def test_who_is_not_of_the_unit_is_not_put_on_it(person, username):
    with pytest.raises(Refused):
        actions.take_on(by=SYSTEM, person=person, part=PART, username=username)


def test_a_login_that_is_closed_is_not_put_on_it_and_blocks_no_move(person):
    actions.take_on(by=SYSTEM, person=person, part=PART, username="bente")
    User.objects.filter(username="bente").update(is_active=False)
    with pytest.raises(Refused):
        actions.take_on(by=SYSTEM, person=person, part="beskaeftigelsesindsats", username="bente")
    move(person, "sof/driftscenter-2", "fagsystem")
    assert standing.worker_of(person, PART) == ""


def test_a_reorganisation_takes_the_worker_along(person):
    actions.take_on(by=SYSTEM, person=person, part=PART, username="bente")
    move(person, "bif/ungeenhed")
    assert standing.worker_of(person, PART) == "bente"
    move(person, OFFICE, "fagsystem")
    assert standing.worker_of(person, PART) == ""
