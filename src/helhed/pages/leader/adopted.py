"""Adopted models: which are in use, what can be proposed, and the page where the other administration decides."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from helhed.coordination.handover.adoption import actions, shown
from helhed.coordination.handover.adoption.answers import View
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.entrances import keeping, reception
from helhed.pages.access import closed, needs
from helhed.pages.dates import day_typed
from helhed.pages.leader.proposal import Typed, first_typed, terms_typed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

SHELVES = ("now", "later", "draft", "over", "rejected", "withdrawn")


@require_GET
@needs("model.adopt")
def index(request: HttpRequest) -> HttpResponse:
    """Every adoption: what waits, what is in use, and what is over."""
    lines = shown.listed(by=request.user, language=reader_language())
    waits = [line for line in lines if line.when == "waits"]
    shelves = [(name, [line for line in lines if line.when == name]) for name in SHELVES]
    context = {"waits": waits, "shelves": [(name, rows) for name, rows in shelves if rows]}
    return render(request, "helhed/leader/models.html", context)


@needs("model.adopt")
def propose(request: HttpRequest) -> HttpResponse:
    """First the model, then its terms; the day typed says which law the form shows."""
    asked = request.POST if request.method == "POST" else request.GET
    model = asked.get("model", "")
    if not model:
        choices = shown.choices(by=request.user, language=reader_language())
        return render(request, "helhed/leader/model_choose.html", {"choices": choices})
    if request.method != "POST":
        return _form(request, model, first_typed(model, timezone.localdate()))
    typed = Typed.of(request.POST)
    if request.POST.get("do") == "dag":
        return _form(request, model, typed)
    try:
        made = actions.propose(by=request.user, terms=terms_typed(typed))
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _form(request, model, typed, wrong=str(refused))
    messages.success(request, _("Forslaget er sendt. En leder i den anden forvaltning skal tage stilling."))
    return redirect("adopted-model", adoption=made)


@needs("model.adopt")
def one(request: HttpRequest, adoption: UUID) -> HttpResponse:
    """One adoption; for whoever may, approval, rejection or a stop, with what it means first."""
    if request.method != "POST":
        return _page(request, adoption)
    doing = request.POST.get("do", "")
    reason = request.POST.get("grund", "").strip()
    typed = request.POST.get("fra", "").strip()
    try:
        return _done(request, adoption, doing, reason, typed)
    except AdoptedModel.DoesNotExist:
        raise Missing(adoption) from None
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, adoption, doing=doing, reason=reason, typed=typed, wrong=str(refused))


def _done(request: HttpRequest, adoption: UUID, doing: str, reason: str, typed: str) -> HttpResponse:
    if doing == "godkend":
        actions.approve(by=request.user, adoption=adoption)
        messages.success(request, _approved(_view(request, adoption)))
    elif doing == "afvis":
        actions.reject(by=request.user, adoption=adoption, reason=reason)
        messages.success(request, _("Forslaget er afvist. Den, der foreslog det, kan læse hvorfor."))
    elif doing == "tilbage":
        actions.withdraw(by=request.user, adoption=adoption)
        messages.success(request, _("Forslaget er trukket tilbage."))
    elif doing == "stop":
        day = day_typed(typed)
        if day is None:
            raise Refused(_("Skriv den første dag uden modellen som 01-07-2026."))
        actions.end(by=request.user, adoption=adoption, on=day, reason=reason)
        messages.success(request, _stopped(_view(request, adoption), day))
    return redirect("adopted-model", adoption=adoption)


def _approved(view: View) -> str:
    """What an approval brings, and what comes next."""
    first = {"day": date_format(view.line.valid_from, "DATE_FORMAT")}
    if view.line.mode == "draft":
        return _("Udkastet er godkendt. Ingen borger er berørt.")
    if not view.transfer:
        return _("Modellen er godkendt. Indgangen kan åbne fra %(day)s.") % first
    return (
        _("Modellen er godkendt. Borgerne i målgruppen bliver foreslået til vurdering fra %(day)s.") % first
    )


def _stopped(view: View, day: date) -> str:
    """What a stop brings."""
    words = {"day": date_format(day, "DATE_FORMAT")}
    if view.line.mode == "draft":
        return _("Udkastet er lagt væk.")
    if not view.transfer:
        return _("Modellen stopper %(day)s. Indgangen lukker, og de tilknyttede borgere får brev.") % words
    return _("Modellen stopper %(day)s. De borgere, der er flyttet under den, føres tilbage.") % words


def _view(request: HttpRequest, adoption: UUID) -> View:
    return shown.one(by=request.user, adoption=adoption, language=reader_language())


def _page(request: HttpRequest, adoption: UUID, **more: Any) -> HttpResponse:
    try:
        view = _view(request, adoption)
    except AdoptedModel.DoesNotExist:
        raise Missing(adoption) from None
    status = 400 if more.get("wrong") else 200
    context = {"view": view, "today": timezone.localdate(), **more}
    if not view.transfer:
        context |= _houses(request, adoption)
    return render(request, "helhed/leader/model.html", context, status=status)


def _houses(request: HttpRequest, adoption: UUID) -> dict[str, Any]:
    """The entrances of a joint model, and whether one can be planned."""
    found = reception.houses_of(by=request.user, adoption=adoption, language=reader_language())
    free = request.user.may("entrance.keep") and any(each.id == adoption for each in keeping.free_models())
    return {"houses": found, "may_plan": free}


def _form(request: HttpRequest, model: str, typed: Typed, wrong: str = "") -> HttpResponse:
    on = day_typed(typed.first) or timezone.localdate()
    try:
        wanted = shown.wanted(by=request.user, model=model, on=on, language=reader_language())
    except KeyError:
        raise Http404(model) from None
    context = {"wanted": wanted, "typed": typed, "wrong": wrong}
    return render(request, "helhed/leader/model_propose.html", context, status=400 if wrong else 200)
