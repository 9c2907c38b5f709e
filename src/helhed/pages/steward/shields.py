"""Citizens under special protection: the steward's list, and the forms that begin and end one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages.access import closed, needs
from helhed.pages.words import reader_language
from helhed.sharing import shielding
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

LONGEST = 400


@needs("shield.keep")
def index(request: HttpRequest) -> HttpResponse:
    """The list, and the form that puts a citizen on it. Posted: a number is never in an address."""
    said = {"nummer": "", "grund": ""}
    if request.method != "POST":
        return _page(request, said=said)
    said = {name: request.POST.get(name, "").strip() for name in said}
    try:
        shielding.shield(by=request.user, number=said["nummer"], reason=said["grund"])
    except Refused as refused:
        return _page(request, said=said, wrong=str(refused))
    messages.success(request, _("Borgeren er nu under særlig beskyttelse."))
    return redirect("shields")


@require_POST
@needs("shield.keep")
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a protection, with the reason."""
    words = request.POST.get("grund", "").strip()
    try:
        shielding.unshield(by=request.user, shield=number, reason=words)
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        return _page(request, said={}, about=number, words=words, ending_wrong=str(refused))
    messages.success(request, _("Den særlige beskyttelse er ophævet."))
    return redirect("shields")


def _page(request: HttpRequest, **asked: object) -> HttpResponse:
    rows = shielding.shielded(by=request.user, language=reader_language())
    context = {
        "rows": [row for row in rows if row.holds],
        "ended": [row for row in rows if not row.holds],
        "trusted": shielding.trusted(by=request.user),
        "longest": LONGEST,
    }
    failed = bool(asked.get("wrong") or asked.get("ending_wrong"))
    return render(request, "helhed/steward/shields.html", context | asked, status=400 if failed else 200)
