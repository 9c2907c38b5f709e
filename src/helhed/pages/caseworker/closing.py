"""The page for a citizen one may not meet: why not, and the ways there are – the unit, the citizen, and the emergency."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from helhed.pages.missing import not_let_in
from helhed.sharing.answers import NoAccess


def closed_person(request: HttpRequest, answer: NoAccess, person: UUID) -> HttpResponse:
    """403 with the reason; where there is a citizen the ways are named, each with what it takes. The try is logged."""
    not_let_in(request)
    opens = reverse("emergency", args=[person]) if request.user.may("emergency.open") else ""
    context = {"answer": answer, "person_key": person, "ways": answer.exists, "emergency": opens}
    return render(request, "helhed/caseworker/closed.html", context, status=403)
