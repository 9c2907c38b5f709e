"""One table's facts as columns: who, which code, which unit, from when to when.

Days are whole numbers; a spell is half-open and an open end is OPEN. `code` and `unit` are positions in the lists of
`codes`; unit NOWHERE means that the source left the unit out.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from helhed.periods import OPEN

NOWHERE = -1


@dataclass(frozen=True)
class Facts:
    """Columns of equal length.

    `amount` is øre a month (benefits, services) or hours a week (offers). `planned` is the end the source shows as
    long as the true end has not come: OPEN for most, a date for an offer, a plan or a consent.
    """

    person: NDArray[np.int32]
    code: NDArray[np.int16]
    unit: NDArray[np.int16]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    amount: NDArray[np.int32]
    planned: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.person)

    def take(self, which: NDArray) -> "Facts":
        """The rows of a mask or of positions, in that order."""
        return Facts(*(getattr(self, field.name)[which] for field in fields(self)))

    def put(self, **columns: NDArray) -> "Facts":
        """The same rows with some columns exchanged."""
        return replace(
            self, **{name: column.astype(getattr(self, name).dtype) for name, column in columns.items()}
        )

    def on(self, day: int) -> NDArray[np.bool_]:
        """The rows that hold on a day."""
        return (self.start <= day) & (day < self.end)

    def cut(self, low: int) -> "Facts":
        """The rows that are not empty and end after `low`."""
        return self.take((self.end > np.maximum(self.start, low)) & (self.start < self.end))

    def ordered(self) -> "Facts":
        """By person, then by start."""
        return self.take(np.lexsort((self.code, self.start, self.person)))


def facts(person, code, start, end, unit=NOWHERE, amount=0, planned=OPEN) -> Facts:
    """Facts from columns or single values; single values stand on every row."""
    size = len(person)

    def column(values, kind) -> NDArray:
        return np.broadcast_to(np.asarray(values, dtype=kind), size).copy()

    return Facts(
        column(person, np.int32),
        column(code, np.int16),
        column(unit, np.int16),
        column(start, np.int32),
        column(end, np.int32),
        column(amount, np.int32),
        column(planned, np.int32),
    )


def joined(parts: list[Facts]) -> Facts:
    """The rows of several, one after the other."""
    return Facts(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Facts)))


def broken(rows: Facts, day, which: NDArray[np.bool_], **after: NDArray) -> Facts:
    """Break the chosen rows that hold both before and on `day` in two; the later part carries the columns in `after`.

    `day` is one day or one for each row; the columns in `after` have the length of `rows`. Chosen rows that begin on
    or after the day carry the new columns too; rows that are not chosen, and rows that end by the day, stay.
    """
    days = np.broadcast_to(np.asarray(day, dtype=np.int32), len(rows))
    later = which & (rows.end > days)
    kept = rows.put(end=np.where(later, np.minimum(rows.end, days), rows.end))
    continued = rows.put(start=np.maximum(rows.start, days), **after).take(later)
    return joined([kept.take(kept.start < kept.end), continued])
