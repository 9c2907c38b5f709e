"""Counts through the hatch: protected before they are answered. Whoever asks is noted, with what was counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.membership import questions as memberships
from helhed.register import questions as register
from helhed.sharing import protection
from helhed.sharing.answers import Count, NoAccess

SHARED_GROUP = "FAELLES"
OTHERS = ""


@dataclass(frozen=True)
class Sized:
    """A group on a day: those in it, those who may be, and the share of shared citizens in percent."""

    size: Count
    unknown: Count
    shared_share: float | None


@dataclass(frozen=True)
class Part:
    """A line of a breakdown: a code or unit, its rounded number, and its share of the group in percent."""

    key: str
    count: Count
    share: float | None


def threshold() -> int:
    """The fewest persons a published number may stand for."""
    return int(settings.SMALL_COUNT)


def sizes(*, keys: Sequence[str], on: date, by: Actor) -> dict[str, Sized]:
    """The size of each of the groups on a day; no number for a group that is not counted yet."""
    allow(by, f"sizes {on}")
    limit = threshold()
    counted = memberships.counted_keys()
    waits = Sized(Count(None, "none"), Count(None, "none"), None)
    found = memberships.sizes_on(on, SHARED_GROUP)
    nobody = memberships.Size(0, 0, 0)
    return {
        key: waits
        if key not in counted
        else Sized(
            protection.size(size.certain, limit),
            protection.size(size.unknown, limit),
            protection.share(size.shared, size.certain, limit),
        )
        for key in keys
        for size in [found.get(key, nobody)]
    }


def curve(*, key: str, days: Sequence[date], by: Actor) -> list[Count]:
    """The size of a group on each of the days."""
    allow(by, f"curve {key}")
    return [protection.size(persons, threshold()) for persons in memberships.sizes_over(key, days)]


def by_code(*, key: str, on: date, kind: str, by: Actor) -> list[Part]:
    """Who a group is by code of a kind of fact, largest first."""
    allow(by, f"{key} by {kind} {on}")
    return _parts(memberships.by_code(key, on, kind), key, on)


def by_unit(*, key: str, on: date, kind: str, code: str = "", by: Actor) -> list[Part]:
    """Who a group is by unit of a kind of fact, largest first."""
    allow(by, f"{key} by unit of {kind} {on}")
    return _parts(memberships.by_unit(key, on, kind, code), key, on)


def by_unit_of_child_case(*, key: str, on: date, by: Actor) -> list[Part]:
    """Which units have the children's cases of a group of parents, largest first."""
    allow(by, f"{key} by unit of the child's case {on}")
    return _parts(memberships.by_unit_of_child_case(key, on), key, on)


def benefit_by_unit(*, key: str, on: date, most: int, by: Actor) -> dict[tuple[str, str], Count]:
    """The boundary: (unit, benefit) → rounded number of a group's members. The `most` largest benefits by name, the rest
    together under OTHERS."""
    allow(by, f"{key} benefit by unit {on}")
    found = memberships.benefit_by_unit(key, on)
    totals: Counter[str] = Counter()
    for (_unit, benefit), persons in found.items():
        totals[benefit] += persons
    named = {benefit for benefit, _persons in totals.most_common(most)}
    gathered: Counter[tuple[str, str]] = Counter()
    for (unit, benefit), persons in found.items():
        gathered[unit, benefit if benefit in named else OTHERS] += persons
    return {pair: protection.cell(persons, threshold()) for pair, persons in gathered.items()}


def people(*, by: Actor) -> Count:
    """How many people the register knows."""
    allow(by, "people")
    return protection.size(register.number_of_people(), threshold())


def _parts(found: dict[str, int], key: str, on: date) -> list[Part]:
    members = memberships.size_on(key, on)
    limit = threshold()
    parts = [
        Part(k, protection.cell(n, limit), protection.share(n, members, limit)) for k, n in found.items()
    ]
    return sorted(parts, key=lambda part: (-(part.count.value or 0), part.key))


def allow(by: Actor, what: str) -> None:
    """Counting is for those whose role may see the mapping; each counting is a line in the log."""
    if isinstance(by, User) and not by.may("mapping.see"):
        note(by=by, action="count", object=what, outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til kortlægningen."))
    note(by=by, action="count", object=what)
