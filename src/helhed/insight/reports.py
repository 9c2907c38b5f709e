"""The mapping as a report: the same values as the page, laid out by typst as an accessible PDF (PDF/UA-1)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.insight import mapping, wording
from helhed.insight.answers import Flaw, GroupRow, HeatMap, Overview
from helhed.sharing.answers import Count

LAYOUT = Path(__file__).parent / "layouts" / "mapping.typ"
FONTS = settings.BASE / "node_modules" / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"


def mapping_pdf(*, on: date, by: Actor, path: Path, language: str = "da") -> None:
    """Write the report of a day to a file. The folder must exist."""
    path.write_bytes(mapping_bytes(on=on, by=by, language=language))


def mapping_bytes(*, on: date, by: Actor, language: str = "da") -> bytes:
    """The report of a day as PDF bytes."""
    with translation.override(language):
        content = _content(mapping.overview(on=on, by=by, language=language), on, by, language)
        return typst.compile(
            LAYOUT,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )


def _content(overview: Overview, on: date, by: Actor, language: str) -> dict[str, Any]:
    models = [row for row in overview.rows if row.family == "model"]
    return {
        "language": language,
        "on": on.isoformat(),
        "subtitle": _("Opgjort pr. %(day)s") % {"day": formats.date_format(on)},
        "demo": settings.DEMO,
        "words": wording.report_words(overview),
        "summary": wording.summary(overview),
        "models": _families(models),
        "chart": _chart(models),
        "heat": _heat(mapping.boundary(on=on, by=by, language=language)),
        "mapping": [_mapping_line(row) for row in overview.rows if row.family == "mapping"],
        "flaws": [_flaw(flaw) for flaw in mapping.flaws(language=language)],
        "method": wording.method(overview),
        "documents": mapping.documents(language=language),
    }


def _families(rows: list[GroupRow]) -> list[dict[str, Any]]:
    """The models under the heading of their number: 1, 2A–E, 3A–E, and so on."""
    series: dict[str, list[GroupRow]] = {}
    for row in rows:
        series.setdefault(row.series, []).append(row)
    return [
        {"label": label, "rows": [_model_line(row) for row in listed]} for label, listed in series.items()
    ]


def _model_line(row: GroupRow) -> dict[str, str]:
    return {
        "key": row.key,
        "label": row.label,
        "note": wording.remark(row),
        "size": shown(row.size),
        "stated": wording.stated(row),
        "agrees": wording.agrees(row.agrees),
        "unknown": shown(row.unknown),
        "verdict": wording.verdict(row.verdict),
    }


def _chart(rows: list[GroupRow]) -> dict[str, Any]:
    largest = (
        max([row.size.value or 0 for row in rows] + [s.value for row in rows for s in row.stated], default=1)
        or 1
    )
    bars = [
        {
            "key": row.key,
            "size": shown(row.size),
            "width": round(100 * (row.size.value or 0) / largest, 2),
            "stated": round(100 * row.stated[0].value / largest, 2) if row.stated else None,
            "transfer": row.transfer == "ressortflyt",
        }
        for row in rows
    ]
    title = wording.chart_title(rows)
    return {"bars": bars, "title": title, "alt": title}


def _heat(heat: HeatMap) -> dict[str, Any]:
    rows = [
        {
            "unit": label,
            "cells": [{"shown": shown(c), "step": s} for c, s in zip(cells, steps, strict=True)],
            "total": shown(total),
        }
        for (_key, label), cells, steps, total in zip(
            heat.units, heat.cells, heat.steps, heat.unit_totals, strict=True
        )
    ]
    return {
        "caption": wording.heat_title(heat),
        "benefits": [label for _key, label in heat.benefits],
        "rows": rows,
        "totals": [shown(total) for total in heat.benefit_totals],
        "total": shown(heat.total),
        "note": wording.rounding(),
    }


def _mapping_line(row: GroupRow) -> dict[str, str]:
    share = "·" if row.shared_share is None else f"{formats.number_format(row.shared_share, 1)} %"
    return {"label": row.label, "size": shown(row.size), "unknown": shown(row.unknown), "shared": share}


def _flaw(flaw: Flaw) -> dict[str, str]:
    return {"key": flaw.key, "text": flaw.text, "handling": flaw.handling, "source": flaw.source}


def shown(count: Count) -> str:
    """A count as it is printed: 1.193, <5, or · where there is no number."""
    if count.hidden:
        return f"<{count.below}"
    return "·" if count.value is None else formats.number_format(count.value, force_grouping=True)
