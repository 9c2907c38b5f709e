"""One spell as a bar: its outline, and where its words fit."""

from dataclasses import dataclass
from datetime import date

from helhed.pages.timeline.window import WIDTH, Window

LETTER = 7.0  # pixels a letter takes on average, a little on the wide side
INDENT = 8
SHORTEST = 3
POINT = 7
FEWEST_LETTERS = 6


@dataclass(frozen=True)
class Words:
    """Words in the picture: where they begin, or end when `anchor` is "end". Empty where nothing fits."""

    text: str
    x: int
    anchor: str

    @property
    def right(self) -> int:
        """Where they end."""
        return self.x if self.anchor == "end" else self.x + round(len(self.text) * LETTER)


@dataclass(frozen=True)
class Bar:
    """A spell drawn: SVG path, its words, and the row in the table it leads to."""

    path: str
    words: Words
    words_y: int
    side: str
    reading: str
    row: str


def outline(window: Window, start: date, end: date | None, y: int, height: int) -> str:
    """The bar's path: square where the spell begins or ends, pointed where it goes on beyond the picture."""
    left, right = extent(window, start, end)
    on_left, on_right = start < window.start, end is None or end > window.end
    middle = y + height / 2
    point = min(POINT, (right - left) // 3)
    parts = [f"M{left + (point if on_left else 0)},{y}", f"H{right - (point if on_right else 0)}"]
    parts += [f"L{right},{middle:g}L{right - point},{y + height}"] if on_right else [f"V{y + height}"]
    parts += [f"H{left + point}L{left},{middle:g}Z"] if on_left else [f"H{left}Z"]
    return "".join(parts)


def extent(window: Window, start: date, end: date | None) -> tuple[int, int]:
    """Left and right pixel of a spell in the window; never narrower than can be seen."""
    left = window.x(start)
    right = WIDTH if end is None else window.x(end)
    return (left, max(right, left + SHORTEST)) if left + SHORTEST <= WIDTH else (WIDTH - SHORTEST, WIDTH)


def fitted(words: str, left: int, right: int, free: tuple[int, int]) -> Words:
    """The words and their place: inside the bar, else behind or before it where `free` leaves room, else cut short."""
    need = round(len(words) * LETTER) + 2 * INDENT
    if need <= right - left:
        return Words(words, left + INDENT, "start")
    if need <= free[1] - right:
        return Words(words, right + INDENT, "start")
    letters = int((right - left - 2 * INDENT) / LETTER) - 1
    # Whole words and no half bracket, so that what is seen is part of the name that is read aloud.
    whole = words[: max(0, letters - 3)].rpartition(" ")[0]
    if whole.count("(") > whole.count(")"):
        whole = whole.rpartition(" (")[0]
    if len(whole) >= FEWEST_LETTERS:
        return Words(f"{whole} ...", left + INDENT, "start")
    if need <= left - free[0]:
        return Words(words, left - INDENT, "end")
    return Words("", left, "start")
