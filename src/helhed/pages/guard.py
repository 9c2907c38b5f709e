"""The last look before an answer leaves: whoever's data were read for it, a decision must stand behind."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.audit.covering import counting

HEADER = "X-Helhed-Decision"
log = logging.getLogger(__name__)


class Decided:
    """An answer for which somebody's data were read, but nothing decided, is held back and an alarm logged; others name the
    decisions they rest on in a header. An answer that only sends elsewhere holds no data."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with counting() as tally:
            response = self.answer(request)
        if tally.uncovered and not 300 <= response.status_code < 400:
            where = request.resolver_match.view_name if request.resolver_match else request.path
            log.critical("held back: %s read %s without a decision", where, ", ".join(sorted(tally.touched)))
            return render(request, "helhed/undecided.html", status=500)
        if tally.decisions:
            response.headers[HEADER] = ", ".join(str(each) for each in dict.fromkeys(tally.decisions))
        return response
