"""The unit's citizens with open cases: fifty a page, with the state of their consent."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing.access import listing
from helhed.sharing.answers import NoAccess

PAGE = 50


@dataclass(frozen=True)
class Turn:
    """Where in a long list one is; `before` and `after` are page numbers, 0 where there is none."""

    number: int
    all: int
    before: int
    after: int


@needs("citizen.find")
def unit_citizens(request: HttpRequest) -> HttpResponse:
    """The citizens with an open case in the unit, fifty a page; each name shown is a line in the log.

    A name to look for is posted: it is never in an address.
    """
    text = request.POST.get("tekst", "").strip()[:100]
    asked = request.POST.get("side") or request.GET.get("side", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    purpose = request.POST.get("formaal") or request.GET.get("formaal", "")
    purpose = purpose if purpose in purposes.WORDS else purposes.DEFAULT
    try:
        page = listing.cases(
            by=request.user, purpose=purpose, language=reader_language(), text=text, page=number
        )
    except NoAccess as answer:
        return closed(request, answer)
    pages = max(1, -(-page.total // PAGE))
    turn = Turn(number, pages, number - 1 if number > 1 else 0, number + 1 if number < pages else 0)
    context = {
        "rows": page.rows,
        "total": page.total,
        "turn": turn,
        "text": text,
        "purpose": purpose,
        "purposes": purposes.WORDS,
        "first": (number - 1) * PAGE + 1,
    }
    return render(request, "helhed/caseworker/unit_citizens.html", context)
