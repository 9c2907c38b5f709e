"""The world of the hand-overs, made once for all tests here; what a test changes is rolled back after it."""

import pytest
from django.db import transaction
from django.test import override_settings

from conftest import TEST_DATABASE, _owner_connection
from handover.world import World, build

ALTERED = """
CREATE FUNCTION altered_for_tests(place text, statement text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    touched bigint;
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', place);
    EXECUTE statement;
    GET DIAGNOSTICS touched = ROW_COUNT;
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', place);
    RETURN touched;
END $$
"""


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


@pytest.fixture(scope="module")
def owner(django_db_setup):
    """Whoever owns the tables can turn the rules off; the tests do, for one statement."""
    with _owner_connection(TEST_DATABASE) as session:
        session.execute(ALTERED)
        yield
        session.execute("DROP FUNCTION altered_for_tests(text, text)")
