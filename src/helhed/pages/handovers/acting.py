"""Doing something to one hand-over or to many: what it means first, then the press of a button, then the receipt."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helhed.coordination.handover.chain.gates import QUESTIONS
from helhed.coordination.handover.work import bulk, choices, lists, viewing
from helhed.coordination.handover.work.answers import ChainView, Done
from helhed.pages.access import closed, needs
from helhed.pages.handovers.acts import ACTS, Act, Filled, first_of_next_month
from helhed.pages.handovers.shelves import SHELVES
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LAY_ON = {
    "proposals": ("proposed",),
    "consent": ("assessed", "asked"),
    "decide": ("consented", "decided", "refused"),
    "accept": ("offered", "accepted"),
}
"""The shelves that are worked, and where their hand-overs stand."""


@needs("handover.work", "handover.lead")
def single(request: HttpRequest, chain: UUID, act: str) -> HttpResponse:
    """One act on one chain: its form with what it will mean, and when it is filled in, done."""
    known = _known(act)
    try:
        view = viewing.chain(by=request.user, chain=chain, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(chain) from None
    if known.code not in view.acts:
        messages.warning(request, _("Det kan ikke gøres nu. Her er, hvordan overdragelsen står."))
        return redirect("handover", chain=chain)
    refused = next((step for step in view.history if step.kind == "refused"), None)
    frame = {"view": view, "back": reverse("handover", args=[chain]), "number": 1, "refused": refused}
    if request.method != "POST":
        return _form(request, known, _empty(known), frame)
    filled = known.read(request.user, request.POST)
    if filled.wrong:
        return _form(request, known, filled, frame)
    done = _do(request, known, [chain], filled)
    if done.refused:
        return _form(request, known, Filled(filled.values, {"alt": done.refused[0][1]}), frame)
    messages.success(request, _receipt(request, known, _shelf_of(view)))
    if known.leads:
        return redirect(f"{reverse('handovers')}?hylde={known.leads}")
    return redirect("handover", chain=viewing.back_of(chain) if known.code == "return" else chain)


@needs("handover.work", "handover.lead")
def many(request: HttpRequest, act: str) -> HttpResponse:
    """One act on the chains that were ticked: first whom it is about and what it will mean, then done, then the receipt."""
    known = _known(act)
    kept = QueryDict(request.POST.get("liste", "")).urlencode()
    back = reverse("handovers") + (f"?{kept}" if kept else "")
    if request.method != "POST" or known.many is None:
        return redirect(back)
    chains = _ticked(request.POST)
    if not 0 < len(chains) <= bulk.MOST:
        messages.warning(
            request, _("Vælg mellem én og %(most)s borgere på listen først.") % {"most": bulk.MOST}
        )
        return redirect(back)
    filled = known.read(request.user, request.POST) if request.POST.get("do") == "goer" else _empty(known)
    if request.POST.get("do") == "goer" and not filled.wrong:
        return _done(request, known, _do(request, known, chains, filled), back)
    rows = lists.chosen(by=request.user, language=reader_language(), chains=chains)
    can = [row for row in rows if known.code in row.acts]
    if not can:
        messages.warning(request, _("Ingen af de valgte venter på det. Listen er læst igen."))
        return redirect(back)
    more = {"rows": can, "left_out": len(chains) - len(can), "number": len(can), "back": back, "kept": kept}
    return _form(request, known, filled, more)


def _shelf_of(view: ChainView) -> str:
    """The shelf a chain lay on before it was acted on, where it lay on one that is worked."""
    if view.direction == "back":
        return "returns"
    return next((key for key, states in LAY_ON.items() if view.state in states), "")


def _receipt(request: HttpRequest, act: Act, shelf: str) -> str:
    """What was done to one, and the way to the others of its shelf that wait for the viewer."""
    left = lists.ours(by=request.user).get(shelf, 0)
    if not left:
        return str(act.done)
    slug = next(each.slug for each in SHELVES if each.key == shelf)
    words = ngettext("Gå til den næste, der venter på jer", "Gå til de %(n)s andre, der venter på jer", left)
    return _with_link(act.done, words % {"n": left}, f"hylde={slug}&vores=1")


def _with_link(said: object, words: object, query: str) -> SafeString:
    return format_html('{} <a href="{}?{}">{}</a>', said, reverse("handovers"), query, words)


def _known(slug: str) -> Act:
    if slug not in ACTS:
        raise Http404(slug)
    return ACTS[slug]


def _ticked(posted: QueryDict) -> list[UUID]:
    found = []
    for text in posted.getlist("borger"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _empty(act: Act) -> Filled:
    """The form as it opens: the usual answers are chosen, what is a reason is not."""
    day = first_of_next_month(timezone.localdate())
    return Filled({"said": {}, "typed": f"{day:%d-%m-%Y}", "days": 0, "how": "", "note": "", "reason": ""})


def _do(request: HttpRequest, act: Act, chains: Sequence[UUID], filled: Filled) -> Done:
    try:
        return act.do(by=request.user, chains=chains, values=filled.values, language=reader_language())
    except Refused as refused:
        return Done(0, tuple((chain, str(refused)) for chain in chains))


def _done(request: HttpRequest, act: Act, done: Done, back: str) -> HttpResponse:
    """The receipt: how many, and each reason for which some were refused, with how many."""
    if done.done:
        messages.success(request, _with_link(act.many % {"n": done.done}, *act.then))
    for sentence, number in Counter(sentence for _chain, sentence in done.refused).most_common():
        said = ngettext(
            "%(n)s borger blev ikke taget med: %(why)s", "%(n)s borgere blev ikke taget med: %(why)s", number
        )
        messages.warning(request, said % {"n": number, "why": sentence})
    return redirect(back)


def _of_family(request: HttpRequest, more: dict[str, Any]) -> bool:
    """Whether SOF is asked about a whole family: that of the chain, or of one among those chosen."""
    shown = [more["view"].of_family] if "view" in more else [row.family for row in more["rows"]]
    return request.user.administration == "sof" and any(shown)


def _ways(more: dict[str, Any]) -> set[str]:
    """Which ways the responsibility goes: that of the chain, or those of the ones chosen."""
    return {each.direction for each in ([more["view"]] if "view" in more else more["rows"])}


def _form(request: HttpRequest, act: Act, filled: Filled, more: dict[str, Any]) -> HttpResponse:
    language = reader_language()
    context = {
        "act": act,
        "form": f"helhed/handover/act/{act.code}.html",
        "values": filled.values,
        "wrong": filled.wrong,
        "asked": QUESTIONS.get(request.user.administration, ()) if act.code == "assess" else (),
        "of_family": _of_family(request, more) if act.code in ("assess", "family") else False,
        "reasons": choices.reasons(act.code, language),
        "days": choices.days(language) if act.code == "ask" else (),
        "today": timezone.localdate(),
        "going_back": "back" in _ways(more),
        "going_over": "over" in _ways(more),
        "on_behalf": not request.user.may("handover.work"),
    }
    if act.code == "redirect":
        context["units"] = choices.units_to_redirect_to(by=request.user, language=language)
    status = 400 if filled.wrong else 200
    return render(request, "helhed/handover/act.html", context | more, status=status)
