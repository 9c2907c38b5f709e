"""Asking a citizen for consent: what it is for, what it covers, and the exact text the citizen will see before it is sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.kinds import KINDS
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.caseworker.wish import LONGEST_CASE, OTHER, Wish, first_wish, typed_wish
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.asking.answers import Refused


@needs("consent.record")
@purposed
def choose(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """What the consent is for. The two kinds stand apart, for they are two different things."""
    try:
        context = person_context(request, person, purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    offered = staff.templates(by=request.user, language=reader_language())
    kinds = [(kind, [template for template in offered if template.kind == kind.key]) for kind in KINDS]
    more = {"kinds": kinds, "kept": request.GET.urlencode()}
    return render(request, "helhed/caseworker/consent/choose.html", context | more)


@needs("consent.record")
@purposed
def ask(request: HttpRequest, person: UUID, purpose: str, template: str) -> HttpResponse:
    """The form; then the text as the citizen will see it; then the question is sent."""
    offered = {each.key: each for each in staff.templates(by=request.user, language=reader_language())}
    if template not in offered:
        raise Http404(template)
    try:
        context = person_context(request, person, purpose)
        if request.method != "POST":
            return _form(request, context, first_wish(offered[template], request.user, request.GET))
        return _answer(request, context, typed_wish(offered[template], request.POST))
    except NoAccess as answer:
        return closed_person(request, answer, person)


def _answer(request: HttpRequest, context: dict[str, Any], wish: Wish) -> HttpResponse:
    doing = request.POST.get("do")
    if wish.wrong or doing not in ("vis", "bed"):
        return _form(request, context, wish)
    person, purpose = context["person_key"], context["purpose"]
    try:
        if doing == "vis":
            notice = staff.preview(by=request.user, person=person, purpose=purpose, **wish.asked())
            more = {"wish": wish, "notice": notice}
            return render(request, "helhed/caseworker/consent/preview.html", context | more)
        made = staff.ask(
            by=request.user, person=person, purpose=purpose, kind=wish.template.kind, **wish.asked()
        )
    except Refused as refused:
        return _form(request, context, wish.with_fault(str(refused)))
    messages.success(
        request, _("Borgeren er spurgt. Borgeren kan svare på sin egen side, eller du kan hjælpe her.")
    )
    return redirect("citizen-consent", person=person, consent=made)


def _form(request: HttpRequest, context: dict[str, Any], wish: Wish) -> HttpResponse:
    own = request.user.administration
    more = {"wish": wish, "longest_case": LONGEST_CASE, "own": own, "other": OTHER.get(own, "")}
    return render(request, "helhed/caseworker/consent/ask.html", context | more)
