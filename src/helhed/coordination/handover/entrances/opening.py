"""When an entrance is open, and where it comes out on a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.coordination.handover.entrances.models import Appointment, Entrance, Hours, Outreach


def open_at(entrance: Entrance, place: Outreach | None, at: datetime) -> bool:
    """Whether the house, or the place where the entrance comes out, can be met at a moment."""
    local = timezone.localtime(at)
    if place is not None:
        here = place.day == local.date() if place.day else place.weekday == local.weekday()
        return here and place.starts <= local.time() < place.ends
    hours = Hours.objects.filter(entrance=entrance, weekday=local.weekday(), opens__isnull=False).first()
    return hours is not None and hours.opens <= local.time() < hours.closes


def turned_away(rows: Iterable[Appointment]) -> list[Appointment]:
    """Those of the appointments at which nobody can be met any more: the hours changed, or the entrance comes there no longer."""
    rows = list(rows)
    houses = {row.attachment.entrance_id for row in rows}
    hours = Hours.objects.filter(entrance__in=houses, opens__isnull=False)
    open_days = {(row.entrance_id, row.weekday): row for row in hours}
    return [row for row in rows if not _met(row, open_days)]


def _met(row: Appointment, open_days: Mapping[tuple[UUID, int], Hours]) -> bool:
    at, place = timezone.localtime(row.at), row.outreach
    if place is not None:
        here = place.day == at.date() if place.day else place.weekday == at.weekday()
        return place.until is None and here and place.starts <= at.time() < place.ends
    hours = open_days.get((row.attachment.entrance_id, at.weekday()))
    return hours is not None and hours.opens <= at.time() < hours.closes


def open_on(entrance: Entrance, day: date) -> str:
    """From when to when the house is open on a day, in words; "" where it is closed."""
    row = Hours.objects.filter(entrance=entrance, weekday=day.weekday(), opens__isnull=False).first()
    return f"{clock(row.opens)}–{clock(row.closes)}" if row else ""


def outreach_on(entrance: Entrance, day: date) -> Sequence[Outreach]:
    """Where the entrance comes out on a day, the earliest first."""
    rows = Outreach.objects.filter(
        Q(day=day) | Q(weekday=day.weekday()), entrance=entrance, until__isnull=True
    )
    return list(rows.select_related("team").order_by("starts", "name"))


def week_in_words(entrance: Entrance, language: str) -> str:
    """The opening hours as one line: "Åbent mandag–torsdag 9.00–15.00 og fredag 9.00–12.00"; by appointment without any."""
    rows = Hours.objects.filter(entrance=entrance, opens__isnull=False).order_by("weekday")
    with override(language):
        runs = [list(run) for _key, run in groupby(enumerate(rows), lambda at: _same(at[0], at[1]))]
        said = [_run(run[0][1], run[-1][1]) for run in runs]
        if not said:
            return _("Åbent efter aftale")
        last = said.pop()
        days = f"{', '.join(said)} {_('og')} {last}" if said else last
        return _("Åbent %(days)s") % {"days": days}


def _same(place: int, row: Hours) -> tuple[int, time | None, time | None]:
    """Equal for weekdays that follow each other with the same hours."""
    return row.weekday - place, row.opens, row.closes


def _run(first: Hours, last: Hours) -> str:
    days = weekday_name(first.weekday)
    if last.weekday != first.weekday:
        days = f"{days}–{weekday_name(last.weekday)}"
    return f"{days} {clock(first.opens)}–{clock(first.closes)}"


def weekday_name(weekday: int, *, alone: bool = False) -> str:
    """Mandag to søndag in the active language; with a capital where it stands `alone`."""
    name = str(WEEKDAYS[weekday])
    return capfirst(name) if alone else name


def clock(at: time | None) -> str:
    """Nine o'clock as people write it in the active language, 9.00 or 9:00; "" for no time."""
    return time_format(at, "TIME_FORMAT").removeprefix("0") if at else ""
