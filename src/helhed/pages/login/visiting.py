"""One's own log-ins: where one is logged in now, and the way to end what one does not know."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helhed.accounts import visits
from helhed.accounts.actions import end_other_visits, end_visit
from helhed.accounts.models import Visit
from helhed.pages.missing import Missing

FRESH = timedelta(minutes=10)
"""Whoever ends log-ins has proved who they are within this time: a machine left open is not enough."""
ALL_OTHERS = "andre"


def own(request: HttpRequest) -> HttpResponse:
    """Every log-in of one's own that lasts, this one marked; posted: end one, or all others."""
    rows = list(visits.of(request.user))
    here = next((row for row in rows if row.session_key == request.session.session_key), None)
    fresh = here is not None and timezone.now() - here.began_at < FRESH
    if request.method == "POST" and fresh:
        return _ended(request, here, request.POST.get("luk", ""))
    context = {
        "rows": [{"visit": row, "here": row == here, "words": browser_words(row)} for row in rows],
        "others": [row for row in rows if row != here],
        "fresh": fresh,
        "minutes": FRESH.seconds // 60,
    }
    return render(
        request, "helhed/login/visits.html", context, status=403 if request.method == "POST" else 200
    )


def browser_words(visit: Visit) -> str:
    """The browser and the machine in plain words."""
    told = {
        "browser": visit.browser or _("En anden browser"),
        "system": visit.system or _("en anden maskine"),
    }
    return _("%(browser)s på %(system)s") % told


def _ended(request: HttpRequest, here: Visit, which: str) -> HttpResponse:
    if which == ALL_OTHERS:
        number = end_other_visits(by=request.user, kept=here.session_key)
    else:
        try:
            visit = UUID(which)
        except ValueError:
            raise Http404 from None
        try:
            number = end_visit(by=request.user, visit=visit, kept=here.session_key)
        except Visit.DoesNotExist:
            raise Missing(visit, "log-in") from None
    told = ngettext("%(number)d log-ind er lukket.", "%(number)d log-ind er lukket.", number)
    messages.success(request, told % {"number": number})
    return redirect("visits")
