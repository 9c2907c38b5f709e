"""The citizen's own pages: what the two administrations know, and who has looked at it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.coordination.handover.entrances.own import waiting as invitations
from helhed.coordination.handover.letters.doors import unread
from helhed.coordination.handover.sanctions import own as sanctions
from helhed.coordination.handover.work import own as handover
from helhed.pages.access import closed, needs
from helhed.pages.citizen.door import Reader, page
from helhed.pages.dates import asked_day
from helhed.pages.timeline.context import timeline_context
from helhed.pages.why.context import group_context, groups_context
from helhed.pages.words import reader_language
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import own as asking
from helhed.sharing.why import why_own


@needs("citizen.own")
def own(request: HttpRequest) -> HttpResponse:
    """The citizen's own page."""
    today = timezone.localdate()
    try:
        view = hatch.own(by=request.user, on=today, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    reader = Reader(request.user, reader_language())
    consents = asking.consents(**reader.asking)
    holding = {consent.kind: consent for consent in consents if consent.state == "given"}
    return page(
        request,
        "own",
        reader,
        **timeline_context(request, view, today, groups=False),
        waiting=[consent for consent in consents if "give" in consent.may],
        sharing=holding.get("deling"),
        plan=holding.get("helhedsorienteret-plan"),
        case=handover.own(**reader.asking),
        invited=invitations(by=request.user),
        unread=unread(by=request.user),
        sanctions=sanctions.number(by=request.user),
    )


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
