"""One lane of facts: spells packed in rows, or the hatched block of lanes the viewer may not see."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.pages.timeline.bars import Bar, extent, fitted, outline
from helhed.pages.timeline.window import WIDTH, Window
from helhed.pages.words import last_day
from helhed.sharing.answers import Lane, LaneSpell

ROW, HEIGHT, PAD = 28, 22, 6
CLOSED_ROW = 28
LETTERS_PER_LINE = 100


@dataclass(frozen=True)
class Band:
    """An open lane: its label's place and its bars."""

    label: str
    side: str
    y: int
    label_y: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Line:
    """A line of words and its place."""

    words: str
    y: int


@dataclass(frozen=True)
class Closed:
    """Closed lanes of one side: their labels, and why they are closed."""

    side: str
    y: int
    height: int
    labels: tuple[Line, ...]
    words: tuple[Line, ...]
    reason: str


@dataclass(frozen=True)
class TableRow:
    """One fact in the table under the picture."""

    id: str
    lane: Lane
    spell: LaneSpell


def band(lane: Lane, window: Window, y: int) -> Band:
    """An open lane; an empty one keeps its row, so that "nothing" can be seen."""
    numbered = [
        (f"fakta-{row_id(lane, i)}", s) for i, s in enumerate(lane.spells) if window.holds(s.start, s.end)
    ]
    bars: list[Bar] = []
    rows = packed(numbered, window)
    for number, row in enumerate(rows):
        bars += _bars(lane, row, window, y + PAD + number * ROW)
    height = max(1, len(rows)) * ROW + PAD
    return Band(lane.label, lane.side, y, y + PAD + HEIGHT - 6, height, tuple(bars))


def _bars(lane: Lane, row: list[tuple[str, LaneSpell]], window: Window, y: int) -> list[Bar]:
    """The bars of one row, from the left; words keep clear of their neighbours and of the neighbours' words."""
    places = [extent(window, spell.start, spell.end) for _name, spell in row]
    following = [*(left for left, _right in places[1:]), WIDTH]
    bars: list[Bar] = []
    taken = 0
    for (name, spell), (_left, right), after in zip(row, places, following, strict=True):
        bars.append(_bar(lane, name, spell, window, y, (taken, after)))
        taken = max(right, bars[-1].words.right)
    return bars


def packed(spells: Iterable[tuple[str, LaneSpell]], window: Window) -> list[list[tuple[str, LaneSpell]]]:
    """Spells in as few rows as hold them without overlap on the screen."""
    rows: list[list[tuple[str, LaneSpell]]] = []
    for name, spell in sorted(spells, key=lambda pair: pair[1].start):
        left = extent(window, spell.start, spell.end)[0]
        for row in rows:
            last = row[-1][1]
            if extent(window, last.start, last.end)[1] <= left:
                row.append((name, spell))
                break
        else:
            rows.append([(name, spell)])
    return rows


def _bar(lane: Lane, name: str, spell: LaneSpell, window: Window, y: int, free: tuple[int, int]) -> Bar:
    left, right = extent(window, spell.start, spell.end)
    path = outline(window, spell.start, spell.end, y, HEIGHT)
    words = fitted(spell.label, left, right, free)
    return Bar(path, words, y + HEIGHT - 6, lane.side, reading(lane, spell), name)


def reading(lane: Lane, spell: LaneSpell) -> str:
    """All that is known of a spell, as one sentence: for the ear, the pointer and the line under the picture."""
    parts = [
        f"{lane.label}: {spell.label}",
        spell.unit_label,
        f"{date_format(spell.start, 'DATE_FORMAT')} – {last_day(spell.end)}",
        _("kilde: %(source)s, kendt siden %(day)s")
        % {"source": spell.source, "day": date_format(spell.known_since, "DATE_FORMAT")},
    ]
    return " · ".join(part for part in parts if part)


def closed_block(lanes: Sequence[Lane], y: int) -> Closed:
    """Closed lanes as one hatched block with the reason written once."""
    reason = lanes[0].reason
    lines = textwrap.wrap(reason, LETTERS_PER_LINE)
    height = max(len(lanes) * CLOSED_ROW, len(lines) * 20 + 16) + PAD
    first = y + (height - len(lines) * 20) // 2 + 15
    return Closed(
        side=lanes[0].side,
        y=y,
        height=height,
        labels=tuple(Line(lane.label, y + 21 + i * CLOSED_ROW) for i, lane in enumerate(lanes)),
        words=tuple(Line(words, first + i * 20) for i, words in enumerate(lines)),
        reason=reason,
    )


def table_rows(lanes: Iterable[Lane]) -> tuple[TableRow, ...]:
    """Every fact the viewer may see, newest first within its lane."""
    return tuple(
        TableRow(f"fakta-{row_id(lane, i)}", lane, spell)
        for lane in lanes
        for i, spell in sorted(enumerate(lane.spells), key=lambda pair: pair[1].start, reverse=True)
    )


def row_id(lane: Lane, number: int) -> str:
    """The name of a fact on the page; a kind may have a lane on each side."""
    return f"{lane.side}-{lane.kind}-{number}"
