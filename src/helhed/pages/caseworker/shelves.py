"""A unit's list, fifty a page: which shelf and which page the address asks for, and where in the list one is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from helhed.pages import purposes
from helhed.pages.access import closed
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess

PAGE = 50
Shelves = Mapping[str, tuple[str, Promise]]
"""By the word in the address: what the room calls the shelf, and its label. The first is shown where none is named."""


@dataclass(frozen=True)
class Turn:
    """Where in a long list one is; `before` and `after` are page numbers, 0 where there is none."""

    number: int
    all: int
    before: int
    after: int


def shelf(request: HttpRequest, shelves: Shelves, listed: Callable[..., Any], template: str) -> HttpResponse:
    """The page of one shelf. `listed`: the room's door to it (by, purpose, language, tab, page); answers the page with `total`
    and `counts` by shelf."""
    slug = request.GET.get("hylde", "")
    slug = slug if slug in shelves else next(iter(shelves))
    number = page_number(request)
    try:
        page = listed(
            by=request.user,
            purpose=purposes.DEFAULT,
            language=reader_language(),
            tab=shelves[slug][0],
            page=number,
        )
    except NoAccess as answer:
        return closed(request, answer)
    context = {
        "page": page,
        "slug": slug,
        "shelves": [(key, label, page.counts[tab]) for key, (tab, label) in shelves.items()],
        "turn": turned(number, page.total),
        "purpose": purposes.DEFAULT,
    }
    return render(request, template, context)


def page_number(request: HttpRequest) -> int:
    """The page asked for in the address, or posted; the first where none is."""
    asked = request.POST.get("side") or request.GET.get("side", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def turned(number: int, total: int) -> Turn:
    """Where in a list of so many one is."""
    pages = max(1, -(-total // PAGE))
    return Turn(number, pages, number - 1 if number > 1 else 0, number + 1 if number < pages else 0)
