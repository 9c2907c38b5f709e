"""Small numbers protected. Every count of persons that leaves the house is made here.

Two rules, both shown to the reader. A group's size below the threshold is hidden. The cells of a breakdown are rounded to
the nearest five and hidden below the threshold, and totals are the sums of rounded cells, so that no cell can be found by
subtraction. (Statistics Denmark asks for at least three; five is this house's default.)
"""

from collections.abc import Callable, Iterable

from helhed.sharing.answers import Count

STEP = 5


def size(persons: int, threshold: int) -> Count:
    """A group's size: exact from the threshold up, and exact zero; hidden between."""
    if 0 < persons < threshold:
        return Count(None, "small", threshold)
    return Count(persons)


def cell(persons: int, threshold: int) -> Count:
    """A cell of a breakdown: rounded to the nearest five, hidden below the threshold; zero is zero."""
    if 0 < persons < threshold:
        return Count(None, "small", threshold)
    return Count(_rounded(persons))


def total(cells: Iterable[Count]) -> Count:
    """The sum of rounded cells; hidden cells count as none, so the sum says no more than the cells do."""
    return Count(sum(c.value or 0 for c in cells))


def share(part: int, whole: int, threshold: int) -> float | None:
    """A share in percent of two rounded numbers. None where the part, or what is left, is below the threshold."""
    if whole < threshold:
        return None
    if 0 < part < threshold or 0 < whole - part < threshold:
        return None
    return round(100 * _rounded(part) / _rounded(whole), 1)


def _rounded(persons: int) -> int:
    return STEP * ((2 * persons + STEP) // (2 * STEP))


def drawn(persons: int, threshold: int) -> Count:
    """A number of persons in a criterion anybody may draw: rounded to whole thresholds (at least to the nearest five).

    Two criteria that differ by one person could be subtracted if their sizes were exact. Rounded so, any two such numbers
    are equal or at least the threshold apart.
    """
    step = max(STEP, threshold)
    if 0 < persons < threshold:
        return Count(None, "small", threshold)
    return Count(step * ((2 * persons + step) // (2 * step)))


def pair(
    one: int, other: int, threshold: int, made: Callable[[int, int], Count] = cell
) -> tuple[Count, Count]:
    """Two cells whose difference can be read off elsewhere, such as those who came and left between two known sizes:
    where one is below the threshold, the other is not shown as an exact zero either."""
    small = Count(None, "small", threshold)
    cells = made(one, threshold), made(other, threshold)
    if any(c.hidden for c in cells):
        return (cells[0] if cells[0].value else small, cells[1] if cells[1].value else small)
    return cells


def rate(events: int, years: float, threshold: int) -> float | None:
    """Events per 100 person-years, of rounded numbers. None where the events are hidden or the years are too few."""
    shown = cell(events, threshold).value
    if shown is None or years < threshold:
        return None
    return round(100 * shown / _rounded(round(years)), 1)
