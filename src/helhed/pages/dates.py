"""The day a page is asked about: read from the address in the ways people write dates, and always shown as one form."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

MEANT = range(1900, 2200)
"""The years somebody can mean; beyond them a mistyped year."""


@dataclass(frozen=True)
class Asked:
    """The day asked for; `error` is a sentence when what was typed is no date (then the day is the default)."""

    on: date
    typed: str
    error: str = ""


def asked_day(request: HttpRequest, default: date | None = None) -> Asked:
    """The day in the address (`?dato=`), else the default, else today."""
    typed = request.GET.get("dato", "").strip()
    fallback = default or timezone.localdate()
    if not typed:
        return Asked(fallback, "")
    day = day_typed(typed)
    if day is not None:
        return Asked(day, typed)
    wrong = _("»%(typed)s« er ikke en dato. Skriv den som 01-06-2022; her vises %(day)s.")
    return Asked(fallback, typed, wrong % {"typed": typed[:40], "day": fallback.strftime("%d-%m-%Y")})


def day_typed(typed: str) -> date | None:
    """The day somebody typed, in any of the ways people write dates; None where it is none, or one nobody can mean."""
    for form in get_format("DATE_INPUT_FORMATS"):
        try:
            day = datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
        return day if day.year in MEANT else None
    return None
