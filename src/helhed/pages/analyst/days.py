"""The days the mapping is looked at on, and the form they are chosen in."""

from datetime import date
from typing import Any

from django.utils import timezone

from helhed.pages.dates import Asked

REPORT_DAY = date(2022, 6, 1)
REORGANISATION = date(2025, 1, 1)


def day_context(asked: Asked) -> dict[str, Any]:
    """What the form of the day shows: the day asked for, and the quick choices."""
    today = timezone.localdate()
    return {"asked": asked, "on": asked.on, "quick_days": [REPORT_DAY, REORGANISATION, today], "today": today}
