"""A protected address, shown for once to one who has the right to it and says what for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.words import reader_language
from helhed.sharing import contacts
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LONGEST = 200


@needs("address.reveal")
@purposed
def address(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """The reason, and then the address on this page only; it is kept nowhere."""
    reason, shown, wrong = request.POST.get("grund", "").strip()[:LONGEST], None, ""
    try:
        if request.method == "POST":
            try:
                shown = contacts.reveal(
                    by=request.user, person=person, purpose=purpose, reason=reason, language=reader_language()
                )
            except Refused as refused:
                wrong = str(refused)
        context = person_context(request, person, purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    context |= {"shown": shown, "reason": reason, "wrong": wrong, "longest": LONGEST}
    answer = render(request, "helhed/caseworker/address.html", context, status=400 if wrong else 200)
    answer["Cache-Control"] = "no-store"
    return answer
