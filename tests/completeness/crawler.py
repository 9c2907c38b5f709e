"""A reader who follows every link of the program, types into its searches, and reads everything that comes back."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote
from uuid import UUID

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from completeness.own_log import OwnLog, moment
from completeness.seen import Citizen, links_in, people_in, shown_in
from helhed.accounts.models import User

LEAVING = ("/log-af", "/sprog", "/log-ind")


@dataclass(frozen=True)
class Unlogged:
    """A person somebody was shown, without a line in that person's own log."""

    reader: str
    address: str
    person: UUID


@dataclass
class Crawler:
    """One reader's way through the program: `met` is who was seen, `unlogged` what nobody was told of. Of pages that are
    one another's like (one route) at most `alike` are read."""

    client: Client
    reader: User
    people: list[Citizen]
    alike: int = 1
    met: set[UUID] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    routes: Counter[str] = field(default_factory=Counter)
    unlogged: list[Unlogged] = field(default_factory=list)
    broken: list[tuple[str, int]] = field(default_factory=list)

    def walk(self, *starts: str) -> None:
        """Read the addresses, and every address the pages lead to, each once."""
        waiting = list(dict.fromkeys(starts))
        while waiting:
            path = waiting.pop(0)
            if path in self.read or path.startswith(LEAVING) or not self._is_new(path):
                continue
            self.read.add(path)
            text = self.get(path)
            waiting += sorted(links_in(text) - self.read)

    def _is_new(self, path: str) -> bool:
        """Whether the route of an address has not been read often enough."""
        try:
            route = resolve(unquote(path.partition("?")[0])).route
        except Resolver404:
            return True
        self.routes[route] += 1
        return self.routes[route] <= self.alike

    def get(self, path: str) -> str:
        """Read one address, where it leads included; answers the page as it was sent."""
        return self._told(path, [], lambda: self.client.get(path, follow=True))

    def post(self, path: str, **sent: str) -> str:
        """Send a form, and read where it leads."""
        return self._told(path, sent.values(), lambda: self.client.post(path, sent, follow=True))

    def _told(self, path: str, sent: Iterable[str], ask: Callable[[], HttpResponseBase]) -> str:
        began = moment()
        answer = ask()
        if answer.status_code >= 500:
            self.broken.append((path, answer.status_code))
        brought = [path, path.partition("?")[0], *sent]
        raw = "" if answer.streaming else answer.content.decode(answer.charset, errors="replace")
        for person in people_in(shown_in(answer, brought, self.reader), self.people):
            self.met.add(person)
            if not OwnLog(person).tells_of(self.reader, began):
                self.unlogged.append(Unlogged(self.reader.username, path, person))
        return raw
