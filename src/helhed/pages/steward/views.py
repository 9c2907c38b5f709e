"""The steward's pages: front page, the log, and what each role may do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.accounts.models import User
from helhed.accounts.roles import ROLES
from helhed.audit import questions
from helhed.pages.access import needs
from helhed.pages.steward.health_words import health_line
from helhed.pages.steward.log_lines import filters_of, row, told, turned
from helhed.pages.steward.log_words import ACTIONS, PURPOSES
from helhed.pages.steward.permission_words import PERMISSION_WORDS
from helhed.pages.steward.shown import shown
from helhed.pages.words import reader_language, unit_name
from helhed.register import deliveries
from helhed.sharing import emergencies, newcomers, sampling

LINES = 50
NEWEST = 6
SIGNAL_DAYS = 30
"""How long somebody who was refused often stays on the front page."""


@needs("delivery.see")
def home(request: HttpRequest) -> HttpResponse:
    """The steward's front page: what waits for an answer, the newest deliveries, the log in one line."""
    language = reader_language()
    latest = [shown(delivery, language) for delivery in deliveries.latest(50)]
    context = {
        "emergencies": emergencies.overview(by=request.user),
        "newcomers": newcomers.waiting(),
        "late": sampling.late(by=request.user),
        "held": [each for each in latest if each.status == "held"],
        "newest": latest[:NEWEST],
        "health": health_line(questions.health()),
        "tries": questions.refused_often(settings.REFUSED_A_DAY, SIGNAL_DAYS),
        "too_many": settings.REFUSED_A_DAY,
        "denied": [row(event) for event in questions.denied(5)],
    }
    return render(request, "helhed/steward/home.html", context)


@needs("audit.see")
def log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, fifty lines a page, narrowed by what is in the address."""
    filters = filters_of(request.GET)
    pages = turned(filters, request.GET, LINES)
    language = reader_language()
    context = {
        "filters": filters,
        "pages": pages,
        "rows": told(filters, pages.lines, request.user),
        "actions": sorted(ACTIONS.items(), key=lambda pair: str(pair[1])),
        "purposes": PURPOSES.items(),
        "units": _units(language),
        "health": health_line(questions.health()),
    }
    return render(request, "helhed/steward/log.html", context)


def _units(language: str) -> list[tuple[str, str]]:
    """The units somebody logs in for, with their names."""
    units = User.objects.exclude(unit="").values_list("unit", flat=True).distinct()
    return sorted(((unit, unit_name(unit, language)) for unit in units), key=lambda pair: pair[1])


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
