"""The small world in a database of its own, where what is done stays: races need several connections that see each other."""

import pytest
from django.test import override_settings

from conftest import TEST_DATABASE, new_database, point_at
from pages.world import World, build

NAME = f"{TEST_DATABASE}_races"


@pytest.fixture(scope="package")
def lasting(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("races")
    kept = {"DELIVERY_FOLDER": folder / "kept", "DATA_FOLDER": folder, "KEY_FOLDER": folder / "keys"}
    with new_database(NAME), django_db_blocker.unblock(), override_settings(**kept):
        before = point_at(NAME)
        try:
            yield build(folder)
        finally:
            point_at(before)


@pytest.fixture
def world(lasting: World) -> World:
    return lasting
