"""Everyone's spells in all groups as numbers, as they stand now: read once for each count and kept in the process."""

from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import Max, Min
from numpy.typing import NDArray
from pyarrow import csv

from helhed.membership import statements
from helhed.membership.models import GroupVersion, Recount
from helhed.periods import day_of
from helhed.rules.spells import Spells, from_columns

_COLUMNS = ("version", "person", "value", "start", "end")


class Stored(NamedTuple):
    """The spells of every group, versions joined, and what numbers them.

    `persons`: the ids of those who stand in any group, by number, rising. `first_days`: by group, the first day of its
    first version; a spell that starts on it may have begun before the group was thought of.
    """

    spells: Spells
    persons: NDArray[np.int64]
    first_days: tuple[int, ...]


_lock = Lock()
_kept: dict[tuple[str, int | None], Stored] = {}


def stored() -> Stored:
    """The spells as of the newest count. Another thread that asks meanwhile waits for the same reading."""
    with _lock:
        newest = Recount.objects.aggregate(newest=Max("pk"))["newest"]
        mark = (connection.settings_dict["NAME"], newest)
        if mark not in _kept:
            read = _read()
            _kept.clear()
            _kept[mark] = read
        return _kept[mark]


def _read() -> Stored:
    versions = dict(GroupVersion.objects.values_list("pk", "key"))
    first = dict(GroupVersion.objects.filter(current=True).values_list("key").annotate(first=Min("valid_from")))
    keys = sorted(first)
    rows = _rows()
    if len(rows["version"]):
        rows = {name: column[np.isin(rows["version"], _of(versions, first))] for name, column in rows.items()}
    number = np.zeros(max(versions, default=0) + 1, np.int32)
    for pk, key in versions.items():
        number[pk] = keys.index(key) if key in first else 0
    persons, person = np.unique(rows["person"], return_inverse=True)
    spells = from_columns(
        keys, number[rows["version"]], person, rows["value"], rows["start"], rows["end"], people=len(persons)
    )
    return Stored(spells, persons, tuple(day_of(first[key]) for key in keys))


def _of(versions: dict[int, str], keys: dict[str, object]) -> list[int]:
    return [pk for pk, key in versions.items() if key in keys]


def _rows() -> dict[str, NDArray[np.int64]]:
    """The current spells by column, whole numbers throughout."""
    with connection.cursor() as cursor, cursor.copy(statements.ALL_SPELLS) as copy:
        sink = pa.BufferOutputStream()
        for block in copy:
            sink.write(block)
    text = sink.getvalue()
    if not text.size:
        return {name: np.empty(0, np.int64) for name in _COLUMNS}
    types = csv.ConvertOptions(column_types=dict.fromkeys(_COLUMNS, pa.int64()))
    table = csv.read_csv(pa.BufferReader(text), csv.ReadOptions(column_names=_COLUMNS), convert_options=types)
    return {name: table[name].to_numpy() for name in _COLUMNS}
