"""Hvem har min sag: which unit does what, how far a hand-over is, and the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helhed.coordination.handover.work import own as door
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.sharing.refusal import Refused

SEE, ANSWER = "see", "consent"


@require_http_methods(["GET", "HEAD", "POST"])
@own_or_for(SEE)
def handover(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Who has the case, and what happens now; posted it asks for the case to go back."""
    refused = ""
    if request.method == "POST":
        try:
            door.ask_back(**reader.asking, note=request.POST.get("hvorfor", ""))
        except Refused as answer:
            refused = str(answer)
        else:
            messages.success(request, _("Vi har fået din besked. Din sag er på vej tilbage."))
            return redirect(reader.address("handover"))
    view = door.own(**reader.asking)
    may_act = reader.acting is None or ANSWER in {choice.key for choice in reader.acting.scope}
    status = 409 if refused else 200
    return page(
        request,
        "handover",
        reader,
        view=view,
        may_act=may_act,
        refused=refused,
        longest=door.LONGEST,
        status=status,
    )
