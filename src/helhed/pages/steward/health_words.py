"""How the log stands, in one line and in words for each place."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helhed.audit.anchoring import PlaceState
from helhed.audit.questions import Health

KINDS: dict[str, Promise] = {
    "file": gettext_lazy("Fil uden for databasen"),
    "witness": gettext_lazy("Den anden forvaltnings vidne"),
    "timestamp": gettext_lazy("Tidsstempel (RFC 3161)"),
}


@dataclass(frozen=True)
class HealthLine:
    """One sentence, and how good it is: good, warn or bad."""

    words: str
    level: str


def health_line(health: Health) -> HealthLine:
    """The log's health in one line, worst first."""
    if health.refusing:
        who = ", ".join(str(KINDS[place.place.kind]) for place in health.refusing)
        return HealthLine(_("Loggen stemmer ikke med det, der er set udefra: %(who)s.") % {"who": who}, "bad")
    if health.sealing_is_late:
        words = _("%(n)s linjer er ikke forseglet, den ældste siden %(at)s. Kører »helhed work«?")
        return HealthLine(words % {"n": _n(health.waiting), "at": when(health.waiting_since)}, "bad")
    if health.late_places:
        words = _("%(n)s linjer er forseglet, men har ikke kunnet forankres siden %(at)s.")
        since = min(place.behind_since for place in health.late_places if place.behind_since)
        return HealthLine(words % {"n": _n(health.sealed), "at": when(since)}, "bad")
    if health.head is None:
        return HealthLine(_("Ingen linjer er forseglet endnu; det sker hvert minut."), "warn")
    return HealthLine(_quiet(health) + _new(health), "good" if health.is_anchored else "warn")


def _quiet(health: Health) -> str:
    numbers = {"n": _n(health.sealed), "at": when(health.anchored_at or health.head.at)}
    if health.is_anchored:
        if not health.waiting:
            return _("Alle %(n)s linjer er forseglet og forankret, senest %(at)s.") % numbers
        return _("%(n)s linjer er forseglet og forankret, senest %(at)s.") % numbers
    if health.places:
        return _("%(n)s linjer er forseglet; de nyeste er ved at blive forankret.") % numbers
    numbers["at"] = when(health.head.at)
    return _("%(n)s linjer er forseglet, senest %(at)s, men ikke forankret uden for databasen.") % numbers


def _new(health: Health) -> str:
    if not health.waiting:
        return ""
    words = ngettext("%(n)s ny venter på næste minut.", "%(n)s nye venter på næste minut.", health.waiting)
    return " " + words % {"n": _n(health.waiting)}


@dataclass(frozen=True)
class PlaceWords:
    """A place outside: what it is, where, how many lines it has seen, since when, and what is wrong."""

    kind: str
    address: str
    size: int
    at: datetime | None
    words: str
    level: str


def place_words(place: PlaceState, *, is_late: bool) -> PlaceWords:
    """How it stands with a place."""
    level = "bad" if place.refused or is_late else "warn" if place.words or not place.at else "good"
    return PlaceWords(
        str(KINDS[place.place.kind]), place.place.address, place.size, place.at, place.words, level
    )


def when(at: datetime) -> str:
    """A time as one says it: the hour today, the day too before that."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return _("kl. %(time)s") % {"time": time_format(local.time())}
    return date_format(local, "DATETIME_FORMAT")


def _n(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
