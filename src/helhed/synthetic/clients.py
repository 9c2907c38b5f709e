"""The adult clients: each with a window, and what is known of them on one day, from which their history is grown.

For those of the cells the day is the anchor day and the knowledge the cell's. For those who left before it or came after
it, it is a day of their window and a draw from the level distribution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from helhed.periods import day_of
from helhed.synthetic import benefits, units
from helhed.synthetic.calibration import Cell
from helhed.synthetic.careers import YEAR, Stay, around, came, left, some_day
from helhed.synthetic.chains import NONE, Process, settled, state_in
from helhed.synthetic.codes import ANCHOR, FIRST_DAY, HORIZON
from helhed.synthetic.people import birthdays

TURNS_30 = day_of(date(1992, 6, 1))
"""The birthday of who turns 30 on the anchor day: born then or before is 30, born after is younger."""
TURNS_18 = day_of(date(2004, 6, 1))
ADULT_STAY = Stay(mean=8.0, sigma=0.8)
YOUNG_STAY = Stay(mean=4.5, sigma=0.7)
SEEKER_STAY = Stay(mean=7.0, sigma=0.8)
RESIDENT_STAY = Stay(mean=8.0, sigma=0.9)
_ENTITLED = {True: ("activity", "transition"), False: ("activity", "resource", "flexi", "transition")}
_YOUNG_BANDS = ("young", "seventeen")

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


def of_cells(cells: Sequence[Cell], rng: np.random.Generator) -> Clients:
    """The people of the cells, in the order of the cells, on the anchor day."""
    counts = [cell.count for cell in cells]
    band = np.repeat([cell.band for cell in cells], counts)
    parents = np.repeat([cell.parents for cell in cells], counts)
    young = np.isin(band, _YOUNG_BANDS)
    birth = _births(band, parents, rng)
    low, high = _windows(birth, young, rng)
    benefit, category = (
        np.concatenate(column) for column in zip(*[_benefits(c, rng) for c in cells], strict=True)
    )
    unit, unit_category = _places(cells, 0)
    second, second_category = _places(cells, 1)
    apart = young & (second_category == units.OUT) & (rng.random(len(birth)) > 0.075)
    second_category = np.where(apart | ~young, NONE, second_category)
    return Clients(
        birth, rng.random(len(birth)) < np.where(parents, 0.35, 0.6), low, high, np.full(len(birth), ANCHOR),
        category, benefit, unit_category, _blurred(unit, rng), second_category, second, np.where(young, YOUNG, ADULT),
        np.where(band == "turned", rng.integers(30, 61, len(birth)), 0), parents,
    )  # fmt: skip


def _births(band: NDArray, parents: NDArray, rng: np.random.Generator) -> NDArray:
    """Birth days that put each in its age band; one in fifty has the 30th birthday within a month of the anchor day."""
    size = len(band)
    oldest = np.where(parents, 25, 35) * YEAR
    adult = TURNS_30 - np.floor(oldest * rng.beta(1.2, 1.8, size)).astype(np.int64)
    young = TURNS_30 + 1 + np.floor((TURNS_18 - TURNS_30) * rng.beta(1.1, 1.3, size)).astype(np.int64)
    near = rng.random(size) < 0.02
    adult = np.where(near, TURNS_30 - rng.integers(0, 31, size), adult)
    young = np.where(near, TURNS_30 + rng.integers(1, 31, size), young)
    choices = {
        "adult": adult,
        "young": np.minimum(young, TURNS_18),
        "turned": TURNS_30 - rng.integers(0, 21, size),
        "seventeen": TURNS_18 + rng.integers(1, 181, size),
    }
    return np.select([band == name for name in choices], list(choices.values()))


def _windows(birth: NDArray, young: NDArray, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    low, high = around(ADULT_STAY, len(birth), rng)
    low_young, high_young = around(YOUNG_STAY, len(birth), rng)
    low, high = np.where(young, low_young, low), np.where(young, high_young, high)
    grown = birthdays(birth, 18)
    # Who would have come before 18 came some time since; the seventeen-year-olds are known from half a year before.
    since = grown + np.floor(rng.random(len(birth)) * np.maximum(ANCHOR - grown, 0) * 0.6).astype(np.int64)
    low = np.where(low < grown, np.where(grown > ANCHOR, ANCHOR - 180, since), low)
    return np.minimum(low, ANCHOR), np.maximum(high, ANCHOR + 1)


def _benefits(cell: Cell, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    names = list(cell.benefits)
    weights = np.array(list(cell.benefits.values()), dtype=float)
    chosen = rng.choice(len(names), size=cell.count, p=weights / weights.sum())
    inside = _ENTITLED[cell.band in _YOUNG_BANDS]
    categories = [
        benefits.AWAY if name == "none" else benefits.IN if name in inside else benefits.OTHER
        for name in names
    ]
    return np.array([benefits.state(name) for name in names])[chosen], np.array(categories)[chosen]


def _places(cells: Sequence[Cell], turn: int) -> tuple[NDArray, NDArray]:
    """The units of the first (turn 0) or second primary cases, and whether there is one."""
    there = [len(cell.units) > turn for cell in cells]
    place = [units.place(cell.units[turn]) if has else NONE for cell, has in zip(cells, there, strict=True)]
    counts = [cell.count for cell in cells]
    category = [units.IN if has else units.OUT for has in there]
    return np.repeat(place, counts), np.repeat(category, counts)


def _blurred(unit: NDArray, rng: np.random.Generator) -> NDArray:
    """Half of the cases without a unit are recorded at the administration as such."""
    vague = (unit == units.NO_UNIT) & (rng.random(len(unit)) < 0.5)
    return np.where(vague, units.place("sof"), unit)


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
    low = np.maximum(low, high - np.floor((66 - age) * YEAR).astype(np.int64))
    birth = low - np.ceil(age * YEAR).astype(np.int64)
    at = some_day(low, high, rng)
    return drawn(kind, birth, low, high, at, rng)


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
