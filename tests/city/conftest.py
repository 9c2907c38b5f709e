"""The whole made-up city, delivered through the ordinary door and counted, in a database of its own.

Made once a run. A test that asks for `city` looks at it in a transaction that is rolled back, so that log lines it causes
and changes it makes are its own.
"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from conftest import TEST_DATABASE, _drop, _owner_connection
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


def _point_at(name: str) -> str:
    """Turn both aliases to another database; answers the one before."""
    before = connections["default"].settings_dict["NAME"]
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    return before


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
    write_notices(by=SYSTEM)
    people = [find(citizen.number)[0].key for citizen in written.citizens]
    for login in [*STAFF, Login("citizen", "Borgeren", "citizen", person_key=people[0])]:
        appoint(by=SYSTEM, login=login, password="kun-til-denne-test")
    return Delivered(written, people)


@pytest.fixture(scope="session")
def delivered_city(tmp_path_factory, django_db_setup, django_db_blocker):
    home = connections["owner"].settings_dict["NAME"]
    with _owner_connection(home) as connection:
        _drop(connection, sql.Identifier(NAME))
        connection.execute(
            sql.SQL("create database {} owner helhed_owner template template0").format(sql.Identifier(NAME))
        )
    with django_db_blocker.unblock():
        before = _point_at(NAME)
        call_command("migrate", database="owner", verbosity=0)
        city = _load(tmp_path_factory.mktemp("city"))
        _point_at(before)
    yield city
    with _owner_connection(home) as connection:
        _drop(connection, sql.Identifier(NAME))


@pytest.fixture
def city(delivered_city, django_db_blocker):
    """The delivered city, to look at and to change; nothing a test does stays."""
    with django_db_blocker.unblock():
        before = _point_at(NAME)
        try:
            with transaction.atomic():
                yield delivered_city
                transaction.set_rollback(True)
        finally:
            _point_at(before)
