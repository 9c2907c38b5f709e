"""The leader's second look at the administration's emergency accesses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.oversight.words import VERDICTS, line
from helhed.pages.words import reader_language
from helhed.sharing import emergencies
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LONGEST = 1000


@needs("emergency.review")
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first, each with its reason and what was looked at; then those judged."""
    return _page(request)


@require_POST
@needs("emergency.review")
def judge(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """Justified or not, with a note where it was not."""
    verdict, words = request.POST.get("svar", ""), request.POST.get("note", "")[:LONGEST]
    try:
        emergencies.judge(by=request.user, emergency=emergency, verdict=verdict, words=words)
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, emergency, words, verdict, str(refused))
    messages.success(request, _("Dit svar er noteret. Borgeren kan se det i sin log."))
    return redirect("second-looks")


def _page(
    request: HttpRequest, about: UUID | None = None, words: str = "", verdict: str = "", wrong: str = ""
) -> HttpResponse:
    looks = emergencies.second_looks(by=request.user, language=reader_language())
    told = [(look, [(seen, line(seen.action, "", "", seen.fields)) for seen in look.seen]) for look in looks]
    context = {
        "waiting": [(look, seen) for look, seen in told if not look.verdict],
        "judged": [(look, VERDICTS[look.verdict]) for look in looks if look.verdict],
        "about": about,
        "words": words,
        "verdict": verdict,
        "wrong": wrong,
        "verdicts": VERDICTS,
        "longest": LONGEST,
    }
    return render(request, "helhed/oversight/second_looks.html", context, status=400 if wrong else 200)
