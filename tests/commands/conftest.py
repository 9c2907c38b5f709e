"""Deliveries of these tests are laid aside in a folder of their own, and a test may count more than once."""

import pytest
from django.db import connection

from helhed.commands.demo_city import STEPS, make_city
from helhed.commands.telling import Telling

PEOPLE = 1000


@pytest.fixture(autouse=True)
def delivery_folder(settings, tmp_path):
    settings.DELIVERY_FOLDER = tmp_path / "deliveries"
    settings.DATA_FOLDER = tmp_path
    return settings.DELIVERY_FOLDER


@pytest.fixture(autouse=True)
def counting_again():
    """A counting's own tables go when its transaction ends; in a test that is only at the end of all."""

    def make_room(execute, statement, parameters, many, context):
        if "CREATE TEMP TABLE" in str(statement):
            name = str(statement).split("CREATE TEMP TABLE", 1)[1].split()[0]
            execute(f"DROP TABLE IF EXISTS pg_temp.{name}", None, False, context)
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(make_room):
        yield


def make(people: int | None = PEOPLE) -> None:
    """Make the demo's data here, or go on with them."""
    make_city(Telling(STEPS), people)
