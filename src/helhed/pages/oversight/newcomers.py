"""The steward's review of people new to helhed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.oversight.words import NUMBER_KINDS
from helhed.pages.words import reader_language
from helhed.sharing import newcomers
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards.models import Embargo

LONGEST = 1000
SAID = {
    "released": gettext_lazy("Borgeren er frigivet og kan deles efter de almindelige regler."),
    "kept": gettext_lazy("Borgeren holdes fortsat tilbage fra deling. Din note står på listen."),
}


@needs("identity.review")
def index(request: HttpRequest) -> HttpResponse:
    """The people held back, who has waited longest first."""
    return _page(request)


@require_POST
@needs("identity.review")
def review(request: HttpRequest, person: UUID) -> HttpResponse:
    """Release for sharing, or keep holding back; always with a note."""
    decision, words = request.POST.get("svar", ""), request.POST.get("note", "")[:LONGEST]
    try:
        newcomers.review(by=request.user, person=person, decision=decision, words=words)
    except NoAccess as answer:
        return closed(request, answer)
    except Embargo.DoesNotExist:
        return closed(request, NoAccess(_("Borgeren er ikke holdt tilbage fra deling.")))
    except Refused as refused:
        return _page(request, person, words, str(refused))
    messages.success(request, str(SAID[decision]))
    return redirect("newcomers")


def _page(request: HttpRequest, about: UUID | None = None, words: str = "", wrong: str = "") -> HttpResponse:
    total, rows = newcomers.newcomers(by=request.user, language=reader_language())
    context = {
        "total": total,
        "rows": [
            (
                row,
                NUMBER_KINDS[row.number_kind],
                [(each, NUMBER_KINDS[each.number_kind]) for each in row.alike],
            )
            for row in rows
        ],
        "most": newcomers.MOST,
        "about": about,
        "words": words,
        "wrong": wrong,
        "longest": LONGEST,
    }
    return render(request, "helhed/oversight/newcomers.html", context, status=400 if wrong else 200)
