"""Samples of looks: the list, one sample to judge and to print, drawing, and filing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.oversight.words import NEEDS, line
from helhed.pages.words import reader_language
from helhed.sharing import emergencies, sampling
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LONGEST = 1000


@needs("sample.draw", "sample.judge")
def index(request: HttpRequest) -> HttpResponse:
    """For a leader the samples to judge; for the steward all, who is late, and the verdicts."""
    today = timezone.localdate()
    rows = sampling.samples(by=request.user, language=reader_language())
    steward = request.user.may("sample.draw")
    months = [sampling.last_month(today), today.replace(day=1)]
    context = {
        "open": [row for row in rows if row.filed_at is None],
        "filed": [row for row in rows if row.filed_at],
        "steward": steward,
        "late": sum(row.late for row in rows),
        "no": sum(row.stands.no for row in rows),
        "months": [(month.strftime("%Y-%m"), month, month == months[1]) for month in months],
        "emergencies": emergencies.overview(by=request.user) if steward else None,
    }
    return render(request, "helhed/oversight/samples.html", context)


@require_POST
@needs("sample.draw")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw the samples of last month, or extra ones of the month that runs."""
    today = timezone.localdate()
    months = {month.strftime("%Y-%m"): month for month in (sampling.last_month(today), today.replace(day=1))}
    month: date | None = months.get(request.POST.get("maaned", ""))
    if month is None:
        raise Http404(request.POST.get("maaned", ""))
    drawn = sampling.draw(by=request.user, month=month)
    words = {"n": drawn, "month": date_format(month, "YEAR_MONTH_FORMAT")}
    if drawn:
        said = ngettext(
            "%(n)d stikprøve er udtrukket for %(month)s.",
            "%(n)d stikprøver er udtrukket for %(month)s.",
            drawn,
        )
        messages.success(request, said % words)
    else:
        messages.info(request, _("Der var ikke flere stikprøver at udtrække for %(month)s.") % words)
    return redirect("samples")


@needs("sample.draw", "sample.judge")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One sample: look by look, with the questions; and whether the seed still draws the same looks, where that is asked."""
    return _page(request, number)


@require_POST
@needs("sample.judge")
def judge(request: HttpRequest, number: int, look: int) -> HttpResponse:
    """The leader's answer about one look."""
    said = {name: request.POST.get(name, "")[:LONGEST] for name in ("behov", "sag", "note")}
    try:
        sampling.judge(
            by=request.user, look=look, need=said["behov"], case_ref=said["sag"], words=said["note"]
        )
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, number, {"about": look, "said": said, "wrong": str(refused)})
    return redirect(f"{request.path.partition('/opslag/')[0]}#opslag-{look}")


@require_POST
@needs("sample.judge")
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Close a sample that is judged to the end."""
    try:
        sampling.file(by=request.user, sample=number)
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, number, {"wrong": str(refused)})
    messages.success(request, _("Stikprøven er arkiveret."))
    return redirect("sample", number=number)


def _page(request: HttpRequest, number: int, fault: dict[str, Any] | None = None) -> HttpResponse:
    try:
        view = sampling.sample(by=request.user, sample=number, language=reader_language())
        again = sampling.drawn_again(by=request.user, sample=number) if "efterproev" in request.GET else None
    except NoAccess as answer:
        return closed(request, answer)
    looks = [
        (look, line(look.action, look.purpose, look.ground, look.fields), NEEDS.get(look.need))
        for look in view.looks
    ]
    context = {"view": view, "looks": looks, "needs": NEEDS, "again": again, "longest": LONGEST} | (
        fault or {}
    )
    return render(request, "helhed/oversight/sample.html", context, status=400 if fault else 200)
