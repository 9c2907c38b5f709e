"""What membership answers. Only the hatch (sharing) may ask; everyone else gets counts and looks from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from helhed.audit.covering import touch
from helhed.membership import statements
from helhed.membership.lapses import spells_of_parts
from helhed.membership.models import Change, GroupVersion, Recount
from helhed.membership.stored import Stored, newest, stored
from helhed.periods import Span
from helhed.rules.spells import Spells


@dataclass(frozen=True)
class Size:
    """Persons in a group on a day: certainly, possibly, and how many of the certain ones are shared citizens."""

    certain: int
    unknown: int
    shared: int


MOST_KEPT = 16
_kept_sizes: dict[tuple[tuple[str, int | None], date, str], dict[str, Size]] = {}


@dataclass(frozen=True)
class Standing:
    """One spell of a person in a group, half-open; versions that follow each other with the same value are one."""

    key: str
    certain: bool
    start: date
    end: date | None


def sizes_on(day: date, shared_group: str, known: datetime | None = None) -> dict[str, Size]:
    """Each group's size on a day, as known now or at an earlier moment. A group nobody is in is left out.

    As known now they are counted once for each counting of everybody's standing, and kept in the process.
    """
    if known is not None:
        return _sizes(day, shared_group, known)
    asked = (newest(), day, shared_group)
    if asked not in _kept_sizes:
        if len(_kept_sizes) >= MOST_KEPT:
            _kept_sizes.clear()
        _kept_sizes[asked] = _sizes(day, shared_group, timezone.now())
    return dict(_kept_sizes[asked])


def _sizes(day: date, shared_group: str, known: datetime) -> dict[str, Size]:
    asked = {"day": day, "shared": shared_group, "known": known}
    with connection.cursor() as cursor:
        cursor.execute(statements.SIZES_ON, asked)
        return {key: Size(certain, unknown, shared) for key, certain, unknown, shared in cursor.fetchall()}


def sizes_over(key: str, days: Sequence[date]) -> list[int]:
    """The number of persons certainly in a group on each of the days."""
    with connection.cursor() as cursor:
        cursor.execute(statements.SPANS_OF_GROUP, {"key": key})
        spans = cursor.fetchall()
    starts = np.sort(np.array([start for start, _ in spans], dtype="datetime64[D]"))
    ends = np.sort(np.array([end for _, end in spans if end is not None], dtype="datetime64[D]"))
    asked = np.array(days, dtype="datetime64[D]")
    begun = np.searchsorted(starts, asked, side="right")
    over = np.searchsorted(ends, asked, side="right")
    return [int(n) for n in begun - over]


def current_spells() -> Stored:
    """Everyone's spells in every group as numbers, as of the newest count."""
    return stored()


def parts_of_leavers(key: str, window: Span) -> Spells:
    """The spells of a group's parts ("0", "1", …) for those who leave the group in the window."""
    return spells_of_parts(key, window)


def members_on(key: str, day: date) -> list[int]:
    """The ids of those certainly in a group on a day."""
    with connection.cursor() as cursor:
        cursor.execute(statements.MEMBERS_ON, {"key": key, "day": day})
        return [person for (person,) in cursor.fetchall()]


def standings_of(person_id: int) -> list[Standing]:
    """All a person's spells in groups, as known now, neighbours across versions joined."""
    with connection.cursor() as cursor:
        cursor.execute(statements.SPELLS_OF_PERSON, {"person": person_id})
        rows = [Standing(*row) for row in cursor.fetchall()]
    if rows:
        touch("standings")
    joined: list[Standing] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last and (last.key, last.certain, last.end) == (row.key, row.certain, row.start):
            joined[-1] = Standing(row.key, row.certain, last.start, row.end)
        else:
            joined.append(row)
    return joined


def version_on(key: str, day: date) -> GroupVersion | None:
    """The current version of a group in force on a day."""
    versions = GroupVersion.objects.filter(key=key, current=True, valid_from__lte=day).order_by("-valid_from")
    return versions.first()


def counted_keys() -> set[str]:
    """The groups that have been counted. One adopted a moment ago has not."""
    return set(GroupVersion.objects.filter(current=True).values_list("key", flat=True))


def countings_with_changes() -> list[int]:
    """The recounts that wrote change rows, oldest first."""
    changed = Exists(Change.objects.filter(recount=OuterRef("pk")))
    return list(Recount.objects.filter(changed).order_by("pk").values_list("pk", flat=True))


def changes_of(recount: int, keys: Sequence[str]) -> list[Change]:
    """The change rows of one recount for these groups, by person."""
    return list(
        Change.objects.filter(recount_id=recount, group_key__in=keys).order_by("person_id", "group_key")
    )


def by_code(key: str, day: date, kind: str) -> dict[str, int]:
    """Persons of a group on a day by the code of their facts of a kind; a person with two codes counts under both."""
    return _pairs(statements.BREAKDOWN_BY_CODE, {"key": key, "day": day, "kind": kind})


def by_unit(key: str, day: date, kind: str, code: str = "") -> dict[str, int]:
    """Persons of a group on a day by the unit of their facts of a kind (and code, where given)."""
    return _pairs(statements.BREAKDOWN_BY_UNIT, {"key": key, "day": day, "kind": kind, "code": code})


def by_unit_of_child_case(key: str, day: date) -> dict[str, int]:
    """Persons of a group on a day by the unit that has the case of a child of theirs."""
    return _pairs(statements.CHILD_CASE_BY_UNIT, {"key": key, "day": day})


def benefit_by_unit(key: str, day: date) -> dict[tuple[str, str], int]:
    """Persons of a group on a day by benefit and by the unit of their primary social case, or of their child's case:
    (unit, benefit) → persons. Who has cases in two units counts in both."""
    with connection.cursor() as cursor:
        cursor.execute(statements.BENEFIT_BY_UNIT, {"key": key, "day": day})
        return {(unit, benefit): persons for unit, benefit, persons in cursor.fetchall()}


def size_on(key: str, day: date) -> int:
    """The number of persons certainly in one group on a day."""
    with connection.cursor() as cursor:
        cursor.execute(statements.SIZE_OF_GROUP, {"key": key, "day": day})
        return int(cursor.fetchone()[0])


def _pairs(statement: str, asked: dict[str, object]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return dict(cursor.fetchall())
