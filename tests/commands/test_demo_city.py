"""The demo's data, made once for all tests here: each step once, and what its citizens and staff find on their tables."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from commands.conftest import PEOPLE, make
from conftest import TEST_DATABASE, new_database, point_at
from helhed.accounts.models import User
from helhed.commands.refusal import RefusalError
from helhed.coordination.advis.models import Held, Notice
from helhed.membership.models import Draft, Recount
from helhed.register.models import Delivery
from helhed.sharing.consent.models import Answer, Consent
from helhed.sharing.mandates.models import Mandate

NAME = f"{TEST_DATABASE}_made"


@pytest.fixture(scope="module")
def made(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder of a demo, whose data lie in a database of their own. Half a city lay on the disk before it was made."""
    folder: Path = tmp_path_factory.mktemp("demo")
    half = folder / "demo" / f"{PEOPLE}.new"
    half.mkdir(parents=True)
    (half / "rubbish.csv").touch()
    places = {"DATA_FOLDER": folder, "DELIVERY_FOLDER": folder / "deliveries", "KEY_FOLDER": folder / "keys"}
    with new_database(NAME):
        with override_settings(**places), django_db_blocker.unblock():
            before = point_at(NAME)
            make()
            point_at(before)
        yield folder


@pytest.fixture
def demo(made, settings, django_db_blocker):
    """The demo, and its folders; what a test does to it is undone."""
    settings.DATA_FOLDER, settings.DELIVERY_FOLDER = made, made / "deliveries"
    settings.KEY_FOLDER = made / "keys"
    with django_db_blocker.unblock():
        before = point_at(NAME)
        try:
            with transaction.atomic():
                yield made
                transaction.set_rollback(True)
        finally:
            point_at(before)


def state() -> tuple[int, ...]:
    return tuple(table.objects.count() for table in (Delivery, Recount, User, Draft, Notice, Held))


def test_a_city_is_made_once(demo):
    made = state()
    assert made[0] == 6 and User.objects.filter(role="citizen").exists()
    drafts = Draft.objects.order_by("pk").values_list("owner", "shared", "state")
    assert list(drafts) == [("anders", True, "draft"), ("anders", False, "sent")]
    make(people=None)
    assert state() == made


def test_half_a_city_on_the_disk_is_written_again(demo):
    assert (demo / "demo" / str(PEOPLE) / "city.json").exists()
    assert not (demo / "demo" / f"{PEOPLE}.new").exists() and not list(demo.rglob("rubbish.csv"))


def test_another_size_is_refused_with_the_way_to_get_it(demo):
    with pytest.raises(RefusalError, match="--fresh --people 2000"):
        make(people=2000)


def test_consents_and_mandates_lie_ready(demo):
    """One mandate is for everything, the other for a sanction's hearing."""
    ours = Consent.objects.exclude(method="case_system")
    states = sorted(ours.values_list("state", flat=True))
    assert states and set(states) <= {"given", "requested"}
    assert Consent.objects.filter(method="case_system", state="given").exists()
    for answer in Answer.objects.all():
        assert (answer.confirmed_by, answer.consent.state) == ("", "requested")
    mandates = Mandate.objects.all()
    assert {(one.holder, one.state) for one in mandates} == {("karin", "active")}
    assert sorted(len(one.scope) for one in mandates) == [2, 3]
    citizens = set(User.objects.filter(role="citizen").values_list("person_key", flat=True))
    assert {one.person_key for one in mandates} <= citizens
