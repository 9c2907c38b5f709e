"""A demo that breaks off goes on where it broke; another's data are left alone."""

import pytest
from django.db import connections

from commands.conftest import make
from conftest import TEST_DATABASE, new_database, point_at
from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.commands import demo_city, starting_over
from helhed.commands.refusal import RefusalError
from helhed.coordination.advis.models import Held
from helhed.register.models import Delivery

both = pytest.mark.django_db(databases=["default", "owner"])
NAME = f"{TEST_DATABASE}_interrupted"
LATER_STEPS = [pytest.param(step, marks=pytest.mark.slow) for step in ("make_demo_users", "write_notices")]


@pytest.fixture
def empty(django_db_setup, django_db_blocker):
    """A database of its own, where what is done stays."""
    with new_database(NAME), django_db_blocker.unblock():
        before = point_at(NAME)
        try:
            yield
        finally:
            point_at(before)


@pytest.mark.parametrize("broken", ["recount", *LATER_STEPS])
def test_an_interrupted_demo_goes_on_at_the_broken_step(broken, empty, monkeypatch):
    whole = getattr(demo_city, broken)
    calls = []

    def interrupted(**arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return whole(**arguments)

    monkeypatch.setattr(demo_city, broken, interrupted)
    with pytest.raises(KeyboardInterrupt):
        make()
    before = Delivery.objects.count()
    make()
    assert Delivery.objects.filter(source__key="bif-fagsystem", status="received").count() == 3
    assert Delivery.objects.count() == max(before, 6), "what was delivered is not delivered again"
    assert User.objects.exists() and Held.objects.exists()


@both
def test_a_city_too_small_is_one_sentence():
    with pytest.raises(RefusalError, match="at least 1000"):
        make(people=10)


@both
def test_data_that_no_demo_made_are_left_alone():
    appoint(by=SYSTEM, login=Login("real", "A Real One", "analyst"), password="a long enough one")
    with pytest.raises(RefusalError, match="no demo made"):
        make()
    with pytest.raises(RefusalError, match="nothing was removed"):
        starting_over.start_over()
    assert User.objects.get().username == "real"
    connections["owner"].close()
