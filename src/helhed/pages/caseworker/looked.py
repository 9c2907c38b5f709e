"""Who has looked: the citizen's own log, printed for a citizen who cannot see it on the own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.looks import by_day
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff


@needs("consent.record")
@purposed
def looked(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """The lines as the citizen reads them, ready for the printer. That they were fetched is a line itself."""
    try:
        lines = staff.who_looked(by=request.user, person=person, purpose=purpose, language=reader_language())
        context = person_context(request, person, purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    more = {"days": by_day(lines), "total": len(lines), "now": timezone.localtime()}
    return render(request, "helhed/caseworker/looked.html", context | more)
