"""Staff and their appointments: who has access in which role and unit, with which limits, from when to when."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.accounts.models import Appointment
from helhed.accounts.questions import staff
from helhed.audit.actions import note
from helhed.pages.access import needs
from helhed.pages.words import last_day, reader_language, role_name, unit_name

STATES: dict[str, Promise] = {
    "now": _("har adgang"),
    "later": _("begynder senere"),
    "over": _("har ikke adgang mere"),
}


@dataclass(frozen=True)
class Line:
    """One appointment in the reader's language."""

    row: Appointment
    role: str
    unit: str
    until: str
    void: bool


@needs("audit.see")
def index(request: HttpRequest) -> HttpResponse:
    """Everyone ever appointed, those with access first; the whole history of each."""
    language = reader_language()
    people = [
        {
            "user": each.user,
            "state": each.state,
            "words": STATES[each.state],
            "lines": [_line(row, language) for row in each.rows],
        }
        for each in staff()
    ]
    note(by=request.user, action="see-staff", object=f"{len(people)} logins")
    count = sum(each["state"] == "now" for each in people)
    return render(request, "helhed/steward/staff.html", {"people": people, "count": count})


def _line(row: Appointment, language: str) -> Line:
    void = row.valid_to == row.valid_from
    until = "–" if void else last_day(row.valid_to)
    return Line(row, role_name(row.role, language), unit_name(row.unit, language), until, void)
