"""The world of the hand-overs, made once for all tests here; what a test changes is rolled back after it."""

import pytest
from django.db import transaction
from django.test import override_settings

from handover.world import World, build


@pytest.fixture(scope="package")
def made(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("handover")
    with (
        django_db_blocker.unblock(),
        override_settings(DELIVERY_FOLDER=folder / "kept", DATA_FOLDER=folder),
        transaction.atomic(),
    ):
        yield build(folder)
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World):
    """The world; undone afterwards."""
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
