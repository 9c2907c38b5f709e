"""Lengths of time in words, and how long people stay."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helhed.periods import Duration
from helhed.sharing.movements import Stays

DAYS_A_MONTH = 30.44
DAYS_A_YEAR = 365.25


def words(days: int) -> str:
    """A number of days as people say it: days, then weeks, months, and from two years on years with one decimal."""
    if days < 14:
        return ngettext("%(n)s dag", "%(n)s dage", days) % {"n": days}
    if days < 84:
        return ngettext("%(n)s uge", "%(n)s uger", round(days / 7)) % {"n": round(days / 7)}
    if days < 2 * DAYS_A_YEAR:
        months = round(days / DAYS_A_MONTH)
        return ngettext("%(n)s måned", "%(n)s måneder", months) % {"n": months}
    return _("%(years)s år") % {"years": formats.number_format(round(days / DAYS_A_YEAR, 1), 1)}


def grace(key: str) -> str:
    """A grace as a row is called: no grace, 13 weeks."""
    if key == "P0D":
        return _("Ingen frist")
    weeks = Duration.parse(key).number
    return ngettext("%(n)s uge", "%(n)s uger", weeks) % {"n": weeks}


def sentences(stays: Stays) -> tuple[str, ...]:
    """How long people stay in plain words; nothing where too few were seen."""
    first, half, last = stays.quartiles
    if first is None:
        return ()
    said = [_("En fjerdedel er ude igen inden for %(time)s.") % {"time": words(first)}]
    if half is None:
        return (*said, _("Mere end halvdelen bliver længere, end perioden kan vise."))
    said.append(_("Halvdelen bliver højst %(time)s.") % {"time": words(half)})
    if last is None:
        return (*said, _("Mere end en fjerdedel bliver længere, end perioden kan vise."))
    return (*said, _("En fjerdedel bliver mere end %(time)s.") % {"time": words(last)})
