"""What somebody does, and the line in the log it must leave. Each names the one call of note() it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client

from helhed.accounts.models import User
from pages.world import World, user


@dataclass(frozen=True)
class Stage:
    """The small world, a browser for each user, and an empty folder."""

    world: World
    browser: Callable[..., Client]
    folder: Path

    def user(self, username: str) -> User:
        return user(username)

    def get(
        self, username: str, path: str, person: str = "", purpose: str = "sagsbehandling"
    ) -> HttpResponse:
        """Read a page; one of a citizen with the purpose said first."""
        client = self.browser(username)
        if person:
            key = getattr(self.world, person)
            client.post(f"/borger/{key}", {"formaal": purpose})
            path = path.format(key)
        return client.get(path)

    def post(self, username: str, path: str, **sent: str) -> HttpResponse:
        return self.browser(username).post(path, sent)


Act = Callable[[Stage], Any]


@dataclass(frozen=True)
class Scene:
    """An act, and what the line says: fields of the event; `person` by name in the small world."""

    act: Act
    line: dict[str, str]


SCENES: dict[str, Scene] = {}


def reaches(key: str, **line: str) -> Callable[[Act], Act]:
    """Say which call of note() an act reaches, and the line it leaves."""

    def keep(act: Act) -> Act:
        assert key not in SCENES, f"{key} has two scenes"
        SCENES[key] = Scene(act, line)
        return act

    return keep
