"""The target groups a citizen has been in, as thin bars under the lanes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.pages.timeline.bars import LETTER, Words, outline
from helhed.pages.timeline.window import WIDTH, Window
from helhed.pages.words import last_day
from helhed.sharing.answers import GroupBar

ROW, HEIGHT, WORDS = 30, 7, 13


@dataclass(frozen=True)
class Piece:
    """A spell in a group: certain, or unknown because the sources did not say enough."""

    path: str
    certain: bool
    reading: str


@dataclass(frozen=True)
class GroupLine:
    """One group with its spells in the window; the key is shown for models only."""

    key: str
    words_y: int
    words: Words
    pieces: tuple[Piece, ...]


def group_lines(groups: Iterable[GroupBar], window: Window, y: int) -> tuple[tuple[GroupLine, ...], int]:
    """A line for each group that has a spell in the window, and where the last one ends."""
    by_key: dict[str, list[GroupBar]] = {}
    for bar in groups:
        if window.holds(bar.start, bar.end):
            by_key.setdefault(bar.key, []).append(bar)
    lines = tuple(_line(bars, window, y + number * ROW) for number, bars in enumerate(by_key.values()))
    return lines, y + len(lines) * ROW


def _line(bars: list[GroupBar], window: Window, y: int) -> GroupLine:
    first = min(window.x(bar.start) for bar in bars)
    fits = first + len(bars[0].label) * LETTER <= WIDTH
    words = Words(bars[0].label, first if fits else WIDTH, "start" if fits else "end")
    pieces = tuple(
        Piece(outline(window, b.start, b.end, y + WORDS + 5, HEIGHT), b.value == "true", reading(b))
        for b in bars
    )
    return GroupLine(bars[0].key if bars[0].family == "model" else "", y + WORDS, words, pieces)


def reading(bar: GroupBar) -> str:
    """A spell in a group as one sentence."""
    certain = "" if bar.value == "true" else _("ukendt – kilderne siger ikke nok")
    span = f"{date_format(bar.start, 'DATE_FORMAT')} – {last_day(bar.end)}"
    return " · ".join(
        part
        for part in (bar.label if bar.family != "model" else f"{bar.key} {bar.label}", span, certain)
        if part
    )
