"""Reorganisations: the days on which units give way to others, what will go along, and the two persons who decide it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from helhed.coordination.handover.reorganisation import actions, calling_off, shown
from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused


@require_GET
@needs("reorganisation.carry")
def index(request: HttpRequest) -> HttpResponse:
    """The days, newest first, and how far each is."""
    days = shown.days_listed(by=request.user, language=reader_language())
    return render(request, "helhed/leader/reorganisations.html", {"days": days})


@needs("reorganisation.carry")
def one(request: HttpRequest, day: str) -> HttpResponse:
    """One day: what happens to each unit and what goes along; proposed, approved, rejected or called off from here."""
    on = _day(day)
    if request.method != "POST":
        return _page(request, on)
    try:
        _do(request, on, request.POST)
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, on, said=request.POST, wrong=str(refused))
    return redirect("reorganisation", day=day)


def _do(request: HttpRequest, on: date, said: QueryDict) -> None:
    doing, reason = said.get("do", ""), said.get("grund", "").strip()
    if doing == "foreslaa":
        otherwise = {name.removeprefix("rest-"): said[name] for name in said if name.startswith("rest-")}
        actions.propose(by=request.user, day=on, otherwise=otherwise, reason=reason)
        messages.success(request, _("Omlægningen er foreslået. En anden skal godkende den."))
        return
    row = shown.proposed_on(by=request.user, day=on)
    if row is None:
        raise Refused(_("Omlægningen er ikke foreslået."))
    if doing == "godkend":
        actions.approve(by=request.user, reorganisation=row)
        messages.success(
            request,
            _("Omlægningen er godkendt. Den gennemføres på dagen, eller om et øjeblik, hvis dagen er gået."),
        )
    elif doing == "afvis":
        actions.reject(by=request.user, reorganisation=row, reason=reason)
        messages.success(request, _("Omlægningen er afvist. Den kan foreslås igen."))
    else:
        _call_off(request, row, doing, reason)


def _call_off(request: HttpRequest, row: UUID, doing: str, reason: str) -> None:
    if doing == "bed-om-at-aflyse":
        calling_off.ask(by=request.user, reorganisation=row, reason=reason)
        messages.success(request, _("Du har bedt om at aflyse. Omlægningen står, til en anden siger ja."))
    elif doing == "aflys":
        calling_off.agree(by=request.user, reorganisation=row)
        messages.success(request, _("Omlægningen er aflyst. Intet flytter. Den kan foreslås igen."))
    elif doing == "behold":
        calling_off.keep(by=request.user, reorganisation=row, reason=reason)
        messages.success(request, _("Omlægningen står ved magt."))


def _page(request: HttpRequest, on: date, **more: Any) -> HttpResponse:
    view = shown.one(by=request.user, day=on, language=reader_language())
    if view is None:
        raise Http404(str(on))
    status = 400 if more.get("wrong") else 200
    said = more.pop("said", None) or QueryDict()
    rest = {unit.old: said.get(f"rest-{unit.old}", unit.otherwise) for unit in view.going}
    going = tuple(replace(unit, otherwise=rest[unit.old]) for unit in view.going)
    context = {
        "view": replace(view, going=going),
        "along": not view.done and (view.state != "carried_out" or view.may_propose),
        "doing": said.get("do", ""),
        "reason": said.get("grund", ""),
        **more,
    }
    return render(request, "helhed/leader/reorganisation.html", context, status=status)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Http404(typed) from None
