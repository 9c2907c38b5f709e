"""The demo's data: made step by step, each once; another's data are left alone."""

import pytest
from django.db import connections

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.commands import demo_city, starting_over
from helhed.commands.demo_city import make_city
from helhed.commands.refusal import RefusalError
from helhed.commands.telling import Telling
from helhed.coordination.advis.models import Held, Notice
from helhed.membership.models import Draft, Recount
from helhed.register.models import Delivery

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
PEOPLE = 1000


def make(people=PEOPLE):
    make_city(Telling(demo_city.STEPS), people)


def state() -> tuple[int, ...]:
    return tuple(table.objects.count() for table in (Delivery, Recount, User, Draft, Notice, Held))


def test_a_city_is_made_once():
    make()
    made = state()
    assert made[0] == 6 and User.objects.filter(role="citizen").exists()
    drafts = Draft.objects.order_by("pk").values_list("owner", "shared", "state")
    assert list(drafts) == [("anders", True, "draft"), ("anders", False, "sent")]
    make(people=None)
    assert state() == made


LATER_STEPS = [pytest.param(step, marks=pytest.mark.slow) for step in ("make_demo_users", "write_notices")]


@pytest.mark.parametrize("broken", ["recount", *LATER_STEPS])
def test_an_interrupted_demo_goes_on_at_the_broken_step(broken, monkeypatch):
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


def test_half_a_city_on_the_disk_is_written_again(settings):
    half = settings.DATA_FOLDER / "demo" / f"{PEOPLE}.new"
    half.mkdir(parents=True)
    (half / "rubbish.csv").touch()
    make()
    assert not half.exists() and not list((settings.DATA_FOLDER / "demo").rglob("rubbish.csv"))


def test_another_size_is_refused_with_the_way_to_get_it():
    make()
    with pytest.raises(RefusalError, match="--fresh --people 2000"):
        make(people=2000)


def test_a_city_too_small_is_one_sentence():
    with pytest.raises(RefusalError, match="at least 1000"):
        make(people=10)


def test_data_that_no_demo_made_are_left_alone():
    appoint(by=SYSTEM, login=Login("real", "A Real One", "analyst"), password="a long enough one")
    with pytest.raises(RefusalError, match="no demo made"):
        make()
    with pytest.raises(RefusalError, match="nothing was removed"):
        starting_over.start_over()
    assert User.objects.get().username == "real"
    connections["owner"].close()
