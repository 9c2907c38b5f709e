"""What the timeline's template needs besides the picture: the links to earlier, later and other widths."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from helhed.pages.timeline.picture import draw
from helhed.pages.timeline.window import ZOOMS, latest_end, window_asked
from helhed.sharing.answers import CitizenView


def timeline_context(request: HttpRequest, view: CitizenView, today: date) -> dict[str, Any]:
    """The citizen, the picture, and where its links lead."""
    window = window_asked(request, today)
    latest = latest_end(today)
    return {
        "view": view,
        "picture": draw(view, window),
        "zooms": ZOOMS,
        "latest": latest,
        "earlier": window.moved(forward=False),
        "later": min(latest, window.moved(forward=True)),
    }
