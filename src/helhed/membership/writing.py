"""Writing a counting down: the spells that are new or no longer hold, and the change rows."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pyarrow as pa
from django.db import connection

from helhed.membership import statements
from helhed.membership.counting import Difference
from helhed.membership.models import GroupVersion, Recount
from helhed.membership.standings import WORDS, changes
from helhed.periods import OPEN, day_of
from helhed.register import wire


def store(difference: Difference, at: datetime) -> None:
    """Close what no longer holds, then add what is new: a person's spells beside each other, as they are read again."""
    if len(difference.outdated):
        with connection.cursor() as cursor:
            cursor.execute(
                statements.CLOSE_WHAT_NO_LONGER_HOLDS, {"at": at, "ids": difference.outdated.tolist()}
            )
    added = np.flatnonzero(difference.new)
    new = difference.fresh.of(added[np.argsort(difference.fresh.person[added], kind="stable")])
    if len(new.person):
        columns = {
            "person_id": new.person,
            "version_id": new.version,
            "certain": new.certain,
            "start": _days(new.start),
            "end": _days(new.end),
            "known_from": _repeated(at.isoformat(), len(new.person)),
        }
        wire.put("membership_spell", pa.table(columns))


def write_changes(row: Recount, difference: Difference) -> None:
    """One change row for each person and group whose days are not what they were."""
    if not (difference.closed.any() or difference.new.any()):
        return
    key_of = dict(GroupVersion.objects.values_list("pk", "key"))
    keys = sorted(set(key_of.values()))
    found = changes(difference, {pk: keys.index(key) for pk, key in key_of.items()}, day_of(row.day))
    if len(found.person):
        size = len(found.person)
        columns = {
            "recount_id": np.full(size, row.pk),
            "person_id": found.person,
            "group_key": pa.DictionaryArray.from_arrays(pa.array(found.key), keys).cast(pa.string()),
            "what": pa.DictionaryArray.from_arrays(pa.array(found.what), list(WORDS)).cast(pa.string()),
            "on": _days(found.on),
            "found_at": _repeated(row.at.isoformat(), size),
        }
        wire.put("membership_change", pa.table(columns))


def _days(days: Sequence[int] | np.ndarray) -> pa.Array:
    return pa.array(np.asarray(days, np.int32), mask=np.asarray(days) == OPEN).cast(pa.date32())


def _repeated(text: str, size: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), [text]).cast(pa.string())
