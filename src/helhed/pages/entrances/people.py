"""The citizens of an entrance: fifty a page, and one of them with what is agreed and what was."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.coordination.handover.entrances import doors, reception
from helhed.coordination.handover.entrances.answers import SHELVES
from helhed.coordination.handover.entrances.reception import PAGE
from helhed.pages import purposes
from helhed.pages.access import needs
from helhed.pages.dates import day_typed
from helhed.pages.entrances.entering import answering, number
from helhed.pages.words import reader_language
from helhed.sharing.refusal import Refused

SLUGS = {"tilknyttede": "attached", "inviterede": "invited", "afsluttede": "ended"}


@needs("entrance.receive")
@answering
def index(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """Those attached, those who have not answered, and those who said no or left."""
    asked = request.GET.get("liste", "")
    shelf = SLUGS.get(asked, SHELVES[0])
    page = max(1, number(request.GET.get("side", "1")))
    view = reception.citizens(
        by=request.user, entrance=entrance, shelf=shelf, page=page, language=reader_language()
    )
    pages = max(1, -(-view.total // PAGE))
    context = {
        "house": view.house,
        "view": view,
        "tab": "citizens",
        "shelf": shelf,
        "slug": next(slug for slug, key in SLUGS.items() if key == shelf),
        "shelves": [(slug, key, view.counts[key]) for slug, key in SLUGS.items()],
        "page": page,
        "pages": pages,
        "before": page - 1 if page > 1 else 0,
        "after": page + 1 if page < pages else 0,
    }
    return render(request, "helhed/entrances/citizens.html", context)


@needs("entrance.receive")
@answering
def citizen(request: HttpRequest, attachment: UUID) -> HttpResponse:
    """One citizen at one entrance; posted, the answer the citizen gave, a time, or that it is over."""
    if request.method != "POST":
        return _shown(request, attachment)
    filled = {name: request.POST.get(name, "").strip()[:40] for name in ("dag", "tid", "hvem", "sted")}
    try:
        said = _done(request, attachment, filled)
    except Refused as refused:
        return _shown(request, attachment, wrong=str(refused), filled=filled)
    messages.success(request, said)
    return redirect("entrance-citizen", attachment=attachment)


@require_POST
@needs("entrance.receive")
@answering
def cancel(request: HttpRequest, appointment: int) -> HttpResponse:
    """A time is taken back."""
    attachment = doors.cancel(by=request.user, appointment=appointment, language=reader_language())
    messages.success(request, _("Aftalen er aflyst."))
    return redirect("entrance-citizen", attachment=attachment)


def _done(request: HttpRequest, attachment: UUID, filled: dict[str, str]) -> str:
    by, language = request.user, reader_language()
    act = request.POST.get("goer", "")
    if act in ("ja", "nej"):
        doors.answer(by=by, attachment=attachment, yes=act == "ja", language=language)
        return _("Borgerens svar er noteret.")
    if act == "slut":
        doors.leave(by=by, attachment=attachment, language=language)
        return _("Borgeren er ikke tilknyttet indgangen længere og får et brev om det.")
    if act == "aftale":
        at = _moment(filled["dag"], filled["tid"])
        where = number(filled["sted"]) or None
        said = {"at": at, "sides": filled["hvem"], "outreach": where}
        doors.expect(by=by, attachment=attachment, language=language, **said)
        return _("Aftalen er noteret. Borgeren kan se den på sin side.")
    raise Http404(act)


def _moment(day: str, at: str) -> datetime:
    """The moment somebody typed as a day and a time of day. Refused where either is none."""
    on, clock = day_typed(day), time_typed(at)
    if on is None or clock is None:
        raise Refused(_("Skriv dagen som 01-12-2026 og klokkeslættet som 10.30."))
    return datetime.combine(on, clock, tzinfo=timezone.get_current_timezone())


def time_typed(text: str) -> time | None:
    """A time of day as people write it: 10.30, 10:30 or 10; None where it is none."""
    for form in ("%H:%M", "%H"):
        try:
            return datetime.strptime(text.strip().replace(".", ":"), form).time()
        except ValueError:
            continue
    return None


def _shown(
    request: HttpRequest, attachment: UUID, *, wrong: str = "", filled: dict[str, str] | None = None
) -> HttpResponse:
    view = doors.citizen(by=request.user, attachment=attachment, language=reader_language())
    context: dict[str, Any] = {
        "house": view.house,
        "view": view,
        "tab": "citizens",
        "wrong": wrong,
        "filled": filled or {"hvem": "both"},
        "purposes": purposes.WORDS,
        "purpose": "koordinering",
        "may_look": request.user.may("citizen.look"),
    }
    return render(request, "helhed/entrances/citizen.html", context, status=409 if wrong else 200)
