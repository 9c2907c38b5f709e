"""The list of joint entrances, one entrance, and its numbers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.coordination.handover.entrances import numbers as counted
from helhed.coordination.handover.entrances import reception
from helhed.pages.access import needs
from helhed.pages.entrances.entering import answering
from helhed.pages.words import reader_language


@needs("entrance.receive", "entrance.keep")
def index(request: HttpRequest) -> HttpResponse:
    """The entrances of the viewer: those kept, and those the unit receives at."""
    rows = reception.houses(by=request.user, language=reader_language())
    context = {"rows": rows, "keeps": request.user.may("entrance.keep"), "today": timezone.localdate()}
    return render(request, "helhed/entrances/index.html", context)


@needs("entrance.receive", "entrance.keep")
@answering
def house(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """One entrance: where and when it is open, who is there, and where it comes out."""
    view = reception.house(by=request.user, entrance=entrance, language=reader_language())
    return render(request, "helhed/entrances/house.html", {"house": view, "tab": "house"})


@needs("entrance.keep")
@answering
def numbers(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """How the entrance is used: visits, and visits saved, month by month."""
    view = counted.numbers(by=request.user, entrance=entrance, language=reader_language())
    return render(
        request, "helhed/entrances/numbers.html", {"house": view.house, "view": view, "tab": "numbers"}
    )
