"""Words for keys and days: roles, units, and the last day of a spell, in the reader's language."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helhed.accounts.roles import ROLES
from helhed.law import catalogue


def reader_language() -> str:
    """The language of the page being made: "da" or "en"."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def role_name(role: str, language: str) -> str:
    """The role's name; what the log calls a role that no longer exists is shown as it stands."""
    known = ROLES.get(role)
    if known is None:
        return role
    return known.name_da if language == "da" else known.name_en


def unit_name(unit: str, language: str) -> str:
    """The unit's name from the catalogue; empty for nobody's unit."""
    return catalogue().called(unit, language)


def last_day(end: date | None) -> str:
    """The last day of a half-open spell as people count (the end day itself not included), or that it is still running."""
    return _("løber stadig") if end is None else date_format(end - timedelta(days=1), "DATE_FORMAT")


def short_month_name(day: date) -> str:
    """A month in three letters: jun in Danish, Jun in English."""
    words = date_format(day, "M")
    return words.lower() if reader_language() == "da" else words
