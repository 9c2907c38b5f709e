"""The team leader's front page: what waits for the unit, and the numbers of today. No person in a statistic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.coordination.advis import questions as advis
from helhed.coordination.handover.adoption import shown as adopted
from helhed.coordination.handover.reorganisation import called_off
from helhed.coordination.handover.reorganisation import shown as reorganised
from helhed.insight import mapping
from helhed.pages.access import needs
from helhed.pages.handovers.strip import strip
from helhed.pages.heat import shared_share
from helhed.pages.words import reader_language
from helhed.sharing import emergencies, sampling
from helhed.sharing.asking.pending import pending

SHOWN = ("FAELLES", "5A", "5B", "5C", "7", "8A", "8B", "8C")


@needs("advis.see")
@needs("mapping.see")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the unit, and the groups a joint effort is recommended for."""
    today = timezone.localdate()
    overview = mapping.overview(on=today, by=request.user, language=reader_language())
    context = {
        "pending": pending(by=request.user),
        "models_waiting": adopted.waiting(by=request.user),
        "units_waiting": reorganised.waiting(by=request.user),
        "call_offs_waiting": called_off.waiting(by=request.user),
        "called_off": called_off.lately(by=request.user),
        "second_looks": emergencies.waiting(request.user),
        "samples": sampling.to_judge(request.user),
        "waiting": advis.waiting(request.user.unit),
        "held_back": advis.held_back(),
        "overview": overview,
        "share": shared_share(overview),
        "rows": [row for row in overview.rows if row.key in SHOWN],
        "on": today,
    }
    return render(request, "helhed/leader/home.html", context | strip(request.user))
