"""The doors: which one is yours, and – where there is no identity provider, and in the demo – name and password."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from helhed.accounts.doors import CITIZEN, STAFF
from helhed.accounts.models import User
from helhed.accounts.throttling import open_again
from helhed.audit.actions import SYSTEM, note
from helhed.pages.context import HOMES
from helhed.pages.login.cards import cards
from helhed.pages.login.keeping import begin


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Who are you: one of the staff, or a citizen? In the demo also a card for each user."""
    if request.user.is_authenticated:
        return redirect("home")
    context = {"cards": cards(), "next": request.GET.get("next", "")}
    return render(request, "helhed/login/choose.html", context)


def home(request: HttpRequest) -> HttpResponse:
    """To the front page of one's own role."""
    return redirect(HOMES[request.user.role])


class DoorForm(AuthenticationForm):
    """Name and password, good for one door only."""

    def __init__(self, request: HttpRequest, *, door: str, **arguments: Any) -> None:
        super().__init__(request, **arguments)
        self.door = door

    def clean(self) -> dict[str, Any]:
        """Ask the backends; a name of the other door is as wrong as one that nobody has."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name is not None and password:
            self.user_cache = authenticate(self.request, username=name, password=password, door=self.door)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class Door(LoginView):
    """One door's page: to the identity provider where there is one, name and password where they are allowed."""

    template_name = "helhed/login/door.html"
    redirect_authenticated_user = True
    authentication_form = DoorForm
    door = STAFF

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"door": self.door}

    def get_context_data(self, **arguments: Any) -> dict[str, Any]:
        return super().get_context_data(**arguments) | {
            "door": self.door,
            "for_citizens": self.door == CITIZEN,
            "provider": self.door in settings.OIDC,
            "local": settings.LOCAL_LOGIN,
            "too_late": "slut" in self.request.GET,
        }

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not settings.LOCAL_LOGIN:
            raise Http404
        return super().post(request, *arguments, **named)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        begin(self.request, form.get_user(), self.door, "password")
        return redirect(self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        _note_failure(form.cleaned_data.get("username") or "", "password")
        return super().form_invalid(form)


def locked(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """Too many wrong passwords: when the next try counts. Says the same whether or not anyone has the name."""
    name = str(credentials.get("username") or "")
    again = open_again(request, name)
    answer = render(request, "helhed/login/locked.html", {"again": again}, status=429)
    answer["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return answer


def _note_failure(name: str, way: str) -> None:
    """A line for a log-in that failed. A name nobody has is left out: it may be a password in the wrong field."""
    known = User.objects.filter(username=name).exists()
    note(by=SYSTEM, action="log-in", object=f"{way}: {name if known else '–'}", outcome="denied")
