"""Sanktioner: what a unit decided about the citizen's benefit, the answer before anything is deducted, and the complaint after; for
the citizen, and for who may answer for the citizen."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from helhed.coordination.handover.sanctions import own
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.missing import Missing
from helhed.sharing.refusal import Refused

SEE, ANSWER = "see", "answer"


@require_GET
@own_or_for(SEE, ANSWER)
def sanctions(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The citizen's sanctions, newest first."""
    return _shown(request, reader)


@require_POST
@own_or_for(ANSWER)
def answer(request: HttpRequest, reader: Reader, sanction: UUID) -> HttpResponse:
    """The answer to the hearing; it goes to the unit that decided."""
    words = request.POST.get("svar", "")
    receipt = _("Vi har fået dit svar. Der bliver ikke trukket penge, mens vi ser på det.")
    return _done(
        request,
        reader,
        sanction,
        receipt,
        lambda: own.answer(**reader.asking, sanction=sanction, words=words),
        ("svar", words),
    )


@require_POST
@own_or_for(ANSWER)
def complain(request: HttpRequest, reader: Reader, sanction: UUID) -> HttpResponse:
    """The complaint; the unit that decides looks at the case again."""
    words = request.POST.get("klage", "")
    receipt = _("Vi har fået din klage. Du får et brev om, hvad der sker nu.")
    return _done(
        request,
        reader,
        sanction,
        receipt,
        lambda: own.complain(**reader.asking, sanction=sanction, words=words),
        ("klage", words),
    )


@require_POST
@own_or_for(ANSWER)
def take_back(request: HttpRequest, reader: Reader, sanction: UUID) -> HttpResponse:
    """The complaint taken back."""
    receipt = _("Klagen er taget tilbage.")
    return _done(
        request, reader, sanction, receipt, lambda: own.take_back(**reader.asking, sanction=sanction)
    )


def _done(
    request: HttpRequest,
    reader: Reader,
    sanction: UUID,
    receipt: str,
    act: Callable[[], None],
    typed: tuple[str, str] = ("", ""),
) -> HttpResponse:
    """Do it and go back to the page; refused, the page says why and keeps what was typed (`typed`: the field, and the words)."""
    try:
        act()
    except LookupError:
        raise Missing(sanction) from None
    except Refused as refused:
        field, words = typed
        return _shown(request, reader, {sanction: {"sentence": str(refused), "field": field, "words": words}})
    messages.success(request, receipt)
    return redirect(reader.address("sanctions"))


def _shown(
    request: HttpRequest, reader: Reader, wrong: dict[UUID, dict[str, str]] | None = None
) -> HttpResponse:
    views = [(view, (wrong or {}).get(view.id)) for view in own.sanctions(**reader.asking)]
    return page(request, "sanctions", reader, views=views, status=409 if wrong else 200)
