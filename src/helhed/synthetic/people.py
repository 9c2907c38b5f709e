"""The people of the made-up city: birth, sex, name, number.

Every number has 60 added to its day, as substitute numbers have, so that none can be a real person's. The rest of the
number follows the rules: the seventh digit tells the century and the last digit the sex.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.periods import birthday
from helhed.synthetic.names import FAMILIES, MEN, WOMEN

_MILLENNIUM = 10957  # 1 January 2000
_STEP = 617  # a prime that divides neither 2000 nor 3000, so that a day's numbers never repeat
_NOBODY = -1


@dataclass(frozen=True)
class People:
    """Columns of equal length; a person is a position. `birth` is a day, `male` and `protected` are flags.

    `first`, `middle` and `last` are positions in the lists of names; a middle name of -1 is none, and stands for a
    second surname. `rank` is the order in which the case systems list the people.
    """

    birth: NDArray[np.int32]
    male: NDArray[np.bool_]
    first: NDArray[np.int16]
    middle: NDArray[np.int16]
    last: NDArray[np.int16]
    protected: NDArray[np.bool_]
    rank: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.birth)


def people(birth: NDArray, male: NDArray, mother: NDArray, rng: np.random.Generator) -> People:
    """People with names; who has a `mother` (position, else -1) has her last name."""
    size = len(birth)
    first = np.where(male, rng.integers(len(MEN), size=size), rng.integers(len(WOMEN), size=size))
    weight = 1 / (np.arange(len(FAMILIES)) + 25.0)
    order = rng.permutation(len(FAMILIES))
    last = order[rng.choice(len(FAMILIES), size=size, p=weight / weight.sum())]
    last = np.where(mother == _NOBODY, last, last[mother])
    middle = np.where(rng.random(size) < 0.22, rng.integers(len(FAMILIES), size=size), _NOBODY)
    return People(
        birth.astype(np.int32),
        male,
        first.astype(np.int16),
        middle.astype(np.int16),
        last.astype(np.int16),
        rng.random(size) < 0.018,
        rng.permutation(size).astype(np.int32),
    )


def numbers(who: People) -> pa.Array:
    """A unique number of ten digits for each person: day + 60, month, year, and four digits."""
    serial = _serials(who.birth, who.male)
    date = who.birth.astype("datetime64[D]").astype("datetime64[M]")
    day = who.birth - date.astype("datetime64[D]").astype(np.int64) + 61
    month = date.astype(np.int64) % 12 + 1
    year = (date.astype(np.int64) // 12 + 1970) % 100
    whole = ((day * 100 + month) * 100 + year) * 10_000 + serial
    return pa.array(whole).cast(pa.string())  # a day of 61-91 leaves no leading zero


def _serials(birth: NDArray, male: NDArray) -> NDArray:
    """The last four digits: 0000-3999 until 1999, 4000-9999 after; odd for men; spread over the day's numbers."""
    order = np.lexsort((male, birth))
    group = birth[order].astype(np.int64) * 2 + male[order]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    turn = np.arange(len(birth)) - np.repeat(starts, np.diff(np.r_[starts, len(birth)]))
    young = birth[order] >= _MILLENNIUM
    room = np.where(young, 3000, 2000)
    if (turn >= room).any():
        raise ValueError("too many people are born on the same day to give each a number")
    found = np.empty(len(birth), dtype=np.int64)
    found[order] = 2 * ((group * 1013 + turn * _STEP) % room) + male[order] + np.where(young, 4000, 0)
    return found


def birthdays(birth: NDArray, age: int) -> NDArray:
    """The day each person reaches an age."""
    days, where = np.unique(birth, return_inverse=True)
    return np.array([birthday(int(day), age) for day in days], dtype=np.int64)[where]


def given_names(who: People) -> tuple[pa.Array, pa.Array]:
    """First names, and surnames with the second one before the last: 'Signe', 'Bach Østergaard'."""
    firsts = pa.array(MEN + WOMEN).take(pa.array(np.where(who.male, who.first, who.first + len(MEN))))
    doubled = [f"{middle} {last}" for middle in (*FAMILIES, "") for last in FAMILIES]
    lasts = [text.strip() for text in doubled]
    middle = np.where(who.middle == _NOBODY, len(FAMILIES), who.middle.astype(np.int64))
    return firsts, pa.array(lasts).take(pa.array(middle * len(FAMILIES) + who.last))


def plain_names(who: People) -> tuple[pa.Array, pa.Array]:
    """The same without the second surname, as the other system writes it."""
    firsts, _ = given_names(who)
    return firsts, pa.array(FAMILIES).take(pa.array(who.last))
