"""Mine breve: what the municipality has written, each letter on a page of its own and as a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from helhed.coordination.handover.letters import doors
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.missing import Missing

SEE = "see"
"""The part of a mandate that lets somebody read the citizen's letters."""
LEADS: dict[str, tuple[str, Promise]] = {
    "consent-question": ("consents", _("Læs og svar")),
    "question-waits": ("consents", _("Læs og svar")),
    "decision": ("handover", _("Se, hvor langt det er")),
    "moved": ("handover", _("Se, hvem der har din sag")),
    "delayed": ("handover", _("Se, hvor langt det er")),
    "returning": ("handover", _("Se, hvor langt det er")),
    "returned": ("handover", _("Se, hvem der har din sag")),
    "sanction-hearing": ("sanctions", _("Læs og svar")),
    "sanction-effected": ("sanctions", _("Se, hvad der er trukket, eller klag")),
    "sanction-reversed": ("sanctions", _("Se, hvad du får tilbage")),
    "sanction-repaid": ("sanctions", _("Se, hvad du får tilbage")),
    "complaint-received": ("sanctions", _("Se, hvor langt klagen er")),
    "complaint-sent": ("sanctions", _("Se, hvor langt klagen er")),
    "complaint-ended": ("sanctions", _("Se, hvor langt klagen er")),
    "acted-for": ("sanctions", _("Se det hele")),
    "entrance-invited": ("entrance", _("Svar ja eller nej")),
    "entrance-welcome": ("entrance", _("Se stedet og tiderne")),
}
"""Where a letter leads on to: the page, and what one does there."""


@require_GET
@own_or_for(SEE)
def letters(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All letters, the newest first; those nobody has opened are marked."""
    return page(request, "letters", reader, letters=doors.letters(**reader.asking))


@require_GET
@own_or_for(SEE)
def letter(request: HttpRequest, reader: Reader, letter: UUID) -> HttpResponse:
    """One letter; opened it is read."""
    try:
        view = doors.letter(**reader.asking, letter=letter)
    except LookupError:
        raise Missing(letter) from None
    place, label = LEADS.get(view.kind, ("", ""))
    return page(
        request, "letter", reader, letter=view, onward=reader.address(place) if place else "", label=label
    )


@require_GET
@own_or_for(SEE)
def letter_pdf(request: HttpRequest, reader: Reader, letter: UUID) -> HttpResponse:
    """The same as a file to keep or print."""
    try:
        content = doors.letter_pdf(**reader.asking, letter=letter)
    except LookupError:
        raise Missing(letter) from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="brev-{letter}.pdf"'
    return answer
