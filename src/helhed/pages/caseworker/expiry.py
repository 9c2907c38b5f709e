"""The unit's consents that run out within thirty days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.pages import purposes
from helhed.pages.access import needs
from helhed.pages.caseworker.shelves import page_number, turned
from helhed.pages.words import reader_language
from helhed.sharing.asking import staff


@needs("consent.record")
def expiring(request: HttpRequest) -> HttpResponse:
    """The unit's consents that run out within thirty days, the next to go first, fifty a page."""
    number = page_number(request)
    page = staff.expiring(by=request.user, language=reader_language(), page=number)
    context = {"rows": page.rows, "turn": turned(number, page.total), "purpose": purposes.DEFAULT}
    return render(request, "helhed/caseworker/expiring.html", context)
