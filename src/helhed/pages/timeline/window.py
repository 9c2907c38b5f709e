"""Which days the timeline shows, how a day becomes a pixel, and where the ticks stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from helhed.pages.words import short_month_name
from helhed.sharing.answers import LaneSpell

WIDTH = 920
ZOOMS = (1, 3, 10)
TODAY = 82
"""How near before today a label would run into the word for it, in pixels."""


@dataclass(frozen=True)
class Tick:
    """A mark on the axis; the beginning of a year is `strong`. Labels too close to the edge are left out."""

    x: int
    label: str
    strong: bool


@dataclass(frozen=True)
class Window:
    """The days [start, end) of a timeline, and how many years that is."""

    start: date
    end: date
    years: int

    def x(self, day: date) -> int:
        """The pixel of a day, held within the picture."""
        share = (day - self.start).days / (self.end - self.start).days
        return round(WIDTH * min(1.0, max(0.0, share)))

    def holds(self, start: date, end: date | None) -> bool:
        """Whether any day of [start, end) is in the window."""
        return start < self.end and (end is None or end > self.start)

    def ticks(self, today: date | None = None) -> tuple[Tick, ...]:
        """Years; and quarters at three years, months at one. A label that the word for `today` would stand on is left out."""
        step = {1: 1, 3: 3}.get(self.years, 12)
        found = []
        day = date(self.start.year, 1, 1)
        while day < self.end:
            if day >= self.start:
                strong = day.month == 1
                label = str(day.year) if strong else short_month_name(day)
                hidden = self.x(day) >= WIDTH - 30 or (
                    today is not None and 0 <= self.x(today) - self.x(day) < TODAY
                )
                found.append(Tick(self.x(day), "" if hidden else label, strong))
            day = _months_later(day, step)
        return tuple(found)

    def moved(self, forward: bool) -> date:
        """The end of the window half a width earlier or later."""
        half = timedelta(days=round(self.years * 365.25 / 2))
        return self.end + half if forward else self.end - half


def window_asked(request: HttpRequest, today: date, spells: Iterable[LaneSpell]) -> Window:
    """The window in the address (`?aar=3&til=2026-12-31`); by default up to a little past today, and as wide as the
    facts ask for."""
    latest = latest_end(today)
    asked = request.GET.get("aar", "")
    years = int(asked) if asked in {str(z) for z in ZOOMS} else _wide_enough(latest, spells)
    try:
        end = date.fromisoformat(request.GET.get("til", ""))
    except ValueError:
        end = latest
    end = min(max(end, date(1990, 1, 1)), latest)
    return Window(_years_before(end, years), end, years)


def _wide_enough(latest: date, spells: Iterable[LaneSpell]) -> int:
    """One year where everything began within it, ten where nothing is left of the last three, else three."""
    spells = list(spells)
    if spells and all(spell.start >= _years_before(latest, 1) for spell in spells):
        return 1
    recent = any(spell.end is None or spell.end > _years_before(latest, 3) for spell in spells)
    return 3 if recent else 10


def latest_end(today: date) -> date:
    """The latest day a window may end: a little past today, so that what runs on is seen to run on."""
    return _months_later(today.replace(day=1), 3)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _months_later(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
