"""The curve of a draft beside what it is held against, small enough to stand in view all the time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format

from helhed.insight.answers import Point
from helhed.pages.curve import Mark, Tick, finding, nice
from helhed.sharing.answers import Count


@dataclass(frozen=True)
class Frame:
    """The size of a picture and its margins, in pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int = 22
    bottom: int = 24


PANEL = Frame(480, 190, 44, 66)
WIDE = Frame(840, 280, 56, 120)
APART = 36
"""Pixels between the names at the ends of two lines: a number and a name, also in the large letters of a small screen."""


@dataclass(frozen=True)
class Series:
    """One line: its name, and a size a day."""

    label: str
    points: tuple[tuple[date, Count], ...]


@dataclass(frozen=True)
class Line:
    """A line ready to draw: one list of points for each unbroken stretch, and its name at its end."""

    number: int
    label: str
    stretches: tuple[str, ...]
    end: Mark | None


@dataclass(frozen=True)
class Picture:
    """Everything the template needs. `rows`: the table of the same, a day and a count for each line."""

    title: str
    lines: tuple[Line, ...]
    years: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    mark: Mark | None
    names: tuple[str, ...]
    rows: tuple[tuple[date, tuple[Count | None, ...]], ...]
    width: str
    height: str
    left: str
    right: str
    top: str
    bottom: str
    wide: bool


def picture(series: Sequence[Series], on: date, frame: Frame = PANEL) -> Picture | None:
    """The lines over the same years, the first one's day marked; None where the first has fewer than two shown points."""
    main = [Point(day, count) for day, count in series[0].points if count.value is not None]
    if len(main) < 2:
        return None
    shown = [count.value for each in series for _day, count in each.points if count.value is not None]
    first, last = main[0].on, main[-1].on
    scale = _Scale(first, max((last - first).days, 1), nice(max(shown)), frame)
    asked = max((p for p in main if p.on <= on), key=lambda p: p.on, default=main[0])
    lines = tuple(_line(number, each, scale) for number, each in enumerate(series))
    return Picture(
        title=finding(main, asked),
        lines=_apart(lines, frame),
        years=tuple(_years(first, last, scale)),
        levels=tuple(
            Tick(scale.y(v), number_format(v)) for v in range(0, scale.highest + 1, scale.highest // 2)
        ),
        mark=None if asked is main[-1] else _mark(asked.on, asked.count, scale),
        names=tuple(each.label for each in series),
        rows=tuple(_rows(series)),
        width=str(frame.width),
        height=str(frame.height),
        left=str(frame.left),
        right=str(frame.width - frame.right),
        top=str(frame.top),
        bottom=str(frame.height - frame.bottom),
        wide=frame.width > PANEL.width,
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    days: int
    highest: int
    frame: Frame

    def x(self, on: date) -> int:
        inner = self.frame.width - self.frame.left - self.frame.right
        return self.frame.left + round(inner * (on - self.first).days / self.days)

    def y(self, value: int) -> int:
        inner = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.height - self.frame.bottom - round(inner * value / self.highest)


def _line(number: int, series: Series, scale: _Scale) -> Line:
    shown = [(day, count) for day, count in series.points if count.value is not None and day >= scale.first]
    end = _mark(*shown[-1], scale) if shown else None
    return Line(number, series.label, tuple(_stretches(series, scale)), end)


def _stretches(series: Series, scale: _Scale) -> Iterable[str]:
    stretch: list[str] = []
    for day, count in series.points:
        if count.value is None or day < scale.first:
            if len(stretch) > 1:
                yield " ".join(stretch)
            stretch = []
        else:
            stretch.append(f"{scale.x(day)},{scale.y(count.value)}")
    if len(stretch) > 1:
        yield " ".join(stretch)


def _mark(on: date, count: Count, scale: _Scale) -> Mark:
    return Mark(scale.x(on), scale.y(count.value or 0), number_format(count.value), "")


def _apart(lines: tuple[Line, ...], frame: Frame) -> tuple[Line, ...]:
    """The labels at the ends moved apart where they would cover one another."""
    ends = sorted((line for line in lines if line.end), key=lambda line: line.end.y if line.end else 0)
    places: dict[int, int] = {}
    lowest = frame.top
    for line in ends:
        assert line.end is not None  # nosec B101 - narrows a type
        places[line.number] = max(line.end.y, lowest)
        lowest = places[line.number] + APART
    over = lowest - APART - (frame.height - frame.bottom)
    return tuple(
        Line(line.number, line.label, line.stretches, _moved(line.end, places[line.number] - max(over, 0)))
        if line.end
        else line
        for line in lines
    )


def _moved(mark: Mark, y: int) -> Mark:
    return Mark(mark.x, y, mark.label, mark.when)


def _years(first: date, last: date, scale: _Scale) -> Iterable[Tick]:
    there = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
    step = 2 if len(there) > 6 and scale.frame.width < 600 else 1
    for year in there[::step]:
        yield Tick(scale.x(date(year, 1, 1)), str(year))


def _rows(series: Sequence[Series]) -> Iterable[tuple[date, tuple[Count | None, ...]]]:
    known = [dict(each.points) for each in series]
    for day, _count in series[0].points:
        if day.month in (1, 7) or day == series[0].points[-1][0]:
            yield day, tuple(each.get(day) for each in known)
