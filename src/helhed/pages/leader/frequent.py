"""How often citizens are moved back and forth, by model, small numbers hidden; and who of the own unit was moved back soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.coordination.handover.work import frequent
from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess


@needs("handover.lead")
def index(request: HttpRequest) -> HttpResponse:
    """The counts of moves over and back, the causes of the way back, and those of the own unit who came back soon."""
    try:
        lines = frequent.counts(by=request.user, language=reader_language())
        soon, closed_to_us = frequent.soon(by=request.user, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    context = {
        "lines": lines,
        "within": frequent.WITHIN,
        "numbers": [(line, list(zip(frequent.WITHIN, line.within, strict=True))) for line in lines],
        "soon": soon,
        "closed_to_us": closed_to_us,
    }
    return render(request, "helhed/leader/frequent.html", context)
