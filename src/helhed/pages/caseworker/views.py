"""The caseworker's pages: front page, search, and the citizen as one person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from helhed.coordination.advis import questions as advis
from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.timeline.context import timeline_context
from helhed.pages.words import reader_language
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess

MOST_FOUND = 50
SHORTEST_SEARCH = 2


@needs("citizen.find")
def home(request: HttpRequest) -> HttpResponse:
    """The caseworker's front page: search, and the notices that wait for the unit."""
    notices = advis.for_unit(by=request.user, language=reader_language())
    context = {"notices": notices, "waiting": advis.waiting(request.user.unit), "purposes": purposes.WORDS}
    return render(
        request, "helhed/caseworker/home.html", context | {"purpose": purposes.DEFAULT, "may_look": True}
    )


@needs("citizen.find")
def citizens(request: HttpRequest) -> HttpResponse:
    """Search among the citizens of the own administration. Posted, so that a number is never in an address or a log of one."""
    text = request.POST.get("tekst", "").strip()
    purpose = _purpose(request)
    context = {
        "text": text,
        "purposes": purposes.WORDS,
        "purpose": purpose,
        "searched": False,
        "most": MOST_FOUND,
    }
    if request.method == "POST" and len(text) < SHORTEST_SEARCH:
        context["short"] = True
    elif request.method == "POST":
        found = hatch.find(text=text, by=request.user, purpose=purpose, language=reader_language())
        context |= {"searched": True, "found": found, "full": len(found) >= MOST_FOUND}
    return render(request, "helhed/caseworker/citizens.html", context)


@needs("citizen.look")
def citizen(request: HttpRequest, person: UUID) -> HttpResponse:
    """One citizen. Before anything is shown the viewer says what for; each showing is a line in the log."""
    if request.method == "POST":
        purposes.remember(request.session, person, _purpose(request))
        return redirect("citizen", person=person)
    purpose = purposes.given(request.session, person)
    if not purpose:
        context = {"person": person, "purposes": purposes.WORDS, "purpose": purposes.DEFAULT}
        return render(request, "helhed/caseworker/purpose.html", context)
    today = timezone.localdate()
    try:
        view = hatch.look(
            person=person, by=request.user, purpose=purpose, on=today, language=reader_language()
        )
    except NoAccess as answer:
        return closed(request, answer)
    context = timeline_context(request, view, today) | {"purpose_words": purposes.WORDS[purpose]}
    return render(request, "helhed/caseworker/citizen.html", context)


def _purpose(request: HttpRequest) -> str:
    asked = request.POST.get("formaal", purposes.DEFAULT)
    return asked if asked in purposes.WORDS else purposes.DEFAULT
