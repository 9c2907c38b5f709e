"""The small world in a database of its own, where what is done stays: races need several connections that see each other."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import sql

from conftest import TEST_DATABASE, _drop, _owner_connection
from pages.world import World, build

NAME = f"{TEST_DATABASE}_races"


def _point_at(name: str) -> str:
    before = connections["default"].settings_dict["NAME"]
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    return before


@pytest.fixture(scope="package")
def lasting(tmp_path_factory, django_db_setup, django_db_blocker):
    home = connections["owner"].settings_dict["NAME"]
    name = sql.Identifier(NAME)
    with _owner_connection(home) as connection:
        _drop(connection, name)
        connection.execute(sql.SQL("create database {} owner helhed_owner template template0").format(name))
    folder = tmp_path_factory.mktemp("races")
    kept = {"DELIVERY_FOLDER": folder / "kept", "DATA_FOLDER": folder, "KEY_FOLDER": folder / "keys"}
    with django_db_blocker.unblock(), override_settings(**kept):
        before = _point_at(NAME)
        call_command("migrate", database="owner", verbosity=0)
        try:
            yield build(folder)
        finally:
            _point_at(before)
    with _owner_connection(home) as connection:
        _drop(connection, name)


@pytest.fixture
def world(lasting: World) -> World:
    return lasting
