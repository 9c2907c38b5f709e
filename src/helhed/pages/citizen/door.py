"""One door for two: the citizen at `/mig/…`, and the one who acts for the citizen at `/for/<mandate>/…`, see the same pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from helhed.accounts.models import User
from helhed.pages.access import View, closed, needs
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import MandateView


@dataclass(frozen=True)
class Reader:
    """Who reads, in which language, and under which mandate (None: about oneself)."""

    by: User
    language: str
    acting: MandateView | None = None

    @property
    def mandate(self) -> UUID | None:
        """The key of the mandate, as the doors of sharing ask for it."""
        return self.acting.id if self.acting else None

    @property
    def asking(self) -> dict[str, Any]:
        """What every door of sharing is told."""
        return {"by": self.by, "language": self.language, "mandate": self.mandate}

    def address(self, place: str, *keys: object) -> str:
        """The address of a page for this reader: "consents" is `/mig/samtykker` or `/for/<mandate>/samtykker`."""
        if self.acting is None:
            return reverse(f"own-{place}" if place else "own", args=keys)
        return reverse(f"for-{place}" if place else "for", args=[self.acting.id, *keys])


def own_or_for(*scopes: str) -> Callable[[View], View]:
    """A page for the citizen, and for the one who acts for the citizen where the mandate reaches to one of the scopes; to any
    mandate without them."""

    def wrap(view: View) -> View:
        @wraps(view)
        def entered(
            request: HttpRequest, *args: Any, mandate: UUID | None = None, **kwargs: Any
        ) -> HttpResponse:
            @needs("citizen.own" if mandate is None else "citizen.represent")
            def inside(request: HttpRequest) -> HttpResponse:
                acting = None if mandate is None else _mandate(request, mandate)
                stopped = acting and _stopped(request, acting, scopes)
                if stopped:
                    return stopped
                reader = Reader(request.user, reader_language(), acting)
                try:
                    return view(request, reader, *args, **kwargs)
                except NoAccess as answer:
                    return closed(request, answer)

            return inside(request)

        return entered

    return wrap


def page(
    request: HttpRequest, template: str, reader: Reader, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the citizen's, with the reader in it: the banner and the addresses follow the mandate."""
    context |= {"reader": reader, "acting": reader.acting}
    return render(request, f"helhed/citizen/{template}.html", context, status=status)


def _mandate(request: HttpRequest, mandate: UUID) -> MandateView:
    try:
        return own.acting(by=request.user, mandate=mandate, language=reader_language())
    except LookupError:
        raise Missing(mandate) from None


def _stopped(request: HttpRequest, acting: MandateView, scopes: tuple[str, ...]) -> HttpResponse | None:
    """The calm page where the mandate has ended, or does not reach so far."""
    if acting.state != "active":
        return render(request, "helhed/citizen/ended.html", {"mandate": acting}, status=403)
    if scopes and not {choice.key for choice in acting.scope}.intersection(scopes):
        reader = Reader(request.user, reader_language(), acting)
        return page(request, "outside", reader, status=403, scope=scopes[0])
    return None
