"""The representative's own pages: the citizens one acts for, the code that opens a mandate, and the citizen's page within it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from helhed.coordination.handover.work import own as handover
from helhed.pages.access import needs
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.timeline.context import timeline_context
from helhed.pages.words import reader_language
from helhed.sharing import hatch
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs("citizen.represent")
def represented(request: HttpRequest) -> HttpResponse:
    """Those one acts for; posted with a code it opens the mandate the code belongs to."""
    reader = Reader(request.user, reader_language())
    refused = ""
    if request.method == "POST":
        try:
            mandate = own.accept_mandate(
                by=reader.by, code=request.POST.get("kode", ""), language=reader.language
            )
        except Refused as answer:
            refused = str(answer)
        else:
            messages.success(request, _("Fuldmagten er åbnet. Du kan nu handle for borgeren."))
            return redirect("for", mandate)
    held = own.represented(by=reader.by, language=reader.language)
    running = [view for view in held if view.state == "active"]
    ended = [view for view in held if view.state != "active"]
    status = 409 if refused else 200
    return page(request, "represented", reader, running=running, ended=ended, refused=refused, status=status)


@require_GET
@own_or_for()
def citizen(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The citizen's page for the one who acts: what the mandate opens, and what it does not."""
    scope = {choice.key for choice in reader.acting.scope}
    waiting = []
    if "consent" in scope:
        waiting = [view for view in own.consents(**reader.asking) if "give" in view.may]
    context = {"waiting": waiting, "reaches": scope}
    if "see" in scope:
        today = timezone.localdate()
        view = hatch.represented(mandate=reader.mandate, by=reader.by, on=today, language=reader.language)
        context |= timeline_context(request, view, today, groups=False)
        context["case"] = handover.own(**reader.asking)
    return page(request, "for_citizen", reader, **context)
