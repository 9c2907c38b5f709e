"""The unit's citizens with open cases: fifty a page, with the state of their consent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.caseworker.shelves import PAGE, page_number, turned
from helhed.pages.words import reader_language
from helhed.sharing.access import listing
from helhed.sharing.answers import NoAccess


@needs("citizen.find")
def unit_citizens(request: HttpRequest) -> HttpResponse:
    """The citizens with an open case in the unit, fifty a page; each name shown is a line in the log.

    A name to look for is posted: it is never in an address.
    """
    text = request.POST.get("tekst", "").strip()[:100]
    number = page_number(request)
    purpose = request.POST.get("formaal") or request.GET.get("formaal", "")
    purpose = purpose if purpose in purposes.WORDS else purposes.DEFAULT
    try:
        page = listing.cases(
            by=request.user, purpose=purpose, language=reader_language(), text=text, page=number
        )
    except NoAccess as answer:
        return closed(request, answer)
    context = {
        "rows": page.rows,
        "total": page.total,
        "turn": turned(number, page.total),
        "text": text,
        "purpose": purpose,
        "purposes": purposes.WORDS,
        "first": (number - 1) * PAGE + 1,
    }
    return render(request, "helhed/caseworker/unit_citizens.html", context)
