"""Breakdowns as horizontal bars: the table is the chart. Widths are whole percent of the longest bar."""

from collections.abc import Iterable
from dataclasses import dataclass

from helhed.insight.answers import Cell


@dataclass(frozen=True)
class Bar:
    """One line of a breakdown with the width of its bar in percent, as text for an SVG attribute."""

    cell: Cell
    width: str


def bars(cells: Iterable[Cell]) -> tuple[Bar, ...]:
    """Bars in falling order; a hidden number has no bar, and lines without persons are left out."""
    shown = [cell for cell in cells if cell.count.value != 0]
    shown.sort(key=lambda cell: -(cell.count.value or 0))
    longest = max((cell.count.value or 0 for cell in shown), default=0)
    return tuple(
        Bar(cell, f"{100 * (cell.count.value or 0) / longest:.1f}%" if longest else "0%") for cell in shown
    )
