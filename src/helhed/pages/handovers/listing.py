"""The unit's work list of hand-overs: shelves, filters that stand in the address, and fifty rows that can be chosen."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.work import lists
from helhed.coordination.handover.work.answers import Page
from helhed.coordination.handover.work.selecting import Wish
from helhed.pages.access import closed, needs
from helhed.pages.handovers.acts import FOR_MANY, Act
from helhed.pages.handovers.shelves import SHELVES, WAITS, Shelf, shelf_of
from helhed.pages.sorting import Column, headers
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess

LONGEST = 100
SORTS = {"navn": "name", "model": "model", "siden": "since", "frist": "due"}


def _itself(row: Any) -> Any:
    return row


COLUMNS = (
    Column("navn", _("Borger"), _itself),
    Column("model", _("Model"), _itself),
    Column("vej", _("Til eller fra")),
    Column("staar", _("Hvor langt er den?")),
    Column("siden", _("Siden"), _itself),
    Column("frist", _("Frist"), _itself),
)


@dataclass(frozen=True)
class Tab:
    """A shelf as it stands in the tabs: how many lie on it, and the query that leads there."""

    shelf: Shelf
    number: int
    query: str
    current: bool


@dataclass(frozen=True)
class Pick:
    """One of the things a shelf's chains wait for: what it is called, how many, the query that shows those alone."""

    label: Promise | str
    number: int
    query: str
    current: bool


@dataclass(frozen=True)
class Turn:
    """Where in a long list one is, with the queries of the neighbours ("" where there is none)."""

    number: int
    all: int
    first: int
    before: str
    after: str


@needs("handover.work", "handover.lead")
def index(request: HttpRequest) -> HttpResponse:
    """A shelf of the unit's hand-overs. A name to look for is posted: it is never in an address."""
    text = request.POST.get("tekst", "").strip()[:LONGEST]
    shelf, number = shelf_of(request.GET.get("hylde", "")), _page_asked(request)
    try:
        page = lists.listed(
            by=request.user, language=reader_language(), wish=_wish(request, shelf), text=text, page=number
        )
    except NoAccess as answer:
        return closed(request, answer)
    if number > 1 and page.total and not page.rows and not text:
        last = -(-page.total // lists.PAGE)
        return redirect(f"{reverse('handovers')}?{_with(request.GET, side=str(last))}")
    leads = request.user.may("handover.lead")
    doings = _doings(page, leads)
    context = {
        "shelf": shelf,
        "tabs": _tabs(request.GET, page, shelf),
        "page": page,
        "leads": leads,
        "rows": page.rows,
        "text": text,
        "model": request.GET.get("model", ""),
        "ours": "vores" in request.GET,
        "headers": headers(request, COLUMNS[:-1] if shelf.key == "running" else COLUMNS),
        "turn": _turn(request.GET, page, number),
        "query": request.GET.urlencode(),
        "chosen_all": "alle" in request.GET,
        "all_query": _with(request.GET, alle="1"),
        "none_query": _with(request.GET, alle=None),
        "doings": doings,
        "for_many": {act.code for act in doings},
        "picks": _picks(request.GET, page),
        "waits": request.GET.get("venter", "") if request.GET.get("venter", "") in WAITS else "",
    }
    return render(request, "helhed/handover/list.html", context)


def _wish(request: HttpRequest, shelf: Shelf) -> Wish:
    asked = request.GET.get("sorter", "")
    falling = asked.startswith("-")
    sort = SORTS.get(asked.removeprefix("-"), "")
    waits = WAITS.get(request.GET.get("venter", ""), ("",))[0]
    wish = Wish(shelf.key, request.GET.get("model", "")[:10], "vores" in request.GET, waits=waits)
    return replace(wish, sort=f"-{sort}" if sort and falling else sort)


def _page_asked(request: HttpRequest) -> int:
    asked = request.POST.get("side") or request.GET.get("side", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def _tabs(asked: QueryDict, page: Page, current: Shelf) -> list[Tab]:
    kept = {"model": asked.get("model")} if asked.get("model") else {}
    return [
        Tab(shelf, page.counts.get(shelf.key, 0), _query({"hylde": shelf.slug, **kept}), shelf is current)
        for shelf in SHELVES
    ]


def _picks(asked: QueryDict, page: Page) -> list[Pick]:
    """What the chains of the shelf wait for; nothing to pick where all wait for the same."""
    chosen = asked.get("venter", "")
    found = [
        Pick(label, page.waits[code], _with(asked, venter=slug, side=None), slug == chosen)
        for slug, (code, label) in WAITS.items()
        if page.waits.get(code) or (page.waits and slug == chosen)
    ]
    if len(found) < 2 and chosen not in WAITS:
        return []
    whole = Pick(
        now("Alt"), sum(page.waits.values()), _with(asked, venter=None, side=None), chosen not in WAITS
    )
    return [whole, *found]


def _doings(page: Page, leads: bool) -> list[Act]:
    """What can be done to several of the rows at once."""
    can = {code for row in page.rows if row.name or leads for code in row.acts}
    return [act for act in FOR_MANY if act.code in can]


def _turn(asked: QueryDict, page: Page, number: int) -> Turn:
    pages = max(1, -(-page.total // lists.PAGE))
    before = _with(asked, side=str(number - 1)) if number > 1 else ""
    after = _with(asked, side=str(number + 1)) if number < pages else ""
    return Turn(number, pages, (number - 1) * lists.PAGE + 1, before, after)


def _query(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()


def _with(asked: QueryDict, **changes: str | None) -> str:
    query = asked.copy()
    query.pop("alle", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()
