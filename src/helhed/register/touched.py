"""Whom a delivery touched: gathered while its files are taken in, then one change row a person."""

from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray

from helhed.register import wire
from helhed.register.versions import Plan

NEW, CHANGED, CLOSED = 0, 1, 2
EVERYONE = 0.5
"""When a delivery touches more than this share of all persons, it is said to touch everyone."""


class Touched:
    """Persons touched, with what happened (NEW, CHANGED, CLOSED) and the kind of fact."""

    def __init__(self) -> None:
        self._kinds: list[str] = []
        self._rows: list[tuple[NDArray[np.int64], int, int]] = []

    def add(self, plan: Plan, kind: str) -> None:
        """The persons of a plan. A row that changed touches the person it named before as well."""
        if kind not in self._kinds:
            self._kinds.append(kind)
        number = self._kinds.index(kind)
        stood = plan.standing.columns
        for column in plan.standing.shape.persons:
            came = plan.rows[column].to_numpy()
            before, after = stood[column][plan.outdated], came[plan.changed]
            self._note(came[plan.new], NEW, number)
            self._note(after, CHANGED, number)
            self._note(before[before != after], CHANGED, number)
            self._note(stood[column][np.concatenate((plan.deleted, plan.closed))], CLOSED, number)

    def _note(self, persons: NDArray[np.int64], what: int, kind: int) -> None:
        if len(persons):
            self._rows.append((persons, what, kind))

    def write(self, delivery: int) -> bool:
        """Write the change rows; answers True instead where more than half of all persons are touched."""
        if not self._rows:
            return False
        person = np.concatenate([persons for persons, _, _ in self._rows])
        touched, place = np.unique(person, return_inverse=True)
        if len(touched) > EVERYONE * _all_persons():
            return True
        what = np.concatenate([np.full(len(persons), what) for persons, what, _ in self._rows])
        kind = np.concatenate([np.full(len(persons), kind) for persons, _, kind in self._rows])
        counts = [np.bincount(place[what == each], minlength=len(touched)) for each in (NEW, CHANGED, CLOSED)]
        rows = {
            "delivery_id": np.full(len(touched), delivery),
            "person_id": touched,
            "kinds": self._kinds_of(place, kind, len(touched)),
        }
        wire.put(
            "register_change", pa.table(rows | dict(zip(("new", "changed", "closed"), counts, strict=True)))
        )
        return False

    def _kinds_of(self, place: NDArray[np.int64], kind: NDArray[np.int64], size: int) -> Any:
        """The kinds of each person touched, as PostgreSQL writes an array."""
        bits = np.zeros(size, np.int64)
        np.bitwise_or.at(bits, place, 1 << kind)
        different, which = np.unique(bits, return_inverse=True)
        written = ["{" + ",".join(self._kinds_in(int(some))) + "}" for some in different]
        return pa.array(written).take(pa.array(which))

    def _kinds_in(self, bits: int) -> list[str]:
        return sorted(kind for number, kind in enumerate(self._kinds) if bits >> number & 1)


def _all_persons() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_person")
        return int(cursor.fetchone()[0])
