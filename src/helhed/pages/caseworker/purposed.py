"""Before anything of a citizen is shown the viewer says what for."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from helhed.pages import purposes

CARRIED = "til_formaal"


def asked_for(request: HttpRequest) -> str:
    """The purpose in the form; what is none becomes the ordinary one."""
    asked = request.POST.get("formaal", purposes.DEFAULT)
    return asked if asked in purposes.WORDS else purposes.DEFAULT


def purposed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one citizen that is given the purpose; without one the page that asks for it comes first.

    A form on such a page carries its purpose along (`til_formaal`), so that nothing typed is lost when half an hour passes
    while somebody writes.
    """

    @wraps(view)
    def asking(request: HttpRequest, person: UUID, **more: object) -> HttpResponse:
        if request.method == "POST" and "formaal" in request.POST:
            purposes.remember(request.session, person, asked_for(request))
            return redirect(request.get_full_path())
        purpose = purposes.given(request.session, person) or _carried(request, person)
        if purpose:
            return view(request, person, purpose, **more)
        context = {"purposes": purposes.WORDS, "purpose": purposes.DEFAULT}
        return render(request, "helhed/caseworker/purpose.html", context)

    return asking


def _carried(request: HttpRequest, person: UUID) -> str:
    purpose = request.POST.get(CARRIED, "")
    if purpose not in purposes.WORDS:
        return ""
    purposes.remember(request.session, person, purpose)
    return purpose
