"""The steward answers for hand-overs: finds one, sees what it rested on, and has it decided again."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from helhed.coordination.handover.work import accounting, merged
from helhed.coordination.handover.work.account import Account, Listing, Tried
from helhed.pages.access import closed, needs
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

STATES = {
    "over": (
        *("proposed", "assessed", "asked", "consented", "decided", "offered", "refused", "accepted"),
        *("effective", "exempted", "declined", "lapsed", "cancelled"),
    ),
    "back": ("proposed", "decided", "offered", "accepted", "effective", "lapsed", "cancelled"),
}
"""How far a hand-over can be, and a return."""
SHORT = re.compile(r"[0-9a-f]{8}")
"""The beginning of a hand-over's number, as the list shows it."""


@needs("handover.account")
def index(request: HttpRequest) -> HttpResponse:
    """The hand-overs and returns, newest first, narrowed by what is in the address. Nobody is named."""
    number = _side(request)
    way = request.GET.get("vej", "")
    way = way if way in STATES else ""
    state = request.GET.get("stand", "")
    state = state if state in STATES[way or "over"] else ""
    only = accounting.Narrowed(request.GET.get("model", "")[:10], state, way)
    found = accounting.listed(by=request.user, language=reader_language(), only=only, page=number)
    return _page(request, found, number, only=only)


@require_GET
@needs("handover.account")
def merges(request: HttpRequest) -> HttpResponse:
    """The times that two persons with a ledger became one, newest first: what followed. Nobody is named."""
    number = _side(request)
    rows, total = merged.merges(by=request.user, language=reader_language(), page=number)
    pages = -(-total // accounting.PAGE)
    context = {"rows": rows, "total": total, "number": number, "pages": pages}
    context |= {"newer": f"side={number - 1}" if number > 1 else ""}
    context |= {"older": f"side={number + 1}" if number < pages else ""}
    return render(request, "helhed/steward/merges.html", context)


def _side(request: HttpRequest) -> int:
    """The page asked for."""
    asked = request.GET.get("side", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


@require_POST
@needs("handover.account")
def find(request: HttpRequest) -> HttpResponse:
    """One hand-over by its number, or a citizen's by the personal number, which is posted: it is never in an address."""
    text = request.POST.get("soeg", "").strip()[:60]
    chain = _uuid(text)
    if SHORT.fullmatch(text.lower()):
        chain = accounting.begun_with(by=request.user, text=text.lower())
    if chain is not None:
        return redirect("account", chain=chain)
    found = accounting.of_citizen(by=request.user, number=text, language=reader_language())
    if found is None:
        whole = accounting.listed(by=request.user, language=reader_language())
        wrong = _(
            "Ingen overdragelse har det nummer. Skriv et helt personnummer eller overdragelsens nummer."
        )
        return _page(request, whole, 1, text=text, wrong=wrong)
    name, rows = found
    return _page(request, rows, 1, name=name)


@needs("handover.account")
def account(request: HttpRequest, chain: UUID) -> HttpResponse:
    """Who decided what, on which facts, known when, under which rule, ground and consent."""
    return _account(request, chain, again=False)


@require_POST
@needs("handover.account")
def again(request: HttpRequest, chain: UUID) -> HttpResponse:
    """The same page with the hand-over decided again."""
    return _account(request, chain, again=True)


@require_POST
@needs("handover.account")
def whole(request: HttpRequest, chain: UUID) -> HttpResponse:
    """The same page with every fact the rules looked at; it takes a reason, and the citizen can see that it was done."""
    reason = request.POST.get("grund", "")[: 2 * accounting.LONGEST]
    try:
        told = accounting.whole(by=request.user, chain=chain, reason=reason, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(chain) from None
    except Refused as refused:
        return _account(request, chain, again=False, reason=reason, missing=str(refused))
    return _shown(request, told)


def _account(request: HttpRequest, chain: UUID, *, again: bool, **more: str) -> HttpResponse:
    language = reader_language()
    try:
        told = accounting.account(by=request.user, chain=chain, language=language)
        tried = accounting.tried(by=request.user, chain=chain, language=language) if again else ()
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(chain) from None
    return _shown(request, told, tried, **more)


def _shown(request: HttpRequest, told: Account, tried: tuple[Tried, ...] = (), **more: str) -> HttpResponse:
    context = {"account": told, "tried": tried, "wrong": [each for each in tried if not each.holds]}
    context |= {"longest": accounting.LONGEST} | more
    status = 400 if "missing" in more else 200
    return render(request, "helhed/steward/account.html", context, status=status)


def _page(request: HttpRequest, found: Listing, number: int, **more: object) -> HttpResponse:
    pages = max(1, -(-found.total // accounting.PAGE)) if "name" not in more else 1
    only = more.get("only")
    way = only.direction if isinstance(only, accounting.Narrowed) and only.direction else "over"
    context = {
        "found": found,
        "states": accounting.states(STATES[way], reader_language(), way),
        "number": number,
        "pages": pages,
        "newer": _query(request, number - 1) if number > 1 else "",
        "older": _query(request, number + 1) if number < pages else "",
    }
    status = 400 if more.get("wrong") else 200
    return render(request, "helhed/steward/accounts.html", context | more, status=status)


def _query(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["side"] = str(number)
    return query.urlencode()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
