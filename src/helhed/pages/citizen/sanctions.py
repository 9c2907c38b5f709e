"""Sanktioner: what a unit decided about the citizen's benefit, and the citizen's answer before anything is deducted."""

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

SEE = "see"


@require_GET
@own_or_for(SEE)
def sanctions(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The citizen's sanctions, newest first."""
    return _shown(request, reader)


@require_POST
@own_or_for()
def answer(request: HttpRequest, reader: Reader, sanction: UUID) -> HttpResponse:
    """The citizen's answer; it goes to the unit that decided."""
    words = request.POST.get("svar", "")
    try:
        own.answer(by=reader.by, sanction=sanction, words=words, language=reader.language)
    except LookupError:
        raise Missing(sanction) from None
    except Refused as refused:
        return _shown(request, reader, wrong={sanction: str(refused)}, words=words, status=409)
    messages.success(request, _("Vi har fået dit svar. Der bliver ikke trukket penge, mens vi ser på det."))
    return redirect("own-sanctions")


def _shown(
    request: HttpRequest,
    reader: Reader,
    *,
    wrong: dict[UUID, str] | None = None,
    words: str = "",
    status: int = 200,
) -> HttpResponse:
    views = [(view, (wrong or {}).get(view.id, "")) for view in own.sanctions(**reader.asking)]
    return page(request, "sanctions", reader, views=views, words=words, status=status)
