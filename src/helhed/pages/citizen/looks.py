"""Log lines as a calm list: by day, and several looks of one sitting told once with their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from helhed.sharing.answers import LogLine


@dataclass(frozen=True)
class Sitting:
    """Looks of the same kind on one day: the newest line, when they began, and how many."""

    line: LogLine
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True)
class Day:
    """One day of the log."""

    day: date
    sittings: tuple[Sitting, ...]


def by_day(lines: Iterable[LogLine]) -> tuple[Day, ...]:
    """The days of a log, newest first; within a day lines that differ only in time are one sitting."""
    days = groupby(lines, key=lambda line: timezone.localtime(line.at).date())
    return tuple(Day(day, tuple(_sittings(of_day))) for day, of_day in days)


def _sittings(lines: Iterable[LogLine]) -> Iterable[Sitting]:
    same: dict[tuple[object, ...], list[LogLine]] = {}
    for line in lines:
        what = (line.who, line.unit_label, line.action, line.purpose, line.ground, line.fields, line.allowed)
        same.setdefault(what, []).append(line)
    for alike in same.values():
        moments = [line.at for line in alike]
        yield Sitting(alike[0], min(moments), max(moments), len(alike))
