"""Log lines as a calm list: by day, and several looks of one sitting told once with their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from helhed.sharing.answers import LogLine


@dataclass(frozen=True)
class Sitting:
    """Looks of the same kind on one day, newest first; the newest line tells what they have in common."""

    lines: tuple[LogLine, ...]

    @property
    def line(self) -> LogLine:
        """The newest line."""
        return self.lines[0]

    @property
    def first(self) -> datetime:
        """When they began."""
        return min(line.at for line in self.lines)

    @property
    def last(self) -> datetime:
        """When they ended."""
        return max(line.at for line in self.lines)

    @property
    def times(self) -> int:
        """How many they were."""
        return len(self.lines)


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
        same.setdefault(_what(line), []).append(line)
    return [Sitting(tuple(alike)) for alike in same.values()]


def _what(line: LogLine) -> tuple[object, ...]:
    who = (line.who, line.unit_label, line.behalf)
    return (*who, line.action, line.purpose, line.ground, line.fields, line.allowed, line.emergency)
