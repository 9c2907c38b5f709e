"""Mandates written down for a citizen who cannot give them on the own page: on paper, and revoked on the citizen's word."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.paper import read_paper
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.asking.answers import MandateView, Refused

KINDS: dict[str, Promise] = {
    "relative": gettext_lazy("En pårørende"),
    "representative": gettext_lazy("En partsrepræsentant, for eksempel en advokat eller rådgiver"),
}
SCOPES: dict[str, Promise] = {
    "see": gettext_lazy("Se borgerens side"),
    "log": gettext_lazy("Se, hvem der har set borgerens oplysninger"),
    "consent": gettext_lazy("Sige ja og nej til samtykke på borgerens vegne"),
    "answer": gettext_lazy("Svare og klage på borgerens vegne, når ydelsen bliver sat ned"),
}
DAYS = (30, 90, 180, 365)
LONGEST_NAME = 120


@dataclass(frozen=True)
class Filled:
    """The form of a mandate on paper as it was filled in."""

    holder: str = ""
    kind: str = ""
    scope: tuple[str, ...] = ()
    days: int = DAYS[1]


@needs("consent.record")
@purposed
def mandates(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """Who may act for the citizen, and the form for a mandate signed on paper."""
    filled = _filled(request) if request.method == "POST" else Filled()
    try:
        if request.method == "POST":
            return _recorded(request, person, purpose, filled)
        return _page(request, person, purpose, filled, {})
    except NoAccess as answer:
        return closed_person(request, answer, person)


def _filled(request: HttpRequest) -> Filled:
    days = request.POST.get("dage", "")
    return Filled(
        request.POST.get("hvem", "").strip()[:LONGEST_NAME],
        request.POST.get("slags", "") if request.POST.get("slags") in KINDS else "",
        tuple(key for key in request.POST.getlist("maa") if key in SCOPES),
        int(days) if days.isdecimal() and int(days) in DAYS else DAYS[1],
    )


def _recorded(request: HttpRequest, person: UUID, purpose: str, filled: Filled) -> HttpResponse:
    paper = read_paper(request.FILES.get("papir"))
    wrong = _missing(filled) | ({"papir": paper.fault} if paper.fault else {})
    if wrong:
        return _page(request, person, purpose, filled, wrong)
    try:
        made, code = staff.record_mandate(
            by=request.user,
            person=person,
            purpose=purpose,
            holder_name=filled.holder,
            kind=filled.kind,
            scope=filled.scope,
            days=filled.days,
            file=paper.content,
            name=paper.name,
            language=reader_language(),
        )
    except Refused as refused:
        return _page(request, person, purpose, filled, {"alt": str(refused)})
    context = person_context(request, person, purpose) | {"holder": filled.holder, "code": code, "made": made}
    answer = render(request, "helhed/caseworker/mandate/recorded.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _missing(filled: Filled) -> dict[str, str]:
    wrong = {}
    if not filled.holder:
        wrong["hvem"] = _("Skriv navnet på den, der skal handle for borgeren.")
    if not filled.kind:
        wrong["slags"] = _("Vælg, om det er en pårørende eller en partsrepræsentant.")
    if not filled.scope:
        wrong["maa"] = _("Vælg mindst én ting, som fuldmagten gælder.")
    return wrong


def _page(
    request: HttpRequest, person: UUID, purpose: str, filled: Filled, wrong: dict[str, str]
) -> HttpResponse:
    views = staff.mandates(by=request.user, person=person, purpose=purpose, language=reader_language())
    context: dict[str, Any] = person_context(
        request, person, purpose, name=views[0].person_name if views else ""
    )
    running = [view for view in views if view.state in ("active", "offered")]
    context |= {
        "running": running,
        "ended": [view for view in views if view not in running],
        "filled": filled,
        "wrong": wrong,
        "kinds": KINDS,
        "scopes": SCOPES,
        "lasts": DAYS,
    }
    return render(request, "helhed/caseworker/mandate/all.html", context)


@needs("consent.record")
@purposed
def revoke(request: HttpRequest, person: UUID, purpose: str, mandate: UUID) -> HttpResponse:
    """What revoking means, and then one press: it counts at once."""
    language, wrong = reader_language(), ""
    try:
        views = staff.mandates(by=request.user, person=person, purpose=purpose, language=language)
        shown = _one(views, mandate)
        if request.method == "POST":
            staff.revoke_mandate(by=request.user, mandate=mandate, language=language)
            messages.success(request, _("Fuldmagten er kaldt tilbage og giver ikke adgang mere."))
            return redirect("citizen-mandates", person=person)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    except Refused as refused:
        wrong = str(refused)
    context = person_context(request, person, purpose, name=shown.person_name)
    context |= {"mandate": shown, "wrong": wrong}
    return render(request, "helhed/caseworker/mandate/revoke.html", context)


def _one(views: tuple[MandateView, ...], mandate: UUID) -> MandateView:
    found = next((view for view in views if view.id == mandate), None)
    if found is None:
        raise Missing(mandate)
    return found
