"""The reception of a day: who is expected, who is here, who has been served by whom; and somebody at the door."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.coordination.handover.entrances import doors, reception
from helhed.pages.access import needs
from helhed.pages.dates import asked_day
from helhed.pages.entrances.entering import answering, number
from helhed.pages.words import reader_language
from helhed.sharing.refusal import Refused

VISITS = {"betjent": doors.serve, "afslut": doors.finish}


@needs("entrance.receive")
@answering
def day(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """The reception list. Posted with a name or a number it finds who is at the door, so that neither is in an address."""
    asked = asked_day(request)
    text = request.POST.get("tekst", "").strip()[:100]
    more: dict[str, Any] = {"text": text, "asked": asked}
    if request.method == "POST":
        try:
            more["found"] = reception.walk_in(
                by=request.user, entrance=entrance, text=text, language=reader_language()
            )
        except Refused as refused:
            more["short"] = str(refused)
    return _page(request, entrance, asked.on, more)


@require_POST
@needs("entrance.receive")
@answering
def arrive(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """The citizen is here; one who was only invited says yes first."""
    language = reader_language()
    attachment = _known(request.POST.get("tilknytning", ""))
    try:
        if request.POST.get("svar") == "ja":
            doors.answer(by=request.user, attachment=attachment, yes=True, language=language)
        where = number(request.POST.get("sted", "")) or None
        doors.arrive(by=request.user, attachment=attachment, outreach=where, language=language)
        messages.success(request, _("Borgeren er noteret som ankommet."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("entrance-day", entrance=entrance)


@require_POST
@needs("entrance.receive")
@answering
def visit(request: HttpRequest, visit: UUID, act: str) -> HttpResponse:
    """The viewer's administration has served the citizen, or the citizen has gone."""
    if act not in VISITS:
        raise Http404(act)
    try:
        entrance = VISITS[act](by=request.user, visit=visit, language=reader_language())
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("entrance-day", entrance=doors.where(visit))
    return redirect("entrance-day", entrance=entrance)


def _page(request: HttpRequest, entrance: UUID, on: date, more: dict[str, Any]) -> HttpResponse:
    view = reception.day(by=request.user, entrance=entrance, on=on, language=reader_language())
    context = {"house": view.house, "view": view, "tab": "day", "on": on, "now": timezone.localtime()} | more
    context |= {"before": on - timedelta(days=1), "after": on + timedelta(days=1)}
    return render(request, "helhed/entrances/day.html", context, status=400 if "short" in more else 200)


def _known(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404(text[:40]) from None
