"""The mapping on the screen: all target groups of a day, one group, the boundary, and the same as a report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helhed.insight import mapping, reports, wording
from helhed.pages.access import needs
from helhed.pages.analyst.days import REPORT_DAY, day_context
from helhed.pages.analyst.movements import of_group
from helhed.pages.bars import bars
from helhed.pages.curve import curve
from helhed.pages.dates import asked_day
from helhed.pages.families import by_family
from helhed.pages.heat import legend, shared_share
from helhed.pages.sorting import Column, headers, sort_asked, sorted_rows
from helhed.pages.words import reader_language

COLUMNS = (
    Column("gruppe", _("Målgruppe"), lambda row: row.key, wide=True),
    Column("beregnet", _("Beregnet"), lambda row: row.size.value, number=True),
    Column("kilden", _("Kilden siger"), lambda row: row.stated[0].value if row.stated else None, number=True),
    Column("stemmer", _("Stemmer det?"), lambda row: row.agrees or None),
    Column("ukendt", _("Ukendt"), lambda row: row.unknown.value, number=True),
    Column("delt", _("Andel fælles"), lambda row: row.shared_share, number=True),
    Column("vurdering", _("Rapportens vurdering"), lambda row: row.verdict or None),
)


@needs("mapping.see")
def overview(request: HttpRequest) -> HttpResponse:
    """Kortlægning: every target group of one day, stated and computed side by side."""
    asked = asked_day(request, REPORT_DAY)
    answer = mapping.overview(on=asked.on, by=request.user, language=reader_language())
    column, falling = sort_asked(request, COLUMNS)
    context = day_context(asked) | {
        "overview": answer,
        "parts": by_family(answer.rows) if column is None else (),
        "rows": sorted_rows(answer.rows, column, falling) if column else (),
        "headers": headers(request, COLUMNS),
        "share": shared_share(answer),
        "doubtful": [row for row in answer.rows if row.agrees == "differs"],
        "method": wording.method(answer),
    }
    return render(request, "helhed/mapping/overview.html", context)


@needs("mapping.see")
def group(request: HttpRequest, key: str) -> HttpResponse:
    """One target group: size, criterion, who they are, the curve, the law, what speaks for and against."""
    asked = asked_day(request, REPORT_DAY)
    try:
        page = mapping.group(key=key, on=asked.on, by=request.user, language=reader_language())
    except LookupError:
        raise Http404(key) from None
    context = day_context(asked) | {
        "page": page,
        "row": page.row,
        "sentences": [indented(sentence) for sentence in page.sentences],
        "curve": curve(page.curve, asked.on),
        "breakdowns": [
            (_("Enhed i SOF"), "unit", bars(page.by_unit)),
            (_("Ydelse fra BIF"), "benefit", bars(page.by_benefit)),
            (_("Indsats fra SOF"), "service", bars(page.by_service)),
        ],
    }
    context |= of_group(request, key, asked)
    return render(request, "helhed/mapping/group.html", context)


@needs("mapping.see")
def boundary(request: HttpRequest) -> HttpResponse:
    """The boundary as a heat map: shared citizens by benefit and unit."""
    asked = asked_day(request, REPORT_DAY)
    heat = mapping.boundary(on=asked.on, by=request.user, language=reader_language())
    rows = [
        (unit, list(zip(cells, steps, strict=True)), total)
        for unit, cells, steps, total in zip(
            heat.units, heat.cells, heat.steps, heat.unit_totals, strict=True
        )
    ]
    context = day_context(asked) | {
        "heat": heat,
        "rows": rows,
        "legend": legend(heat),
        "finding": wording.heat_title(heat),
        "rounding": wording.rounding(),
    }
    return render(request, "helhed/mapping/boundary.html", context)


@needs("mapping.see")
def report(request: HttpRequest) -> HttpResponse:
    """The mapping of a day as a PDF a committee can read."""
    asked = asked_day(request, REPORT_DAY)
    pdf = reports.mapping_bytes(on=asked.on, by=request.user, language=reader_language())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="kortlaegning-{asked.on.isoformat()}.pdf"'
    return answer


@needs("mapping.see")
def home(request: HttpRequest) -> HttpResponse:
    """The analyst's front page: the key numbers of today and of the report's day, and what stands out."""
    return render(request, "helhed/analyst/home.html", _front(request))


@needs("mapping.see")
def committee_home(request: HttpRequest) -> HttpResponse:
    """The committee member's front page: the report and the mapping."""
    return render(request, "helhed/analyst/committee.html", _front(request))


def indented(sentence: str) -> tuple[int, str]:
    """A sentence of a criterion with its level: two spaces of indentation a level."""
    words = sentence.lstrip(" ")
    return (len(sentence) - len(words)) // 2, words


def _front(request: HttpRequest) -> dict[str, Any]:
    language = reader_language()
    then = mapping.overview(on=REPORT_DAY, by=request.user, language=language)
    now = mapping.overview(on=timezone.localdate(), by=request.user, language=language)
    sizes = {row.key: row.size for row in now.rows}
    return {
        "then": then,
        "now": now,
        "then_share": shared_share(then),
        "now_share": shared_share(now),
        "report_day": REPORT_DAY,
        "recommended": [(row, sizes.get(row.key)) for row in then.rows if row.verdict == "recommended"],
        "doubtful": [row for row in then.rows if row.agrees == "differs"],
        "flaws": len({flaw.key for row in then.rows for flaw in row.flaws}),
    }
