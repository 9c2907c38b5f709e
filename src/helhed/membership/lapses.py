"""Which part of a group's criterion lapsed: the spells of its parts, for those who left the group."""

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helhed.law import Catalogue
from helhed.membership.counting import with_referred
from helhed.membership.definitions import book
from helhed.membership.stored import Stored, stored
from helhed.periods import Span
from helhed.register import questions
from helhed.rules import many
from helhed.rules.criteria import All, AnyOf, AtLeast, Criterion, Group, Version, parts
from helhed.rules.spells import TRUE, Spells, from_table, pick

PART = "part "  # no target group's key has a space in it


def parts_of(group: Group, day: int) -> tuple[Criterion, ...]:
    """The parts of a group's criterion on a day, in order: those of an all, any or at_least, else the criterion itself.

    Before the first version those of the first.
    """
    version = group.version_on(day) or group.versions[0]
    return _parts(version.criteria)


def spells_of_parts(key: str, window: Span) -> Spells:
    """The spells of a group's parts (keys "0", "1", …, as `parts_of` on the window's last day) for those who leave it.

    A version with as many parts has them in its own time, so that what lapsed is told by the words then in force. Persons
    are numbered as in `stored()`. Kept until the next count. Raises LookupError for an unknown key.
    """
    return _kept(stored().mark, key, window)


@lru_cache(maxsize=64)
def _kept(_mark: tuple[str, int | None], key: str, window: Span) -> Spells:
    everyone, known = stored(), book()
    groups = _groups(known, key, window)
    leavers = pa.array(_leavers(everyone, key, window))
    facts = questions.facts(questions.families_of(leavers.to_pylist()))
    table = many.evaluate(*facts, groups, known.vocabulary(), window)
    of_them = table.filter(pc.is_in(table["person"], value_set=leavers))
    spells = from_table(of_them, pa.array(everyone.persons))
    found = pick(spells, [spells.keys.index(name) for name in groups if name.startswith(PART)])
    return found._replace(keys=tuple(name.removeprefix(PART) for name in found.keys))


def _leavers(everyone: Stored, key: str, window: Span) -> np.ndarray:
    """The ids of those who are certainly in the group up to a day in the window."""
    spells = pick(everyone.spells, [everyone.number(key)])
    leaves = (spells.value == TRUE) & (spells.end > window.start) & (spells.end < window.stop)
    return everyone.persons[np.unique(spells.person[leaves])]


def _groups(known: Catalogue, key: str, window: Span) -> dict[str, Group]:
    """A group for each part, in order, and the groups the parts refer to."""
    every = known.groups()
    versions = every[key].versions
    how_many = len(parts_of(every[key], window.stop - 1))
    groups = {}
    for number in range(how_many):
        dated = [
            Version(version.valid_from, _parts(version.criteria)[number])
            for version in versions
            if len(_parts(version.criteria)) == how_many
        ]
        groups[f"{PART}{number}"] = Group(f"{PART}{number}", tuple(dated))
    named = {other for group in groups.values() for other in group.refers_to}
    return groups | with_referred(named, every)


def _parts(criterion: Criterion) -> tuple[Criterion, ...]:
    return parts(criterion) if isinstance(criterion, All | AnyOf | AtLeast) else (criterion,)
