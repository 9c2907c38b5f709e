"""What the population register says of a few people: died, left the country, disappeared, lives in another municipality.

It follows from the other rows and changes none of them: most stopped on the day their last row ended. A few whose
employment case still runs are told of by the deltas, as when somebody has just died and nobody has closed the benefit yet; one
or two of those were a mistake, and are taken back.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.synthetic.codes import CHANGES, CPR_STATUSES, FIRST_DAY, FULL_FILES
from helhed.synthetic.deliveries import Record
from helhed.synthetic.facts import facts

_PAST, _FRESH = 0.004, 0.0004  # shares of everybody
_SHARES = (0.45, 0.12, 0.03, 0.4)  # of those who stopped, by the order of CPR_STATUSES
_MISTAKES = 6  # one in so many of the fresh ones
_SAYING = (
    "benefits",
    "employment",
    "offers",
    "social",
    "services",
    "children",
)  # rows that say somebody is here


def standings(
    records: Mapping[str, Record], size: int, apart: Collection[int], rng: np.random.Generator
) -> Record:
    """The register's rows of a few of the first `size` people; none of those who stand `apart` is told of by the deltas."""
    last = np.zeros(size, dtype=np.int64)
    for name in _SAYING:
        rows = records[name].rows
        np.maximum.at(last, rows.person, rows.end)
    stopped = np.flatnonzero((last > FIRST_DAY) & (last <= FULL_FILES))
    cases = records["employment"].rows
    running = np.setdiff1d(cases.person[cases.end > CHANGES[-1]], np.asarray(sorted(apart), dtype=np.int64))
    past = _some(stopped, round(size * _PAST), rng)
    fresh = _some(running, max(1, round(size * _FRESH)), rng)
    days = rng.integers(FULL_FILES + 1, CHANGES[-1] + 1, len(fresh))
    person = np.concatenate((past, fresh))
    code = np.concatenate(
        (_codes(len(past), rng), np.where(np.arange(len(fresh)) % 3 == 2, _ELSEWHERE, _DEAD))
    )
    rows = facts(person, code, np.concatenate((last[past], days)), OPEN)
    deleted = np.full(len(person), OPEN, dtype=np.int32)
    mistaken = len(past) + np.flatnonzero(days <= CHANGES[0])[2::_MISTAKES]
    deleted[mistaken] = CHANGES[1]
    never = np.full(len(person), -OPEN, dtype=np.int32)
    return Record(rows, rows.code.copy(), never, deleted)


def of_those(record: Record, known: NDArray, rank: NDArray) -> Record:
    """The rows of the people a system knows, in the order it lists them."""
    kept = np.flatnonzero(np.isin(record.rows.person, known))
    kept = kept[np.argsort(rank[record.rows.person[kept]], kind="stable")]
    return Record(record.rows.take(kept), record.mistaken[kept], record.corrected[kept], record.deleted[kept])


_DEAD, _ELSEWHERE = CPR_STATUSES.index("doed"), CPR_STATUSES.index("anden-kommune")


def _codes(number: int, rng: np.random.Generator) -> NDArray:
    return rng.choice(len(CPR_STATUSES), size=number, p=_SHARES)


def _some(people: NDArray, most: int, rng: np.random.Generator) -> NDArray:
    return np.sort(rng.choice(people, size=min(most, len(people)), replace=False))
