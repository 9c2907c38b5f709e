"""What the right side of the bench shows of an impact: the number with what the last change did, and everything under it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helhed.pages.analyst.workshop.picture import PANEL, Frame, Picture, Series, picture
from helhed.sharing.answers import Count
from helhed.sharing.impact import Impact, Overlap, Part

SHOWN = 6
ALWAYS = "HOI-SKAL"


@dataclass(frozen=True)
class Step:
    """What the last change did to the number: a sign, words, and a tone."""

    words: str
    icon: str


@dataclass(frozen=True)
class Segment:
    """A part of the bar against the base: its name, its number, and its place and width in percent as SVG text."""

    key: str
    x: str
    width: str


@dataclass(frozen=True)
class Panel:
    """An impact ready to print."""

    impact: Impact
    step: Step | None
    picture: Picture | None
    segments: tuple[Segment, ...]
    overlaps: tuple[tuple[Overlap, str], ...]
    more_overlaps: tuple[tuple[Overlap, str], ...]
    units: tuple[tuple[Part, str], ...]
    more_units: tuple[tuple[Part, str], ...]


def panel(impact: Impact, before: int | None = None, frame: Frame = PANEL) -> Panel:
    """An impact with the number that stood there before (None: nothing to compare with)."""
    first, more = _overlaps(impact.overlaps)
    units = _with_bars(impact.units, [part.count for part in impact.units])
    return Panel(
        impact=impact,
        step=step(before, impact.size),
        picture=picture(lines_of(impact, _("udkast")), impact.on, frame),
        segments=tuple(_segments(impact)),
        overlaps=first,
        more_overlaps=more,
        units=units[:SHOWN],
        more_units=units[SHOWN:],
    )


def lines_of(impact: Impact, name: str) -> list[Series]:
    """The draft's curve, and its base's where it has one."""
    lines = [Series(name, tuple((point.on, point.size) for point in impact.curve))]
    if impact.base_key:
        of_base = ((point.on, point.base or Count(None, "none")) for point in impact.curve)
        lines.append(Series(impact.base_key, tuple(of_base)))
    return lines


def step(before: int | None, now: Count) -> Step | None:
    """ "− 212 personer": what a change did. A difference below the threshold is told as such."""
    if before is None or now.value is None:
        return None
    by = now.value - before
    if by == 0:
        return Step(_("uændret antal"), "check")
    icon = "arrow-upward" if by > 0 else "arrow-downward"
    sign = "+" if by > 0 else "−"
    words = ngettext("%(sign)s %(n)s person", "%(sign)s %(n)s personer", abs(by))
    return Step(words % {"sign": sign, "n": number_format(abs(by))}, icon)


def _segments(impact: Impact) -> Iterable[Segment]:
    parts = [("leaving", impact.leaving), ("staying", impact.staying), ("coming", impact.coming)]
    values = [(key, count.value if count else None) for key, count in parts]
    if any(value is None for _key, value in values):
        return
    whole = sum(value or 0 for _key, value in values)
    at = 0.0
    for key, value in values:
        width = 100 * (value or 0) / whole if whole else 0
        yield Segment(key, f"{at:.2f}%", f"{width:.2f}%")
        at += width


def _overlaps(found: Sequence[Overlap]) -> tuple[tuple[tuple[Overlap, str], ...], ...]:
    there = [each for each in found if each.both.value != 0 or each.key == ALWAYS]
    rows = _with_bars(there, [each.both for each in there])
    first = [row for number, row in enumerate(rows) if number < SHOWN or row[0].key == ALWAYS]
    return tuple(first), tuple(row for row in rows if row not in first)


def _with_bars(lines: Sequence, counts: Sequence[Count]) -> tuple:
    longest = max((count.value or 0 for count in counts), default=0)
    return tuple(
        (line, f"{100 * (count.value or 0) / longest:.1f}%" if longest else "0%")
        for line, count in zip(lines, counts, strict=True)
    )
