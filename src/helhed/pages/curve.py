"""A group's size over the years as an SVG line: geometry in whole pixels, labels as ready text, gaps where nothing is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from helhed.insight.answers import Point
from helhed.pages.words import short_month_name

WIDTH, HEIGHT = 840, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 28, 36
STEADY = 2  # percent; a change below this is called no change


@dataclass(frozen=True)
class Tick:
    """A label on an axis and its place in pixels."""

    at: int
    label: str


@dataclass(frozen=True)
class Mark:
    """A point with its own label: the day looked at, or the newest."""

    x: int
    y: int
    label: str
    when: str


@dataclass(frozen=True)
class Curve:
    """Everything a template needs to draw the line; `lines` are SVG point lists, one per unbroken stretch."""

    title: str
    lines: tuple[str, ...]
    years: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    table: tuple[Point, ...]
    width: str = str(WIDTH)
    height: str = str(HEIGHT)
    left: str = str(LEFT)
    right: str = str(WIDTH - RIGHT)
    bottom: str = str(HEIGHT - BOTTOM)
    top: str = str(TOP)


def curve(points: Sequence[Point], on: date) -> Curve | None:
    """The curve of a group with the day looked at marked; None where fewer than two points can be shown."""
    shown = [p for p in points if p.count.value is not None]
    if len(shown) < 2:
        return None
    highest = nice(max(p.count.value or 0 for p in shown))
    first, last = points[0].on, points[-1].on
    place = _Place(first, max((last - first).days, 1), highest)
    asked = max((p for p in shown if p.on <= on), key=lambda p: p.on, default=shown[0])
    return Curve(
        title=finding(shown, asked),
        lines=tuple(_lines(points, place)),
        years=tuple(
            Tick(place.x(date(y, 1, 1)), str(y))
            for y in range(first.year, last.year + 1)
            if date(y, 1, 1) >= first
        ),
        levels=tuple(Tick(place.y(v), number_format(v)) for v in range(0, highest + 1, highest // 4)),
        marks=_marks(asked, shown[-1], place),
        table=tuple(p for p in points if p.on.month in (1, 7)),
    )


def finding(shown: Sequence[Point], asked: Point) -> str:
    """The sentence over the curve: how the group changed in the year up to the day looked at."""
    month = date_format(asked.on, "F Y")
    now = asked.count.value or 0
    before = next((p for p in shown if (p.on.year, p.on.month) == (asked.on.year - 1, asked.on.month)), None)
    if before is None or not before.count.value:
        return _("%(now)s personer i %(month)s") % {"now": number_format(now), "month": month}
    was = before.count.value
    change = round(100 * (now - was) / was)
    words = {"percent": abs(change), "was": number_format(was), "now": number_format(now), "month": month}
    if abs(change) < STEADY:
        return _("Næsten uændret på et år: %(now)s personer i %(month)s") % words
    if change > 0:
        return _("Vokset %(percent)s %% på et år: fra %(was)s til %(now)s personer i %(month)s") % words
    return _("Faldet %(percent)s %% på et år: fra %(was)s til %(now)s personer i %(month)s") % words


@dataclass(frozen=True)
class _Place:
    first: date
    days: int
    highest: int

    def x(self, on: date) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * (on - self.first).days / self.days)

    def y(self, value: int) -> int:
        return HEIGHT - BOTTOM - round((HEIGHT - TOP - BOTTOM) * value / self.highest)


def _lines(points: Iterable[Point], place: _Place) -> Iterable[str]:
    stretch: list[str] = []
    for point in points:
        if point.count.value is None:
            if stretch:
                yield " ".join(stretch)
            stretch = []
        else:
            stretch.append(f"{place.x(point.on)},{place.y(point.count.value)}")
    if stretch:
        yield " ".join(stretch)


def _marks(asked: Point, newest: Point, place: _Place) -> tuple[Mark, ...]:
    chosen = [asked] if asked is newest else [asked, newest]
    return tuple(
        Mark(
            place.x(p.on),
            place.y(p.count.value or 0),
            number_format(p.count.value),
            f"{short_month_name(p.on)} {p.on.year}",
        )
        for p in chosen
    )


def nice(highest: int) -> int:
    """The top of the axis: the first of 4, 8, 12, 20, 40 … times a power of ten that holds the highest value."""
    scale = 1
    while True:
        for step in (4, 8, 12, 20):
            if step * scale >= max(highest, 4):
                return step * scale
        scale *= 10
