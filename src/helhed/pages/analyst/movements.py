"""What a target group's movements look like, and the models side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from helhed.insight import movements
from helhed.insight.answers import Comparison, Grace, GroupMovements, ModelRow, Neighbour
from helhed.pages.access import needs
from helhed.pages.analyst.days import REPORT_DAY, day_context
from helhed.pages.dates import asked_day
from helhed.pages.families import by_family
from helhed.pages.inout import inout
from helhed.pages.sorting import Column, headers, sort_asked, sorted_rows
from helhed.pages.words import reader_language

COLUMNS = (
    Column("gruppe", _("Målgruppe"), lambda row: row.model.key, wide=True),
    Column("antal", _("Personer"), lambda row: row.model.size.value, number=True),
    Column("ind", _("Ind på et år"), lambda row: row.model.came.value, number=True),
    Column("ud", _("Ud på et år"), lambda row: row.model.left.value, number=True),
    Column("ophold", _("Halvdelen bliver højst"), lambda row: row.model.median, number=True),
    Column("tilbage", _("Tilbage uden frist"), lambda row: row.model.back_rate, number=True),
    Column("tilbage-13", _("Tilbage ved 13 ugers frist"), lambda row: row.model.back_rate_grace, number=True),
    Column("vurdering", _("Rapportens vurdering"), lambda row: row.model.verdict or None),
)


@dataclass(frozen=True)
class Line:
    """A neighbour, a share or a grace with the width of its bar in percent, as text for an SVG attribute."""

    of: Any
    width: str


@dataclass(frozen=True)
class ModelLine:
    """A model with the widths of its two bars; family and key are the model's, so that families can be made of lines."""

    model: ModelRow
    without: str
    grace: str

    @property
    def family(self) -> str:
        return self.model.family

    @property
    def key(self) -> str:
        return self.model.key


@needs("mapping.see")
def models(request: HttpRequest) -> HttpResponse:
    """The models side by side: how many, how many come and leave, how long they stay, how many would be handed back."""
    asked = asked_day(request, REPORT_DAY)
    answer = movements.compare(on=asked.on, by=request.user, language=reader_language())
    column, falling = sort_asked(request, COLUMNS)
    lines = _model_lines(answer)
    context = day_context(asked) | {
        "answer": answer,
        "parts": by_family(lines) if column is None else (),
        "rows": sorted_rows(lines, column, falling) if column else (),
        "headers": headers(request, COLUMNS),
    }
    return render(request, "helhed/mapping/models.html", context)


def of_group(request: HttpRequest, key: str, asked: Any) -> dict[str, Any]:
    """What the page of a group shows of its movements; nothing for a group that has not been counted yet."""
    try:
        found = movements.group(
            key=key,
            on=asked.on,
            grace=request.GET.get("frist", ""),
            by=request.user,
            language=reader_language(),
        )
    except LookupError:
        return {"moves": None}
    return {
        "moves": found,
        "inout": inout(found.months, found.versions),
        "still_in": [Line(row, f"{row[1]}%") for row in found.still_in if row[1] is not None],
        "came_from": _neighbours(found, found.came_from),
        "went_to": _neighbours(found, found.went_to),
        "graces": _graces(found.graces),
        "causes": _shares([(cause, cause.count.value or 0) for cause in found.causes]),
    }


def _neighbours(found: GroupMovements, some: tuple[Neighbour, ...]) -> list[Line]:
    longest = max((n.count.value or 0 for n in (*found.came_from, *found.went_to)), default=0)
    return _shares([(n, n.count.value or 0) for n in some], longest)


def _graces(graces: tuple[Grace, ...]) -> list[Line]:
    return _shares([(row, row.back_rate or 0) for row in graces])


def _shares(rows: list[tuple[Any, float]], longest: float = 0) -> list[Line]:
    longest = longest or max((value for _row, value in rows), default=0)
    return [Line(row, f"{100 * value / longest:.1f}%" if longest else "0%") for row, value in rows]


def _model_lines(answer: Comparison) -> list[ModelLine]:
    longest = max((row.back_rate or 0 for row in answer.rows), default=0)

    def width(rate: float | None) -> str:
        return f"{100 * (rate or 0) / longest:.1f}%" if longest else "0%"

    return [ModelLine(row, width(row.back_rate), width(row.back_rate_grace)) for row in answer.rows]
