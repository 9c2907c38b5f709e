"""Long lists in pages, with the page in the address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest


@dataclass(frozen=True)
class Turned:
    """A page of a list, and the queries of its neighbours (empty where there is none)."""

    page: Page[Any]
    earlier: str
    later: str


def turned(request: HttpRequest, rows: Any, size: int) -> Turned:
    """The page asked for (`?side=2`); the last one where the list has become shorter."""
    pages = Paginator(rows, size)
    try:
        page = pages.page(request.GET.get("side", "1"))
    except PageNotAnInteger:
        page = pages.page(1)
    except EmptyPage:
        page = pages.page(pages.num_pages)
    return Turned(
        page,
        _query(request, page.previous_page_number()) if page.has_previous() else "",
        _query(request, page.next_page_number()) if page.has_next() else "",
    )


def _query(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["side"] = str(number)
    return query.urlencode()
