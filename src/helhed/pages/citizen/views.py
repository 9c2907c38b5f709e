"""The citizen's own pages: what the two administrations know, and who has looked at it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.pages.access import closed, needs
from helhed.pages.citizen.looks import by_day
from helhed.pages.dates import asked_day
from helhed.pages.timeline.context import timeline_context
from helhed.pages.why.context import group_context, groups_context
from helhed.pages.words import reader_language
from helhed.sharing import hatch, log
from helhed.sharing.answers import NoAccess
from helhed.sharing.why import why_own


@needs("citizen.own")
def own(request: HttpRequest) -> HttpResponse:
    """The citizen's own page."""
    today = timezone.localdate()
    try:
        view = hatch.own(by=request.user, on=today, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    sharing = next((c for c in view.consents if c.kind == "deling" and c.holds), None)
    plan = next((c for c in view.consents if c.kind == "helhedsorienteret-plan" and c.holds), None)
    context = timeline_context(request, view, today, groups=False) | {"sharing": sharing, "plan": plan}
    return render(request, "helhed/citizen/own.html", context)


@needs("citizen.own")
def own_why(request: HttpRequest) -> HttpResponse:
    """Why the citizen is, or is not, in the groups the municipality counts."""
    asked = asked_day(request)
    try:
        view = why_own(by=request.user, on=asked.on, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    return render(request, "helhed/citizen/why.html", groups_context(view, asked, own=True))


@needs("citizen.own")
def own_why_group(request: HttpRequest, group: str) -> HttpResponse:
    """One group explained to the citizen."""
    asked = asked_day(request)
    try:
        view = why_own(by=request.user, on=asked.on, language=reader_language(), groups=[group])
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Http404(group) from None
    return render(request, "helhed/citizen/why_group.html", group_context(view, asked, own=True))


@needs("citizen.own")
def own_looks(request: HttpRequest) -> HttpResponse:
    """Who has looked at the citizen's information, and why: newest first, looks of one sitting told once."""
    try:
        lines = log.who_looked(by=request.user, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    return render(request, "helhed/citizen/looks.html", {"days": by_day(lines), "count": len(lines)})
