"""The small world, made once for the page tests; what a test changes is rolled back after it."""

from argparse import Namespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from helhed.commands import messages
from pages.world import World, build, user


@pytest.fixture(scope="package", autouse=True)
def english():
    """The English texts as the program reads them."""
    messages.run(Namespace())


@pytest.fixture(scope="package")
def world(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("world")
    with (
        django_db_blocker.unblock(),
        override_settings(DELIVERY_FOLDER=folder / "kept", DATA_FOLDER=folder),
        transaction.atomic(),
    ):
        yield build(folder)
        transaction.set_rollback(True)


@pytest.fixture
def pages(world: World):
    """`pages("bente")`: a browser in which this user is logged in; `pages()`: one in which nobody is.

    What happens within is undone, and pages are in Danish.
    """
    with transaction.atomic():
        yield _browser
        transaction.set_rollback(True)


def _browser(username: str = "") -> Client:
    client = Client(headers={"accept-language": "da"})
    if username:
        client.force_login(user(username))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return client
