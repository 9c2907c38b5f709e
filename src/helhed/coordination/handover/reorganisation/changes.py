"""What the catalogue says happens to units, and when: nobody types it in again."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from helhed.law import catalogue
from helhed.law.entries import Unit
from helhed.periods import date_of, day_of
from helhed.sharing.policy import above


@dataclass(frozen=True)
class Change:
    """A unit that gives way, and the units that take over (keys). `kind`: renamed, merged, split, or moved to another
    administration.
    `otherwise`: where those go whose case lies in none of several, unless told."""

    old: str
    successors: tuple[str, ...]
    kind: str

    @property
    def otherwise(self) -> str:
        """The unit for the rest, if one is called so; else the first."""
        rest = [unit for unit in self.successors if unit.endswith("/oevrige")]
        return (rest or self.successors)[0]

    @property
    def several(self) -> bool:
        """Whether there is a choice."""
        return len(self.successors) > 1


def days() -> tuple[date, ...]:
    """The days on which units give way to others, the newest first."""
    found = {unit.valid_to for unit in catalogue().units.values() if _gives_way(unit)}
    return tuple(date_of(day) for day in sorted((day for day in found if day is not None), reverse=True))


def changes_on(day: date) -> tuple[Change, ...]:
    """The units that give way on a day, in the catalogue's order."""
    units = [u for u in catalogue().units.values() if _gives_way(u) and u.valid_to == day_of(day)]
    heirs = Counter(unit.successors[0] for unit in units if len(unit.successors) == 1)
    return tuple(Change(unit.key, unit.successors, _kind(unit, heirs)) for unit in units)


def both_sides(changes: tuple[Change, ...]) -> bool:
    """Whether units of both administrations are concerned, so that both must agree."""
    sides = {above(unit)[-1] for change in changes for unit in (change.old, *change.successors)}
    return len(sides) > 1


def _gives_way(unit: Unit) -> bool:
    return unit.valid_to is not None and bool(unit.successors)


def _kind(unit: Unit, heirs: Counter[str]) -> str:
    if len(unit.successors) > 1:
        return "split"
    if above(unit.key)[-1] != above(unit.successors[0])[-1]:
        return "moved"
    return "merged" if heirs[unit.successors[0]] > 1 else "renamed"
