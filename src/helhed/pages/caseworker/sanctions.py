"""Sanktioner: the unit's list, a citizen's sanctions, one of them as a line of states, and a draft being written."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.coordination.handover.sanctions import doing, staff
from helhed.coordination.handover.sanctions.answers import View
from helhed.coordination.handover.sanctions.doing import Asking
from helhed.coordination.handover.sanctions.wishes import Wish
from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.caseworker.sanction_acts import ACTS, AFTER_ANSWER, BOARD, NEXT, OF_COMPLAINT, Act
from helhed.pages.caseworker.shelves import Shelves, shelf
from helhed.pages.dates import day_typed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

SHELVES: Shelves = {
    "venter-paa-os": ("yours", gettext_lazy("Venter på os")),
    "over-fristen": ("overdue", gettext_lazy("Over fristen")),
    "undervejs": ("theirs", gettext_lazy("Undervejs hos andre")),
    "afsluttede": ("ended", gettext_lazy("Afsluttede")),
}


@needs("sanction.work")
def unit_sanctions(request: HttpRequest) -> HttpResponse:
    """The unit's sanctions, fifty a page; each name shown is a line in the log."""
    return shelf(request, SHELVES, staff.listed, "helhed/sanctions/unit.html")


@needs("sanction.work")
@purposed
def citizen_sanctions(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """A citizen's sanctions, as far as the viewer's side may see them."""
    try:
        found = staff.of_person(by=request.user, person=person, purpose=purpose, language=reader_language())
    except NoAccess as answer:
        return closed_person(request, answer, person)
    context = person_context(request, person, purpose, name=found.name) | {"found": found}
    return render(request, "helhed/sanctions/citizen.html", context)


@needs("sanction.work")
@purposed
def draft(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """A new draft: what happened, when, on which ground, what the citizen is told, and the unit's own assessment."""
    asking = Asking(request.user, purpose, reader_language())
    try:
        found = staff.of_person(by=request.user, person=person, purpose=purpose, language=asking.language)
        if not found.grounds:
            messages.warning(
                request, _("Kun den enhed, der har sagsbehandleransvaret, kan skrive et udkast.")
            )
            return redirect("citizen-sanctions", person=person)
        wrong, made = _tried(request, lambda wish: doing.draft(asking, person=person, wish=wish))
        context = person_context(request, person, purpose, name=found.name)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    if made is not None:
        messages.success(request, _("Udkastet er gemt. Ingen andre end jeres enhed ser det."))
        return redirect("citizen-sanction", person=person, sanction=made)
    return _form(request, context, found.grounds, wrong, request.POST)


@needs("sanction.work")
@purposed
def sanction(request: HttpRequest, person: UUID, purpose: str, sanction: UUID) -> HttpResponse:
    """One sanction: where it is, what is missing now, what this side can do, and every step."""
    try:
        view = _one(request, person, purpose, sanction)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    acts = [act for act in ACTS.values() if act.key in view.acts]
    now, complaint = [], []
    for act in acts:
        (complaint if act.key in OF_COMPLAINT else now).append(act)
    context = person_context(request, person, purpose, name=view.name)
    context |= {"view": view, "first": _first(now), "others": _others(now)}
    expected = NEXT.get(view.complaints[0].state, "") if view.complaints else ""
    complaint.sort(key=lambda act: act.key != expected)
    context |= {"complaint_first": _first(complaint), "complaint_others": _others(complaint)}
    return render(request, "helhed/sanctions/one.html", context)


def _first(acts: list[Act]) -> Act | None:
    return next((act for act in acts if act.first), None)


def _others(acts: list[Act]) -> list[Act]:
    first = _first(acts)
    return [act for act in acts if act is not first]


@needs("sanction.work")
@purposed
def revise(request: HttpRequest, person: UUID, purpose: str, sanction: UUID) -> HttpResponse:
    """A draft written anew."""
    asking = Asking(request.user, purpose, reader_language())
    try:
        view = _one(request, person, purpose, sanction)
        if "revise" not in view.acts:
            messages.warning(
                request, _("Sanktionen er besluttet. Det, der er besluttet, kan ikke skrives om.")
            )
            return redirect("citizen-sanction", person=person, sanction=sanction)
        wrong, made = _tried(request, lambda wish: doing.revise(asking, sanction=sanction, wish=wish))
        found = staff.of_person(by=request.user, person=person, purpose=purpose, language=asking.language)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    if made is not None:
        messages.success(request, _("Udkastet er gemt."))
        return redirect("citizen-sanction", person=person, sanction=made)
    context = person_context(request, person, purpose, name=view.name) | {"view": view}
    return _form(request, context, found.grounds, wrong, request.POST or _kept(view))


def _tried(request: HttpRequest, do: Callable[[Wish], UUID]) -> tuple[dict[str, str], UUID | None]:
    """Do what was typed, where a form was sent: what is wrong by field, or the draft it became."""
    if request.method != "POST":
        return {}, None
    wrong, wish = _wish(request)
    if wish is None:
        return wrong, None
    try:
        return {}, do(wish)
    except Refused as refused:
        return {"alt": str(refused)}, None


def _form(
    request: HttpRequest,
    context: dict[str, Any],
    grounds: tuple[tuple[str, str], ...],
    wrong: dict[str, str],
    typed: Mapping[str, str],
) -> HttpResponse:
    context |= {"grounds": grounds, "wrong": wrong, "typed": typed, "today": timezone.localdate()}
    return render(request, "helhed/sanctions/draft.html", context, status=400 if wrong else 200)


@needs("sanction.work")
@purposed
def act(request: HttpRequest, person: UUID, purpose: str, sanction: UUID, slug: str) -> HttpResponse:
    """One act: what will happen, to whom, on which ground, before it is done; the receipt after."""
    doing_it = ACTS.get(slug)
    if doing_it is None:
        raise Http404(slug)
    try:
        view = _one(request, person, purpose, sanction)
        if doing_it.key not in view.acts:
            messages.warning(request, _("Det kan ikke gøres nu. Her er, hvordan sanktionen står."))
            return redirect("citizen-sanction", person=person, sanction=sanction)
        wrong: dict[str, str] = {}
        if request.method == "POST":
            asking = Asking(request.user, purpose, reader_language())
            wrong = doing_it.done(asking, sanction, request.POST)
            if not wrong:
                messages.success(request, str(doing_it.receipt))
                return redirect("citizen-sanction", person=person, sanction=sanction)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    context = person_context(request, person, purpose, name=view.name)
    context |= {
        "view": view,
        "act": doing_it,
        "wrong": wrong,
        "typed": request.POST,
        "today": timezone.localdate(),
    }
    context |= {"wrong_amount": wrong.get("hvor-meget"), "typed_amount": request.POST.get("hvor-meget", "")}
    context["can_part"] = (
        "agree-in-part" in view.acts if doing_it.key == "agree" else view.state != "reversed"
    )
    context["said"], context["said_title"] = _said(view, doing_it.key)
    context["board"] = [(key, label) for key, (_answer, _whole, label) in BOARD.items()]
    return render(request, "helhed/sanctions/act.html", context, status=400 if wrong else 200)


def _said(view: View, act: str) -> tuple[str, str]:
    """What the citizen said that the act answers, and the headline over it; "" where there is nothing, or it is not for the reader."""
    if act in OF_COMPLAINT and view.complaints:
        return view.complaints[0].words, _("Det skrev borgeren i klagen")
    if act in AFTER_ANSWER:
        return view.answer, _("Det svarede borgeren")
    return "", ""


def _one(request: HttpRequest, person: UUID, purpose: str, sanction: UUID) -> View:
    """The sanction, or 404 where the viewer's side knows none by this key of this citizen, who is decided about first."""
    asked = {"by": request.user, "purpose": purpose, "language": reader_language()}
    try:
        return staff.one(person=person, sanction=sanction, **asked)
    except LookupError:
        raise Missing(sanction) from None


def _wish(request: HttpRequest) -> tuple[dict[str, str], Wish | None]:
    """What was typed; what is wrong by field, and the wish where nothing is."""
    first, last = day_typed(request.POST.get("fra", "")), day_typed(request.POST.get("til", ""))
    wrong = {}
    if first is None:
        wrong["fra"] = _("Skriv dagen som 01-06-2026.")
    if request.POST.get("til", "").strip() and last is None:
        wrong["til"] = _("Skriv dagen som 01-06-2026.")
    if first is None or wrong:
        return wrong, None
    texts = {name: request.POST.get(field, "") for name, field in _TEXTS.items()}
    return {}, Wish(from_day=first, to_day=last or first, **texts)


def _kept(view: View) -> Mapping[str, str]:
    days = {"fra": view.from_day.isoformat(), "til": view.to_day.isoformat()}
    return days | {field: getattr(view, name) for name, field in _TEXTS.items()}


_TEXTS = {"ground": "bestemmelse", "reason": "begrundelse", "assessment": "vurdering"}
