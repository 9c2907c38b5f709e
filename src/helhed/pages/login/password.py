"""One's own password: changed here where helhed keeps it, and where to change it otherwise."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from helhed.accounts import visits
from helhed.accounts.actions import change_password
from helhed.accounts.doors import door_of
from helhed.audit.actions import note
from helhed.pages.login.keeping import WAY

OWN, PROVIDERS, EVERYBODYS = "own", "provider", "demo"
"""Whose password it is: kept here, kept by the identity provider, or the one the demo shows to all."""


MISSING = {
    "old_password": _("Skriv din nuværende adgangskode."),
    "new_password1": _("Skriv en ny adgangskode."),
    "new_password2": _("Skriv den nye adgangskode igen."),
}


class ChangeForm(PasswordChangeForm):
    """The present password, and a new one twice. Wrong tries count as they do at log-in."""

    def __init__(self, request: HttpRequest, *arguments: Any) -> None:
        super().__init__(request.user, *arguments)
        self.request = request
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = sentence

    def clean_old_password(self) -> str:
        """Asks the backends, so that nobody can guess on at a machine left open."""
        typed = self.cleaned_data["old_password"]
        name, door = self.user.username, door_of(self.user)
        if authenticate(self.request, username=name, password=typed, door=door) is None:
            note(by=self.user, action="password-changed", outcome="denied")
            raise ValidationError(_("Den nuværende adgangskode er ikke rigtig."))
        return typed

    def clean_new_password1(self) -> str:
        """Another one than the present."""
        typed = self.cleaned_data["new_password1"]
        if typed == self.data.get("old_password"):
            raise ValidationError(_("Den nye adgangskode er den samme som den nuværende. Vælg en anden."))
        return typed


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other log-in of one's own ends."""
    whose = _whose(request)
    if whose != OWN:
        return render(
            request,
            "helhed/login/password.html",
            {"whose": whose},
            status=403 if request.method == "POST" else 200,
        )
    form = ChangeForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _change(request, form.cleaned_data["new_password1"])
        messages.success(
            request, _("Adgangskoden er skiftet. De andre steder, du var logget ind, er logget af.")
        )
        return redirect("visits")
    return render(request, "helhed/login/password.html", {"whose": whose, "form": form})


def _whose(request: HttpRequest) -> str:
    if request.session.get(WAY) == "provider":
        return PROVIDERS
    if settings.DEMO:
        return EVERYBODYS
    return OWN if settings.LOCAL_LOGIN and request.user.has_usable_password() else PROVIDERS


def _change(request: HttpRequest, new: str) -> None:
    before = request.session.session_key
    change_password(by=request.user, password=new, kept=before)
    update_session_auth_hash(request, request.user)
    visits.moved(before, request.session.session_key)
