"""Who may enter a page: one decorator, and the designed answer when somebody may not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.accounts.roles import ROLES
from helhed.audit.actions import note
from helhed.pages.missing import not_let_in
from helhed.sharing.answers import NoAccess

View = Callable[..., HttpResponse]


def needs(*permissions: str) -> Callable[[View], View]:
    """A view only for those whose role holds one of the permissions; others get the refused page (403), and the try is
    logged: the kind of page, and the citizen where it is one's page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(request.user.may(permission) for permission in permissions):
                return view(request, *args, **kwargs)
            note(
                by=request.user,
                action="refused",
                person_key=kwargs.get("person"),
                object=f"/{request.resolver_match.route}"[:200],
                outcome="denied",
            )
            return refused(request, *permissions)

        return guarded

    return wrap


def refused(request: HttpRequest, *permissions: str) -> HttpResponse:
    """The page that says: this is not for your role, these roles have it, and where you can go."""
    holders = [role for role in ROLES.values() if role.permissions.intersection(permissions)]
    return render(request, "helhed/refused.html", {"holders": holders}, status=403)


def closed(request: HttpRequest, answer: NoAccess) -> HttpResponse:
    """The page for what exists (or must not be known to exist) but may not be seen: reason, and the way to access. The
    try is logged, here if nowhere else."""
    not_let_in(request)
    return render(request, "helhed/closed.html", {"answer": answer}, status=403)
