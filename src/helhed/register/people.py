"""Which person a number means, for many numbers at once; and new persons for numbers nobody has."""

from datetime import datetime

import numpy as np
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray

from helhed.register import wire
from helhed.register.cpr import CPR, ERSTATNING, text_of

PEOPLE_LOCK = 0x68656C70656F

_KNOWN = """
    SELECT value, person_id FROM register_identifier
    WHERE known_to IS NULL AND kind <> 'other' ORDER BY value, valid_from NULLS FIRST
"""


def lock_people() -> None:
    """Until the transaction ends nobody else gives numbers to persons: two sources may bring the same newcomer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PEOPLE_LOCK])


class Known:
    """The numbers known now, in order, and the person of each. Where a number has had several persons, the latest."""

    def __init__(self) -> None:
        rows = wire.fetch(_KNOWN, {"value": "int8", "person_id": "int8"})
        value = rows["value"]
        latest = np.ones(len(value), bool)
        latest[:-1] = value[1:] != value[:-1]
        self.value: NDArray[np.int64] = value[latest]
        self.person: NDArray[np.int64] = rows["person_id"][latest]

    def persons(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The person of each number; 0 where nobody has it."""
        if not len(self.value):
            return np.zeros(len(numbers), np.int64)
        place = np.searchsorted(self.value, numbers)
        place[place == len(self.value)] = 0
        return np.where(self.value[place] == numbers, self.person[place], 0)

    def welcome(self, numbers: NDArray[np.int64], moment: datetime) -> int:
        """Make a person for each number nobody has; answers how many. The people must be locked."""
        strangers = np.unique(numbers[self.persons(numbers) == 0])
        if not len(strangers):
            return 0
        persons = _make(len(strangers), moment)
        ordinary = strangers // 100_000_000 <= 60
        rows = {
            "person_id": persons,
            "kind": pa.array(np.where(ordinary, CPR, ERSTATNING)),
            "value": text_of(strangers),
            "known_from": pa.array([moment.isoformat()] * len(strangers)),
        }
        wire.put("register_identifier", pa.table(rows))
        value = np.concatenate((self.value, strangers))
        order = np.argsort(value)
        self.value, self.person = value[order], np.concatenate((self.person, persons))[order]
        return len(strangers)


def _make(count: int, moment: datetime) -> NDArray[np.int64]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_person (created) SELECT %s FROM generate_series(1, %s) RETURNING id",
            [moment, count],
        )
        return np.fromiter((row[0] for row in cursor.fetchall()), np.int64, count)
