"""The steward's list of those whose every look is sampled."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing import watching
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LONGEST = 1000
LASTS = timedelta(days=90)


@needs("watch.keep")
def index(request: HttpRequest) -> HttpResponse:
    """The list, and the form that puts somebody on it. Posted: a number is never in an address."""
    today = timezone.localdate()
    said = {"hvem": "", "grund": "", "dage": str(LASTS.days)}
    wrong = ""
    if request.method == "POST":
        said = {name: request.POST.get(name, "").strip()[:LONGEST] for name in said}
        try:
            watching.watch(
                by=request.user, about=said["hvem"], reason=said["grund"], until=_until(said["dage"], today)
            )
            messages.success(request, _("Sat på listen. Opslag fra nu af kommer i månedens stikprøve."))
            return redirect("watched")
        except Refused as refused:
            wrong = str(refused)
    rows = watching.watched(by=request.user, language=reader_language())
    context = {"rows": rows, "said": said, "wrong": wrong, "days": (30, 90, 180, 365), "longest": LONGEST}
    return render(request, "helhed/oversight/watched.html", context, status=400 if wrong else 200)


@require_POST
@needs("watch.keep")
def end(request: HttpRequest, watch: UUID) -> HttpResponse:
    """Take somebody off the list before the day."""
    try:
        watching.unwatch(by=request.user, watch=watch)
    except NoAccess as answer:
        return closed(request, answer)
    messages.success(request, _("Taget af listen."))
    return redirect("watched")


def _until(days: str, today: date) -> date:
    return today + timedelta(days=int(days) if days.isdecimal() and 0 < int(days) <= 365 else LASTS.days)
