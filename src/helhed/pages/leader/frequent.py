"""How often citizens are moved back and forth, by model; no person, and small numbers hidden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.coordination.handover.work import frequent
from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess


@needs("handover.lead")
def index(request: HttpRequest) -> HttpResponse:
    """The counts of moves over and back, and the causes of the way back."""
    try:
        lines = frequent.counts(by=request.user, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    return render(request, "helhed/leader/frequent.html", {"lines": lines, "within": frequent.WITHIN})
