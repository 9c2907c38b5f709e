"""The citizen's page of a joint entrance: the invitation with yes and no equally easy, where and when, and a way out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helhed.coordination.handover.entrances import own
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.missing import Missing
from helhed.sharing.refusal import Refused

SEEING, ANSWERING = "see", "consent"


@require_http_methods(["GET", "HEAD", "POST"])
@own_or_for(SEEING)
def entrance(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The entrances the citizen is invited or attached to; posted, the citizen's answer."""
    refused = ""
    if request.method == "POST":
        try:
            messages.success(request, _answered(request, reader))
            return redirect(reader.address("entrance"))
        except Refused as answer:
            refused = str(answer)
        except LookupError as missing:
            raise Missing(missing.args[0], "attachment") from None
    views = own.entrances(**reader.asking)
    status = 409 if refused else 200
    answers = reader.acting is None or ANSWERING in {part.key for part in reader.acting.scope}
    context = {"entrances": views, "refused": refused, "answers": answers}
    return page(request, "entrance", reader, status=status, **context)


def _answered(request: HttpRequest, reader: Reader) -> str:
    said = request.POST.get("svar", "")
    try:
        attachment = UUID(request.POST.get("tilknytning", ""))
    except ValueError:
        raise Http404(said) from None
    if said in ("ja", "nej"):
        own.answer(attachment=attachment, yes=said == "ja", **reader.asking)
        return _("Tak. Dit ja er noteret.") if said == "ja" else _("Tak. Dit nej er noteret.")
    if said == "slut":
        own.leave(attachment=attachment, **reader.asking)
        return _("Det er noteret. Du bruger ikke stedet længere.")
    raise Http404(said)
