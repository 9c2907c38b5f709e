"""How the units of one's administration are reached: the number that stands in letters and on the citizen's pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helhed.coordination.handover.letters import reaching
from helhed.coordination.handover.letters.reaching import Wish
from helhed.coordination.handover.letters.wording import unit_called
from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs("handover.lead")
def contacts(request: HttpRequest) -> HttpResponse:
    """The units, each with its number; posted, what a unit is reached by from now on."""
    try:
        return _said(request) if request.method == "POST" else _page(request)
    except NoAccess as answer:
        return closed(request, answer)


def _said(request: HttpRequest) -> HttpResponse:
    unit, language = request.POST.get("enhed", ""), reader_language()
    wish = Wish(
        phone=request.POST.get("telefon", ""),
        hours_da=request.POST.get("tid", ""),
        hours_en=request.POST.get("tid_en", ""),
        address=request.POST.get("adresse", ""),
    )
    try:
        reaching.say(by=request.user, unit=unit, wish=wish, language=language)
    except LookupError:
        raise Http404(unit) from None
    except Refused as refused:
        return _page(request, unit=unit, typed=wish, wrong=str(refused), status=409)
    name = {"unit": unit_called(unit, language)}
    messages.success(
        request, _("Fra nu af står nummeret til %(unit)s på borgernes sider og i nye breve.") % name
    )
    return redirect("unit-contacts")


def _page(
    request: HttpRequest, *, unit: str = "", typed: Wish | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    rows = reaching.listed(by=request.user, language=reader_language())
    silent = sum(1 for row in rows if not row.own and not row.from_above)
    context = {
        "rows": [(row, typed if row.unit == unit and typed else row.own, row.unit == unit) for row in rows],
        "silent": silent,
        "wrong": wrong,
    }
    return render(request, "helhed/leader/contacts.html", context, status=status)
