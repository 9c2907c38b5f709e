"""On paper across the counter, for who has no log-in: a letter, and who has the case now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helhed.coordination.handover.letters import counter
from helhed.coordination.handover.work import on_paper
from helhed.pages.access import needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.consents import pdf
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess

LANGUAGES = ("da", "en")
READING = ("GET", "HEAD", "POST")
"""What a page of a citizen's takes: posted, it is the purpose that is said first."""


@require_http_methods(READING)
@needs("letter.print")
@purposed
def letter(request: HttpRequest, person: UUID, purpose: str, letter: UUID) -> HttpResponse:
    """One of the citizen's letters as a file, in either language."""
    said = {"person": person, "letter": letter, "purpose": purpose, "language": _language(request)}
    try:
        content = counter.printed(by=request.user, **said)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    except LookupError:
        raise Missing(letter) from None
    return pdf(content, f"brev-{str(letter)[:8]}.pdf")


@require_POST
@needs("letter.print")
@purposed
def given(request: HttpRequest, person: UUID, purpose: str, letter: UUID) -> HttpResponse:
    """The citizen has been given a letter on paper: it need not be sent as well."""
    try:
        new = counter.handed(by=request.user, person=person, letter=letter, purpose=purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    except LookupError:
        raise Missing(letter) from None
    if new:
        messages.success(request, _("Det er noteret, at borgeren har fået brevet på papir."))
    else:
        messages.warning(request, _("Brevet er allerede noteret som sendt eller givet på papir."))
    return redirect("citizen-letters", person=person)


@require_http_methods(READING)
@needs("letter.print")
@purposed
def status(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """Who has the case, as the citizen reads it on the own page, as a file."""
    try:
        content = on_paper.status(
            by=request.user, person=person, purpose=purpose, language=_language(request)
        )
    except NoAccess as answer:
        return closed_person(request, answer, person)
    return pdf(content, "hvem-har-sagen.pdf")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("sprog", "")
    return asked if asked in LANGUAGES else reader_language()
