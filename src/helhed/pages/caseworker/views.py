"""The caseworker's pages: front page, search, and the citizen as one person."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.coordination.advis import questions as advis
from helhed.coordination.handover.sanctions import staff as sanctions
from helhed.coordination.handover.tasks import doors as tasks
from helhed.coordination.handover.work import viewing as handovers
from helhed.pages import purposes
from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.emergency import running_bar
from helhed.pages.caseworker.purposed import asked_for, purposed
from helhed.pages.caseworker.shut import shut_sides
from helhed.pages.dates import asked_day
from helhed.pages.handovers.strip import strip
from helhed.pages.timeline.context import timeline_context
from helhed.pages.why.context import group_context, groups_context
from helhed.pages.words import reader_language
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.asking.answers import MandateView
from helhed.sharing.asking.pending import pending
from helhed.sharing.why import why_view

MOST_FOUND = 50
SHORTEST_SEARCH = 2


@needs("citizen.find")
def home(request: HttpRequest) -> HttpResponse:
    """The caseworker's front page: search, and the notices that wait for the unit."""
    notices = advis.for_unit(by=request.user, language=reader_language())
    context = {
        "notices": notices,
        "waiting": advis.waiting(request.user.unit),
        "pending": pending(by=request.user),
        "purposes": purposes.WORDS,
        "purpose": purposes.DEFAULT,
        "may_look": True,
        "tasks": tasks.waiting(by=request.user),
        "to_sanction": sanctions.waiting(by=request.user),
    }
    return render(request, "helhed/caseworker/home.html", context | strip(request.user))


@needs("citizen.find")
def citizens(request: HttpRequest) -> HttpResponse:
    """Search among the citizens of the own administration. Posted, so that a number is never in an address or a log of one."""
    text = request.POST.get("tekst", "").strip()
    purpose = asked_for(request)
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
@purposed
def citizen(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """One citizen; each showing is a line in the log."""
    today = timezone.localdate()
    try:
        view = hatch.look(
            person=person, by=request.user, purpose=purpose, on=today, language=reader_language()
        )
    except NoAccess as answer:
        return closed_person(request, answer, person)
    asks = request.user.may("consent.record") and purpose != purposes.EMERGENCY
    context = timeline_context(request, view, today) | {
        "purpose_words": purposes.label(purpose),
        "shut_sides": shut_sides(view) if asks else (),
        "holders": _holders(request, person, purpose),
        "may_reveal": request.user.may("address.reveal") and request.user.protected_address,
    }
    if purpose != purposes.EMERGENCY:
        context["handover"] = handovers.open_of(by=request.user, person=view.key, language=reader_language())
    context |= running_bar(request, person, purpose)
    return render(request, "helhed/caseworker/citizen.html", context)


def _holders(request: HttpRequest, person: UUID, purpose: str) -> list[MandateView]:
    """Who may act for the citizen now. Not asked in an emergency, where nobody has time for it."""
    if purpose == purposes.EMERGENCY or not request.user.may("consent.record"):
        return []
    views = staff.mandates(by=request.user, person=person, purpose=purpose, language=reader_language())
    return [view for view in views if view.state == "active"]


@needs("citizen.look")
@purposed
def why(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """Why the citizen is, or is not, in the target groups: all of them on one day."""
    asked = asked_day(request)
    try:
        view = why_view(
            person=person, by=request.user, purpose=purpose, on=asked.on, language=reader_language()
        )
    except NoAccess as answer:
        return closed_person(request, answer, person)
    context = groups_context(view, asked, own=False) | {"purpose_words": purposes.label(purpose)}
    return render(request, "helhed/caseworker/why.html", context)


@needs("citizen.look")
@purposed
def why_group(request: HttpRequest, person: UUID, purpose: str, group: str) -> HttpResponse:
    """One target group explained for the citizen: what it asks, its history, what will change it."""
    asked = asked_day(request)
    language = reader_language()
    try:
        view = why_view(
            person=person, by=request.user, purpose=purpose, on=asked.on, language=language, groups=[group]
        )
    except NoAccess as answer:
        return closed_person(request, answer, person)
    except LookupError:
        raise Http404(group) from None
    context = group_context(view, asked, own=False) | {"purpose_words": purposes.label(purpose)}
    return render(request, "helhed/caseworker/why_group.html", context)
