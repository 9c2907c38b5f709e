"""What the timeline's template needs besides the picture: the links to earlier, later and other widths."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from helhed.pages.timeline.picture import draw
from helhed.pages.timeline.window import ZOOMS, latest_end, window_asked
from helhed.sharing.answers import CitizenView


def timeline_context(
    request: HttpRequest, view: CitizenView, today: date, *, groups: bool = True
) -> dict[str, Any]:
    """The citizen, the picture (with or without the target groups), and where its links lead."""
    window = window_asked(request, today, (spell for lane in view.lanes for spell in lane.spells))
    latest = latest_end(today)
    return {
        "view": view,
        "picture": draw(view if groups else replace(view, groups=()), window),
        "zooms": ZOOMS,
        "latest": latest,
        "earlier": window.moved(forward=False),
        "later": min(latest, window.moved(forward=True)),
    }
