"""Emergency access as the caseworker meets it: the reason first, then three hours, and a way to end it before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.sharing import emergencies
from helhed.sharing.answers import NoAccess
from helhed.sharing.emergencies import Running
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards.models import SHORTEST_REASON

LONGEST = 1000


@needs("emergency.open")
def find(request: HttpRequest) -> HttpResponse:
    """From a whole personal number to the page that opens the citizen. Posted: a number is never in an address."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        number = request.POST.get("nummer", "").strip()
        try:
            return redirect("emergency", person=emergencies.find(by=request.user, number=number))
        except Refused as refused:
            context = {"number": number, "wrong": str(refused)}
    return render(request, "helhed/caseworker/emergency_find.html", context, status=400 if context else 200)


@needs("emergency.open")
def emergency(request: HttpRequest, person: UUID) -> HttpResponse:
    """What opens, for how long and who sees it; with a reason it opens."""
    wrong, reason = "", request.POST.get("grund", "")[:LONGEST]
    try:
        running = emergencies.running(by=request.user, person=person)
        if request.method == "POST":
            running = running or emergencies.begin(by=request.user, person=person, reason=reason)
            return _opened(request, person, running)
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        wrong = str(refused)
    context = {"person_key": person, "running": running, "reason": reason, "wrong": wrong}
    context |= {"shortest": SHORTEST_REASON, "longest": LONGEST}
    return render(request, "helhed/caseworker/emergency.html", context, status=400 if wrong else 200)


@require_POST
@needs("emergency.open")
def end(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close the reader's own emergency access to a citizen, if one runs."""
    try:
        running = emergencies.running(by=request.user, person=person)
        if running:
            emergencies.end(by=request.user, emergency=running.id)
            messages.success(request, _("Nødadgangen er lukket."))
    except NoAccess as answer:
        return closed(request, answer)
    purposes.forget(request.session, person)
    return redirect("caseworker-home")


def running_bar(request: HttpRequest, person: UUID, purpose: str) -> dict[str, Running | None]:
    """What a citizen's page says of the emergency access it is shown under: {"emergency": …}."""
    shown = purpose == purposes.EMERGENCY
    return {"emergency": emergencies.running(by=request.user, person=person) if shown else None}


def _opened(request: HttpRequest, person: UUID, running: Running) -> HttpResponse:
    purposes.remember(request.session, person, purposes.EMERGENCY, running.until)
    return redirect("citizen", person=person)
