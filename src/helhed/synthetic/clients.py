"""The adult clients: each with a window, and what is known of them on one day, from which their history is grown.

For those of the cells the day is the anchor day and the knowledge the cell's. For those who left before it or came after
it, it is a day of their window and a draw from the level distribution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic import benefits, units
from helhed.synthetic.careers import YEAR, Stay, around, came, left, some_day
from helhed.synthetic.chains import NONE, Process, settled, state_in
from helhed.synthetic.codes import ANCHOR, FIRST_DAY, HORIZON
from helhed.synthetic.people import birthdays

ADULT_STAY = Stay(mean=8.0, sigma=0.8)
YOUNG_STAY = Stay(mean=4.5, sigma=0.7)
SEEKER_STAY = Stay(mean=7.0, sigma=0.8)
RESIDENT_STAY = Stay(mean=8.0, sigma=0.9)

ADULT, YOUNG, PARENT, SEEKER, RESIDENT = range(5)
"""The kinds: adults and young people of both administrations, parents of children with cases, people of BIF only, of SOF only."""
BENEFITS_OF = {
    ADULT: benefits.ADULTS,
    YOUNG: benefits.YOUNG,
    PARENT: benefits.PARENTS,
    SEEKER: benefits.SEEKERS,
    RESIDENT: benefits.PENSIONERS,
}
UNITS_OF = {
    ADULT: units.PRIMARY,
    YOUNG: units.PRIMARY,
    PARENT: units.PRIMARY,
    SEEKER: units.ELSEWHERE,
    RESIDENT: units.RESIDENTS,
}


@dataclass(frozen=True)
class Clients:
    """Columns of equal length; days are whole numbers.

    `low` and `high`: the half-open window in which they are known. `at`: the day of which `benefit`, `unit` and `second`
    (states, each with its category) are known; a category of NONE means that there never is such a thing. `kind`: which
    processes they follow. `delay`: days from the 30th birthday until the benefit follows. `parents`: has a family in the cells.
    """

    birth: NDArray
    male: NDArray
    low: NDArray
    high: NDArray
    at: NDArray
    benefit_category: NDArray
    benefit: NDArray
    unit_category: NDArray
    unit: NDArray
    second_category: NDArray
    second: NDArray
    kind: NDArray
    delay: NDArray
    parents: NDArray

    def __len__(self) -> int:
        return len(self.birth)


def together(parts: Sequence[Clients]) -> Clients:
    """The clients of several, one after the other."""
    return Clients(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Clients))
    )


# Some of the adults of the anchor day were young before it, so fewer other young people are needed then.
_LEAVING = {ADULT: 1.0, YOUNG: 0.94}


def passing(kind: int, size: int, coming: float, rng: np.random.Generator) -> Clients:
    """Those who left before the anchor day or came after it, around `size` adults or young people known on that day.

    `coming` scales how many come: below 1 where others grow older into the same population.
    """
    stay = YOUNG_STAY if kind == YOUNG else ADULT_STAY
    before = round(stay.leaving(size) * _LEAVING[kind])
    low, high = _before_and_after(stay, before, round(stay.coming(size) * coming), rng)
    old = _young_entry if kind == YOUNG else _adult_entry
    return _drawn(kind, low, high, old, rng)


def background(kind: int, size: int, rng: np.random.Generator) -> Clients:
    """So many clients of one administration only, known at some time between the first day and the last."""
    stay = SEEKER_STAY if kind == SEEKER else RESIDENT_STAY
    known = round(size * stay.mean / (stay.mean + (HORIZON - FIRST_DAY) / YEAR))
    past = round((size - known) * (ANCHOR - FIRST_DAY) / (HORIZON - FIRST_DAY))
    windows = [around(stay, known, rng), _before_and_after(stay, past, size - known - past, rng)]
    low, high = (np.concatenate(column) for column in zip(*windows, strict=True))
    return _drawn(kind, low, high, _seeker_entry if kind == SEEKER else _adult_entry, rng)


def _before_and_after(
    stay: Stay, before: int, after: int, rng: np.random.Generator
) -> tuple[NDArray, NDArray]:
    windows = (left(stay, before, rng), came(stay, after, rng))
    low, high = (np.concatenate(column) for column in zip(*windows, strict=True))
    return low, high


def _drawn(kind: int, low: NDArray, high: NDArray, old: Callable, rng: np.random.Generator) -> Clients:
    """Clients with given windows: `old` draws their age in years when they came, the rest is as in a level population."""
    size = len(low)
    age = old(size, rng)
    low, high = _until_66(low, high, age)
    birth = low - np.ceil(age * YEAR).astype(np.int64)
    at = some_day(low, high, rng)
    return drawn(kind, birth, low, high, at, rng)


def _until_66(low: NDArray, high: NDArray, age: NDArray) -> tuple[NDArray, NDArray]:
    """Windows cut so that nobody grows older than 66 in them, towards the anchor day or the end nearest to it."""
    share = np.minimum(1.0, (66 - age) * YEAR / (high - low))
    centre = np.clip(ANCHOR, low, high)
    before, after = ((centre - low) * share).astype(np.int64), ((high - centre) * share).astype(np.int64)
    return centre - before, centre + np.maximum(after, 1 - before)


def drawn(
    kind: int, birth: NDArray, low: NDArray, high: NDArray, at: NDArray, rng: np.random.Generator
) -> Clients:
    """Clients of one kind whose state on day `at` is as in a level population."""
    size = len(low)
    band = (at >= birthdays(birth, 30)).astype(np.int64)
    category, benefit = _known(BENEFITS_OF[kind], band, kind == SEEKER, rng)
    unit_category, unit = _known(UNITS_OF[kind], band, kind == RESIDENT, rng)
    second_category, second = settled(units.SECOND, band, rng)
    chance = _CHANCES[kind]
    return Clients(
        birth, rng.random(size) < 0.58, low, high, at,
        np.where(rng.random(size) < chance[0], category, NONE), benefit,
        np.where(rng.random(size) < chance[1], unit_category, NONE), unit,
        np.where(rng.random(size) < chance[2], second_category, NONE), second,
        np.full(size, kind), np.zeros(size, dtype=np.int64), np.full(size, False),
    )  # fmt: skip


def _known(
    process: Process, band: NDArray, surely: bool, rng: np.random.Generator
) -> tuple[NDArray, NDArray]:
    """Category and state as in a level population; `surely` in the first category, so that all have a row at least."""
    if not surely:
        return settled(process, band, rng)
    first = np.zeros(len(band), dtype=np.int64)
    return first, state_in(process, band, first, rng)


# The chance of ever having a benefit, a primary case, a second primary case at the same time.
_CHANCES = {
    ADULT: (1, 1, 0),
    YOUNG: (1, 1, 0.14),
    PARENT: (1, 0.25, 0),
    SEEKER: (1, 0.05, 0),
    RESIDENT: (0.35, 1, 0),
}


def _young_entry(size: int, rng: np.random.Generator) -> NDArray:
    return 18 + 11.9 * rng.beta(0.8, 1.9, size)


def _adult_entry(size: int, rng: np.random.Generator) -> NDArray:
    return 30 + 33 * rng.beta(1.0, 1.7, size)


def _seeker_entry(size: int, rng: np.random.Generator) -> NDArray:
    return 18 + 44 * rng.beta(1.1, 1.6, size)
