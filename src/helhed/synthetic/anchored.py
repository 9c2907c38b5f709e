"""The clients of the cells: who they are on the anchor day, and since when they are known."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from helhed.periods import day_of
from helhed.synthetic import benefits, units
from helhed.synthetic.calibration import Cell
from helhed.synthetic.careers import YEAR, around
from helhed.synthetic.chains import NONE
from helhed.synthetic.clients import ADULT, ADULT_STAY, YOUNG, YOUNG_STAY, Clients
from helhed.synthetic.codes import ANCHOR
from helhed.synthetic.people import birthdays

TURNS_30 = day_of(date(1992, 6, 1))
"""The birthday of who turns 30 on the anchor day: born then or before is 30, born after is younger."""
TURNS_18 = day_of(date(2004, 6, 1))
_ENTITLED = {True: ("activity", "transition"), False: ("activity", "resource", "flexi", "transition")}
_YOUNG_BANDS = ("young", "seventeen")
_SECOND_TOO = 0.075  # young people who have a second primary case at other times
_NEAR_30 = 0.02  # people of either band with the 30th birthday within a month of the anchor day


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
    apart = young & (second_category == units.OUT) & (rng.random(len(birth)) > _SECOND_TOO)
    second_category = np.where(apart | ~young, NONE, second_category)
    return Clients(
        birth, rng.random(len(birth)) < np.where(parents, 0.35, 0.6), low, high, np.full(len(birth), ANCHOR),
        category, benefit, unit_category, _blurred(unit, rng), second_category, second, np.where(young, YOUNG, ADULT),
        np.where(band == "turned", rng.integers(30, 61, len(birth)), 0), parents,
    )  # fmt: skip


def _births(band: NDArray, parents: NDArray, rng: np.random.Generator) -> NDArray:
    """Birth days that put each in its age band."""
    size = len(band)
    oldest = np.where(parents, 25, 35) * YEAR
    adult = TURNS_30 - np.floor(oldest * rng.beta(1.2, 1.8, size)).astype(np.int64)
    young = TURNS_30 + 1 + np.floor((TURNS_18 - TURNS_30) * rng.beta(1.1, 1.3, size)).astype(np.int64)
    near = rng.random(size) < _NEAR_30
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
