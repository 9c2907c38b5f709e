"""The ledger of responsibility as a picture over time: a row for each part, a bar for each unit that held it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.coordination.handover.work.answers import HeldSpan

LABELS, WIDTH = 216, 840
ROW, BAR, TOP, FOOT = 52, 34, 34, 12
LONGEST = 24
"""How many letters of a label stand on one line."""
LETTER = 7.2
"""How wide a letter of the bars' words is, about."""
AROUND = timedelta(days=120)
SHORTEST = timedelta(days=365)
MARGIN = 0.16
"""How much of the width lies after today."""


@dataclass(frozen=True)
class Bar:
    """A unit holding a part: where it is drawn, what stands in it, and the whole of it in words."""

    x: int
    y: int
    width: int
    height: int
    side: str
    words: str
    beside: bool
    reading: str


@dataclass(frozen=True)
class Row:
    """A part, and where its bars lie."""

    lines: tuple[str, ...]
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Tick:
    """The beginning of a year or a month."""

    x: int
    label: str


@dataclass(frozen=True)
class LedgerPicture:
    """Everything the template draws, in pixels."""

    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today_x: int
    cut: bool
    labels: int = LABELS
    width: int = WIDTH
    top: int = TOP


def draw(spans: Sequence[HeldSpan]) -> LedgerPicture | None:
    """The picture from a while before the first move to a little after today; None where nothing is held."""
    if not spans:
        return None
    now = timezone.now()
    first = min(span.since for span in spans)
    moved = [span.since for span in spans if span.since > first]
    start = max(first, min(min(moved, default=now) - AROUND, now - SHORTEST))
    scale = _Scale(start, now)
    rows = []
    for number, (label, held) in enumerate(_by_part(spans)):
        y = TOP + number * ROW
        bars = tuple(_bar(span, scale, y) for span in held if span.until is None or span.until > start)
        rows.append(Row(_lines(label), y, bars))
    height = TOP + len(rows) * ROW + FOOT
    return LedgerPicture(height, tuple(rows), tuple(_ticks(scale)), scale.x(now), cut=start > first)


@dataclass(frozen=True)
class _Scale:
    start: datetime
    now: datetime

    def x(self, at: datetime) -> int:
        share = (at - self.start) / (self.now - self.start)
        return round(max(0.0, share) * WIDTH * (1 - MARGIN))


def _by_part(spans: Iterable[HeldSpan]) -> list[tuple[str, list[HeldSpan]]]:
    found: dict[str, list[HeldSpan]] = {}
    for span in spans:
        found.setdefault(span.part_label, []).append(span)
    return list(found.items())


def _lines(label: str) -> tuple[str, ...]:
    """A label on one line, or on two where it is long."""
    words = label.split()
    if len(label) <= LONGEST or len(words) < 2:
        return (label,)
    return " ".join(words[:-1]), words[-1]


def _bar(span: HeldSpan, scale: _Scale, y: int) -> Bar:
    x = scale.x(span.since)
    right = WIDTH if span.until is None else scale.x(span.until)
    width = max(3, right - x)
    told = span.unit_label + (f" + {span.beside_label}" if span.beside_label else "")
    return Bar(
        x,
        y + (ROW - BAR) // 2,
        width,
        BAR,
        span.side,
        _fitting(told, width),
        bool(span.beside_label),
        reading(span),
    )


def reading(span: HeldSpan) -> str:
    """A span in one sentence."""
    until = date_format(timezone.localdate(span.until)) if span.until else _("nu")
    said = _("%(part)s: %(unit)s, fra %(start)s til %(end)s. %(ground)s.") % {
        "part": span.part_label,
        "unit": span.unit_label,
        "start": date_format(timezone.localdate(span.since)),
        "end": until,
        "ground": span.ground_label,
    }
    return f"{said} {_('Sammen med')} {span.beside_label}." if span.beside_label else said


def _fitting(words: str, width: int) -> str:
    room = int((width - 16) / LETTER)
    if len(words) <= room:
        return words
    return f"{words[: room - 1].rstrip()}…" if room > 6 else ""


def _ticks(scale: _Scale) -> Iterable[Tick]:
    """Each new year; in a short window each quarter."""
    months = 12 if scale.now - scale.start > timedelta(days=3 * 365) else 3
    year, month = timezone.localtime(scale.start).year, 1
    end = scale.start + (scale.now - scale.start) / (1 - MARGIN)
    while True:
        at = timezone.make_aware(datetime(year, month, 1))
        if at > end:
            return
        if at >= scale.start:
            yield Tick(scale.x(at), str(year) if month == 1 else date_format(at, "M Y").lower())
        month += months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
