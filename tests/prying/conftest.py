"""The world of the hand-overs, once for this folder too, and browsers in it."""

import pytest
from django.conf import settings
from django.test import Client

from handover.conftest import made, world
from pages.world import user

__all__ = ["made", "world"]


@pytest.fixture
def browser(world):
    """`browser("maja")`: a browser in which this user is logged in, in Danish."""

    def logged_in(username: str, **more: bool) -> Client:
        client = Client(headers={"accept-language": "da"}, **more)
        client.force_login(user(username))
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
        return client

    return logged_in
