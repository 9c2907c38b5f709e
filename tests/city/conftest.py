"""The whole made-up city, delivered through the ordinary door and counted, in a database of its own.

Made once a run. A test that asks for `city` looks at it in a transaction that is rolled back, so that log lines it causes
and changes it makes are its own.
"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connections, transaction

from conftest import TEST_DATABASE, new_database, point_at
from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import write_notices
from helhed.membership.actions import recount
from helhed.register.actions import receive
from helhed.register.questions import find
from helhed.sharing.arrivals import settle
from helhed.synthetic.city import City, write_city

NAME = f"{TEST_DATABASE}_city"
STAFF = [
    Login("bif", "Bif Sagsbehandler", "caseworker", "bif", "bif", clearance=2),
    Login("sof", "Sof Sagsbehandler", "caseworker", "sof", "sof", clearance=2),
    Login("analyst", "Analytiker", "analyst"),
    Login("steward", "DPO", "steward"),
]


@dataclass
class Delivered:
    """The city as delivered: what was written, and the people of its stories by the order they are told."""

    written: City
    people: list[UUID]

    def user(self, username: str) -> User:
        """A login by name."""
        return User.objects.get(username=username)


def _load(folder) -> Delivered:
    written = write_city(folder)
    for number, parcel in enumerate(written.deliveries):
        delivery = receive(
            by=SYSTEM, source=parcel.source, folder=parcel.folder, received_at=parcel.received_at
        )
        assert delivery.status == "received", delivery.message_en
        if number:
            settle(by=SYSTEM, delivery=delivery if number > 1 else None)
            recount(by=SYSTEM, delivery=delivery)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")  # as the demo does: the server would only look by itself in a minute
    write_notices(by=SYSTEM)
    people = [find(citizen.number)[0].key for citizen in written.citizens]
    for login in [*STAFF, Login("citizen", "Borgeren", "citizen", person_key=people[0])]:
        appoint(by=SYSTEM, login=login, password="kun-til-denne-test")
    return Delivered(written, people)


@pytest.fixture(scope="session")
def delivered_city(tmp_path_factory, django_db_setup, django_db_blocker):
    with new_database(NAME):
        with django_db_blocker.unblock():
            before = point_at(NAME)
            city = _load(tmp_path_factory.mktemp("city"))
            point_at(before)
        yield city


@pytest.fixture
def city(delivered_city, django_db_blocker):
    """The delivered city, to look at and to change; nothing a test does stays."""
    with django_db_blocker.unblock():
        before = point_at(NAME)
        try:
            with transaction.atomic():
                yield delivered_city
                transaction.set_rollback(True)
        finally:
            point_at(before)
