"""One spell as a bar: its outline, and where its words fit."""

from dataclasses import dataclass
from datetime import date

from helhed.pages.timeline.window import WIDTH, Window

LETTER = 7.0  # pixels a letter takes on average, a little on the wide side
INDENT = 8
SHORTEST = 3
POINT = 7
MOST_LETTERS_CUT = 4


@dataclass(frozen=True)
class Bar:
    """A spell drawn: SVG path, words and their place (empty where nothing fits), and the row in the table it leads to."""

    path: str
    words: str
    words_x: int
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


def fitted(words: str, left: int, right: int, free_until: int) -> tuple[str, int]:
    """The words and their x: inside the bar, else behind it where there is room, else cut short, else nothing."""
    need = len(words) * LETTER + 2 * INDENT
    if need <= right - left:
        return words, left + INDENT
    if need <= free_until - right:
        return words, right + INDENT
    letters = int((right - left - 2 * INDENT) / LETTER) - 1
    return (f"{words[:letters].rstrip()}…", left + INDENT) if letters >= MOST_LETTERS_CUT else ("", left)
