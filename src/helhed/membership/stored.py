"""Everyone's spells in all groups as numbers, as they stand now: read once for each count and kept in the process."""

from threading import Lock
from typing import NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Max, Min
from numpy.typing import NDArray

from helhed.membership import statements
from helhed.membership.models import GroupVersion, Recount
from helhed.periods import day_of
from helhed.register import wire
from helhed.rules.spells import Spells, from_columns

COLUMNS = {"version": "int8", "person": "int8", "certain": "bool", "start": "int4", "end": "int4"}


class Stored(NamedTuple):
    """The spells of every group, versions joined, and what numbers them.

    `persons`: the ids of those who stand in any group, by number, rising. `first_days`: by group, the first day of its
    first version; a spell that starts on it may have begun before the group was thought of. `mark`: the store, and the
    newest count.
    """

    spells: Spells
    persons: NDArray[np.int64]
    first_days: tuple[int, ...]
    mark: tuple[str, int | None]

    def number(self, key: str) -> int:
        """The number of a group. Raises LookupError for one that is not counted."""
        if key not in self.spells.keys:
            raise LookupError(key)
        return self.spells.keys.index(key)

    def first_day(self, key: str) -> int:
        """The first day of a group's first version."""
        return self.first_days[self.number(key)]


def newest() -> tuple[str, int | None]:
    """The store, and the newest count in it: what is the same as long as nobody has counted again."""
    return connection.settings_dict["NAME"], Recount.objects.aggregate(newest=Max("pk"))["newest"]


_lock = Lock()
_kept: dict[tuple[str, int | None], Stored] = {}


def stored() -> Stored:
    """The spells as of the newest count. Another thread that asks meanwhile waits for the same reading."""
    with _lock:
        mark = newest()
        if mark not in _kept:
            read = _read(mark)
            _kept.clear()
            _kept[mark] = read
        return _kept[mark]


def _read(mark: tuple[str, int | None]) -> Stored:
    first = dict(
        GroupVersion.objects.filter(current=True).values_list("key").annotate(first=Min("valid_from"))
    )
    keys = sorted(first)
    versions = dict(GroupVersion.objects.filter(key__in=keys).values_list("pk", "key"))
    group = np.full(max(versions, default=0) + 1, -1, np.int32)
    for pk, key in versions.items():
        group[pk] = keys.index(key)
    rows = wire.fetch(statements.ALL_SPELLS, COLUMNS)
    persons, person = np.unique(rows["person"], return_inverse=True)
    numbered = {
        "group": group[rows["version"]],
        "person": person,
        "value": 1 + rows["certain"].astype(np.int32),
    }
    known = numbered["group"] >= 0
    columns = [column[known] for column in (*numbered.values(), rows["start"], rows["end"])]
    spells = from_columns(keys, *columns, people=len(persons))
    return Stored(spells, persons, tuple(day_of(first[key]) for key in keys), mark)
