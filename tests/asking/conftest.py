"""The small world of the pages, for the doors below them; each test is undone."""

import pytest
from django.db import transaction
from django.test import override_settings

from pages.world import World, build


@pytest.fixture(scope="package")
def made(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("world")
    kept = {"DELIVERY_FOLDER": folder / "kept", "DATA_FOLDER": folder, "KEY_FOLDER": folder / "keys"}
    with django_db_blocker.unblock(), override_settings(**kept), transaction.atomic():
        yield build(folder)
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World):
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
