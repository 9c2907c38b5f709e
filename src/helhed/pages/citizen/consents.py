"""Mine samtykker: what waits for an answer, what holds, what was; one consent with its answer in one step; the receipt."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.citizen.picture import ways
from helhed.pages.missing import Missing
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import ConsentView, ReceiptRef, Refused

ANSWERS: dict[str, Callable[..., ReceiptRef]] = {
    "ja": own.give,
    "nej": own.refuse,
    "traek-tilbage": own.withdraw,
    "forny": own.renew,
}
KINDS = ("deling", "helhedsorienteret-plan")
GIVE = "consent"
"""The part of a mandate that lets somebody answer for the citizen."""


@require_GET
@own_or_for(GIVE)
def consents(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All consents: those that wait first, then those in force, then the earlier ones."""
    views = own.consents(**reader.asking)
    waiting = [view for view in views if view.state == "requested"]
    holding = [view for view in views if view.state == "given"]
    earlier = [view for view in views if view not in waiting and view not in holding]
    return page(request, "consents", reader, waiting=waiting, holding=holding, earlier=earlier)


@require_http_methods(["GET", "HEAD", "POST"])
@own_or_for(GIVE)
def consent(request: HttpRequest, reader: Reader, consent: UUID) -> HttpResponse:
    """One consent; posted with an answer it answers, and leads to the receipt."""
    view = _theirs(reader, consent)
    if request.method != "POST":
        return _shown(request, reader, view)
    answer = ANSWERS.get(request.POST.get("svar", ""))
    if answer is None:
        return _shown(request, reader, view, status=400)
    try:
        receipt = answer(**reader.asking, consent=consent)
    except Refused as refused:
        return _shown(request, reader, _theirs(reader, consent), refused=str(refused), status=409)
    return redirect(reader.address("consent-receipt", receipt.id))


@require_http_methods(["GET", "HEAD", "POST"])
@own_or_for(GIVE)
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Consent on one's own initiative: which of the two kinds; the chosen one is then read and answered on its own page."""
    refused = ""
    if request.method == "POST" and request.POST.get("slags") in KINDS:
        try:
            begun = own.volunteer(**reader.asking, kind=request.POST["slags"])
        except Refused as answer:
            refused = str(answer)
        else:
            return redirect(reader.address("consent", begun))
    open_ones = [view for view in own.consents(**reader.asking) if view.state in ("requested", "given")]
    waiting = {(view.kind, view.state) for view in open_ones}
    kinds = [
        (kind, [view for view in open_ones if view.kind == kind], (kind, "requested") in waiting)
        for kind in KINDS
    ]
    status = 409 if refused else 200
    return page(request, "consent_new", reader, kinds=kinds, refused=refused, status=status)


@require_GET
@own_or_for(GIVE)
def receipt(request: HttpRequest, reader: Reader, receipt: UUID) -> HttpResponse:
    """The receipt page: what was answered, what happens now, and the receipt to keep."""
    view, given = _receipt(reader, receipt)
    return page(request, "receipt", reader, consent=view, receipt=given)


@require_GET
@own_or_for(GIVE)
def receipt_json(request: HttpRequest, reader: Reader, receipt: UUID) -> HttpResponse:
    """The signed receipt for machines."""
    return _file(reader, receipt, own.receipt_json, "json", "application/json")


@require_GET
@own_or_for(GIVE)
def receipt_pdf(request: HttpRequest, reader: Reader, receipt: UUID) -> HttpResponse:
    """The receipt for people."""
    return _file(reader, receipt, own.receipt_pdf, "pdf", "application/pdf")


def _theirs(reader: Reader, consent: UUID) -> ConsentView:
    """The consent, or 404: somebody else's does not exist from here."""
    try:
        return own.consent(**reader.asking, consent=consent)
    except LookupError:
        raise Missing(consent) from None


def _shown(
    request: HttpRequest, reader: Reader, view: ConsentView, *, refused: str = "", status: int = 200
) -> HttpResponse:
    return page(request, "consent", reader, consent=view, ways=ways(view), refused=refused, status=status)


def _receipt(reader: Reader, receipt: UUID) -> tuple[ConsentView, ReceiptRef]:
    for view in own.consents(**reader.asking):
        for given in view.receipts:
            if given.id == receipt:
                return view, given
    raise Missing(receipt)


def _file(
    reader: Reader, receipt: UUID, door: Callable[..., bytes], ending: str, content_type: str
) -> HttpResponse:
    try:
        content = door(by=reader.by, receipt=receipt, mandate=reader.mandate)
    except LookupError:
        raise Missing(receipt) from None
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="samtykke-kvittering-{receipt}.{ending}"'
    return answer
