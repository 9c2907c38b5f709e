"""Who came and who left, month by month, as SVG bars up and down from one line: whole pixels, labels as ready text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from helhed.pages.curve import Tick
from helhed.pages.words import short_month_name
from helhed.sharing.answers import Count
from helhed.sharing.movements import Month

WIDTH, HEIGHT = 840, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 28, 44
BAR = 2 / 3  # of a month's room
HIDDEN = 3  # pixels of the mark that stands for a hidden number


@dataclass(frozen=True)
class Bar:
    """A month's bar on one side of the line; `words` is read out, and shown where the pointer rests."""

    x: int
    y: int
    height: int
    words: str
    hidden: bool


@dataclass(frozen=True)
class InOut:
    """Everything a template needs to draw the bars: `line` is where nobody moves, `marks` are days of a new meaning."""

    came: tuple[Bar, ...]
    left: tuple[Bar, ...]
    months: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    marks: tuple[int, ...]
    line: int
    bar: int
    width: str = str(WIDTH)
    height: str = str(HEIGHT)
    start: str = str(LEFT)
    stop: str = str(WIDTH - RIGHT)
    top: str = str(TOP)
    bottom: str = str(HEIGHT - BOTTOM)


def inout(months: Sequence[Month], versions: Sequence[date]) -> InOut | None:
    """The bars of some months in order; None where no number can be shown."""
    shown = [count.value or 0 for month in months for count in (month.came, month.left)]
    if not any(shown):
        return None
    highest = _top(max(shown))
    line = (TOP + HEIGHT - BOTTOM) // 2
    room = (WIDTH - LEFT - RIGHT) / len(months)
    scale = (line - TOP) / highest
    places = [LEFT + round(room * (i + (1 - BAR) / 2)) for i in range(len(months))]
    return InOut(
        came=tuple(_bar(m, m.came, x, scale, line, up=True) for m, x in zip(months, places, strict=True)),
        left=tuple(_bar(m, m.left, x, scale, line, up=False) for m, x in zip(months, places, strict=True)),
        months=tuple(
            Tick(x, f"{short_month_name(m.on)} {m.on.year}")
            for m, x in list(zip(months, places, strict=True))[::6]
        ),
        levels=tuple(
            Tick(line - round(side * level * scale), number_format(level))
            for level in (highest // 2, highest)
            for side in (1, -1)
        ),
        marks=tuple(_mark(months, day, room) for day in versions if months[0].on <= day),
        line=line,
        bar=round(room * BAR),
    )


def _top(highest: int) -> int:
    """The end of the axis on either side: the first of 4, 6, 8, 10, 12 and 16 times a power of ten that holds the highest."""
    scale = 1
    while True:
        for step in (4, 6, 8, 10, 12, 16):
            if step * scale >= highest:
                return step * scale
        scale *= 10


def _bar(month: Month, count: Count, x: int, scale: float, line: int, *, up: bool) -> Bar:
    height = HIDDEN if count.hidden else round((count.value or 0) * scale)
    number = _("færre end %(below)s") % {"below": count.below} if count.hidden else number_format(count.value)
    when = f"{short_month_name(month.on)} {month.on.year}"
    words = _("%(when)s: %(n)s kom ind") if up else _("%(when)s: %(n)s gik ud")
    return Bar(x, line - height if up else line, height, words % {"when": when, "n": number}, count.hidden)


def _mark(months: Sequence[Month], day: date, room: float) -> int:
    """Where a day lies on the axis of months."""
    number = (day.year - months[0].on.year) * 12 + day.month - months[0].on.month
    return LEFT + round(room * (number + (day.day - 1) / 31))
