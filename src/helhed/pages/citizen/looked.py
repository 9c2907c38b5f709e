"""Hvem har set mine oplysninger: the citizen's own log, by day, of a period, page by page, with the proof of each line."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from helhed.audit.proofs import NotSealed
from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.dates import day_typed
from helhed.pages.looks import by_day
from helhed.pages.missing import Missing
from helhed.sharing import log

LOG = "log"
PERIODS = (7, 30, 365)


@require_GET
@own_or_for(LOG)
def looks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Who has looked, and why: newest first, looks of one sitting told once."""
    since, since_wrong = _asked(request, "fra")
    until, until_wrong = _asked(request, "til")
    number = request.GET.get("side", "1")
    own = "egne" in request.GET
    found = log.who_looked(
        **reader.asking, since=since, until=until, page=int(number) if number.isdecimal() else 1, own=own
    )
    return page(
        request,
        "looks",
        reader,
        days=by_day(found.lines),
        found=found,
        since=since,
        until=until,
        own=own,
        wrong=since_wrong or until_wrong,
        periods=_periods(),
        earlier=_query(request, found.page - 1) if found.page > 1 else "",
        later=_query(request, found.page + 1) if found.page < found.pages else "",
        contact=settings.DPO_CONTACT,
        names_shown=settings.SHOW_EMPLOYEE_NAMES,
    )


@require_GET
@own_or_for(LOG)
def proof(request: HttpRequest, reader: Reader, event: int) -> HttpResponse:
    """The proof that one line of the own log stands in the sealed log; nobody else's line exists from here."""
    try:
        content = log.proof(by=reader.by, event=event, mandate=reader.mandate)
    except LookupError:
        raise Missing(event) from None
    except NotSealed:
        return page(request, "not_sealed", reader, status=409)
    answer = JsonResponse(content, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="bevis-{event}.json"'
    return answer


def _asked(request: HttpRequest, name: str) -> tuple[date | None, str]:
    """A day of the period, and the sentence for what was typed but is no day."""
    typed = request.GET.get(name, "").strip()
    day = day_typed(typed) if typed else None
    wrong = _("»%(typed)s« er ikke en dato. Skriv den som 01-06-2026.") % {"typed": typed[:40]}
    return day, "" if day or not typed else wrong


def _periods() -> list[tuple[int, date]]:
    today = timezone.localdate()
    return [(days, today - timedelta(days=days - 1)) for days in PERIODS]


def _query(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["side"] = str(number)
    return query.urlencode()
