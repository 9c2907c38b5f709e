"""The steward's pages: front page, the log, and what each role may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.accounts.roles import ROLES
from helhed.audit.models import Event
from helhed.pages.access import needs
from helhed.pages.paging import turned
from helhed.pages.steward.log_lines import filters_of, lines, row, told
from helhed.pages.steward.log_words import ACTIONS
from helhed.pages.steward.permission_words import PERMISSION_WORDS
from helhed.pages.steward.shown import shown
from helhed.pages.words import reader_language
from helhed.register import deliveries
from helhed.sharing import emergencies, newcomers, sampling

LINES = 50
NEWEST = 6


@needs("delivery.see")
def home(request: HttpRequest) -> HttpResponse:
    """The steward's front page: what waits for an answer, the newest deliveries, the log in one line."""
    language = reader_language()
    latest = [shown(delivery, language) for delivery in deliveries.latest(50)]
    newest = Event.objects.order_by("-at", "-pk").first()
    context = {
        "emergencies": emergencies.overview(by=request.user),
        "newcomers": newcomers.waiting(),
        "late": sampling.late(by=request.user),
        "held": [each for each in latest if each.status == "held"],
        "newest": latest[:NEWEST],
        "log_count": Event.objects.count(),
        "log_newest": newest.at if newest else None,
        "denied": [row(event) for event in Event.objects.filter(outcome="denied").order_by("-at", "-pk")[:5]],
    }
    return render(request, "helhed/steward/home.html", context)


@needs("audit.see")
def log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, fifty lines a page, narrowed by what is in the address."""
    filters = filters_of(request.GET)
    pages = turned(request, lines(filters), LINES)
    context = {
        "filters": filters,
        "pages": pages,
        "rows": told(filters, list(pages.page), request.user),
        "actions": sorted(ACTIONS.items(), key=lambda pair: str(pair[1])),
    }
    return render(request, "helhed/steward/log.html", context)


@needs("law.see")
def roles(request: HttpRequest) -> HttpResponse:
    """Who may see what: each role with its description and its permissions."""
    language = reader_language()
    table = [
        {
            "role": role,
            "name": role.name_da if language == "da" else role.name_en,
            "description": role.description_da if language == "da" else role.description_en,
        }
        for role in ROLES.values()
    ]
    return render(request, "helhed/steward/roles.html", {"table": table, "permissions": PERMISSION_WORDS})
