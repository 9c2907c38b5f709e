"""What the case systems know on a day: the rows that have begun, the ends that have come, and later corrections.

The full files show one day; a delta file shows what differs between two.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.synthetic.codes import BENEFITS, CHANGES, FULL_FILES, OFFERS, SERVICES
from helhed.synthetic.facts import Facts

_NEVER = OPEN
MARK = "AENDRING"
NEW, CHANGED, DELETED = "O", "R", "S"
_SWAPS = {  # codes that caseworkers mix up, by kind
    "benefits": (BENEFITS, "kontanthjaelp/jobparat", "kontanthjaelp/aktivitetsparat"),
    "services": (SERVICES, "SEL-85", "SEL-99"),
    "offers": (OFFERS, "LAB-mentor", "LAB-kontaktforloeb"),
}


@dataclass(frozen=True)
class Record:
    """A table with its later corrections: until day `corrected` a row says `mistaken`, from day `deleted` it is gone."""

    rows: Facts
    mistaken: NDArray[np.int16]
    corrected: NDArray[np.int32]
    deleted: NDArray[np.int32]

    def seen(self, day: int) -> NDArray[np.bool_]:
        """The rows that the source has on a day."""
        return (self.rows.start <= day) & (day < self.deleted)

    def ends(self, day: int) -> NDArray[np.int32]:
        """The end each row shows: the true one once it has come, until then the planned one."""
        return np.where(self.rows.end <= day + 1, self.rows.end, self.rows.planned)

    def codes(self, day: int) -> NDArray[np.int16]:
        return np.where(day < self.corrected, self.mistaken, self.rows.code)

    def shown(self, day: int) -> Facts:
        """The rows as they stand after the delivery of a day."""
        return self.rows.put(end=self.ends(day), code=self.codes(day)).take(self.seen(day))

    def marks(self, before: int, day: int) -> NDArray[np.str_]:
        """For each row what a delta from one day to another says of it; empty where nothing."""
        was, now = self.seen(before), self.seen(day)
        other = (self.ends(before) != self.ends(day)) | (self.codes(before) != self.codes(day))
        return np.select([now & ~was, was & ~now, was & now & other], [NEW, DELETED, CHANGED], default="")


def record(name: str, rows: Facts, rng: np.random.Generator) -> Record:
    """A table in which some of the last months' rows are corrected, and some of the last weeks' deleted, by the deltas."""
    size = len(rows)
    mistaken, corrected = rows.code.copy(), np.full(size, -_NEVER, dtype=np.int32)
    deleted = np.full(size, _NEVER, dtype=np.int32)
    fresh = (rows.start <= FULL_FILES) & (rows.end > FULL_FILES)
    if name in _SWAPS:
        codes, one, other = _SWAPS[name]
        pair = (codes.index(one), codes.index(other))
        chosen = _some((rows.start > FULL_FILES - 150) & fresh & np.isin(rows.code, pair), 40, rng)
        mistaken[chosen] = np.where(rows.code[chosen] == pair[0], pair[1], pair[0])
        corrected[chosen] = rng.choice(CHANGES, size=len(chosen))
    entered_by_mistake = _some((rows.start > FULL_FILES - 60) & fresh & (corrected < 0), 15, rng)
    deleted[entered_by_mistake] = rng.choice(CHANGES, size=len(entered_by_mistake))
    return Record(rows, mistaken, corrected, deleted)


def _some(which: NDArray[np.bool_], most: int, rng: np.random.Generator) -> NDArray:
    """Some of the chosen rows: at most `most`, and at most one in twenty."""
    rows = np.flatnonzero(which)
    return rng.choice(rows, size=min(most, len(rows) // 20), replace=False)
