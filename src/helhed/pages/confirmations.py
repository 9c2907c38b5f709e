"""The second person: what a colleague wrote down that a citizen answered, to be agreed or disagreed with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.asking.answers import ConsentView, Refused

MOST_WORDS = 500
SHORTEST_REASON = 10


@needs("consent.confirm")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second person in the unit; one's own notes are not among them."""
    return _page(request)


def _page(
    request: HttpRequest, item: UUID | None = None, *, reason: str = "", missing: str = "", refused: str = ""
) -> HttpResponse:
    items = staff.waiting(by=request.user, language=reader_language())
    context = {
        "consents": [each for each in items if isinstance(each, ConsentView)],
        "mandates": [each for each in items if not isinstance(each, ConsentView)],
        "about": item,
        "reason": reason,
        "missing": missing,
        "refused": refused,
    }
    return render(request, "helhed/confirmations.html", context)


@needs("consent.confirm")
def paper(request: HttpRequest, item: UUID) -> HttpResponse:
    """The signed paper to look at: saved as a file, never shown within a page."""
    try:
        scan = staff.scan(by=request.user, item=item, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(item) from None
    answer = HttpResponse(scan.data, content_type=scan.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=scan.name)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@needs("consent.confirm")
def decide(request: HttpRequest, item: UUID) -> HttpResponse:
    """Agree, or disagree with a reason; what one has written down oneself is refused."""
    agrees = request.POST.get("svar") == "enig"
    reason = request.POST.get("grund", "").strip()[:MOST_WORDS]
    if not agrees and len(reason) < SHORTEST_REASON:
        return _page(
            request,
            item,
            reason=reason,
            missing=_("Skriv, hvorfor du ikke kan bekræfte det, så din kollega ved, hvad der mangler."),
        )
    try:
        staff.confirm(by=request.user, item=item, agrees=agrees, reason=reason, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(item) from None
    except Refused as refused:
        return _page(request, item, reason=reason, refused=str(refused))
    if agrees:
        messages.success(request, _("Bekræftet. Det gælder fra nu og er noteret i loggen."))
    else:
        messages.success(request, _("Ikke bekræftet. Det gælder ikke, og din begrundelse er gemt."))
    return redirect("confirmations")
