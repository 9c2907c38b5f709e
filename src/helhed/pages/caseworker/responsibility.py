"""Who has had the responsibility for a citizen, and when: as a picture and as a table, with the hand-overs behind it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.coordination.handover.work import viewing
from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.handovers.ledger_picture import draw
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess


@needs("citizen.look")
@purposed
def responsibility(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """The ledger of one citizen; each showing is a line in the log."""
    try:
        view = viewing.ledger_of(by=request.user, person=person, purpose=purpose, language=reader_language())
        context = person_context(request, person, purpose, name=view.name)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    more = {"ledger": view, "picture": draw(view.spans)}
    return render(request, "helhed/caseworker/responsibility.html", context | more)
