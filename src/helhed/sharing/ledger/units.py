"""Units as the ledger looks at them: what took over from one that is no more, and which are one line."""

from functools import cache

from helhed.law import catalogue
from helhed.sharing.consent.standing import covers


@cache
def ends(unit: str) -> tuple[str, ...]:
    """A unit, or what took over from it where it is no more."""
    units = catalogue().units
    if unit not in units or not units[unit].successors:
        return (unit,)
    return tuple(entry.key for entry in units.successors(unit) if not entry.successors)


def replaced() -> tuple[list[str], list[str]]:
    """Every unit that is no more beside each that took over from it, as two lists for the database."""
    pairs = [(unit, end) for unit in catalogue().units for end in ends(unit) if end != unit]
    return [unit for unit, _ in pairs], [end for _, end in pairs]


def in_line(one: str, another: str) -> bool:
    """Whether two units are one, or one lies below the other."""
    return covers(one, another) or covers(another, one)
