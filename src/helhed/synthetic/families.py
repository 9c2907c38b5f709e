"""Families: parents, children, and how long the family is known.

The families of the cells hold exactly the stated parents and children on the anchor day; others left before or came after.
People have no positions here yet: everything points to the row of the family.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic import benefits
from helhed.synthetic.calibration import Family
from helhed.synthetic.careers import YEAR, Stay, around, came, left, some_day
from helhed.synthetic.chains import NONE
from helhed.synthetic.clients import PARENT, Clients, drawn
from helhed.synthetic.codes import ANCHOR, FIRST_DAY, HORIZON
from helhed.synthetic.people import birthdays
from helhed.synthetic.units import OUT

FAMILY_STAY = Stay(mean=5.6, sigma=0.7, longest=18)
_LEAVING = 1.3  # families begin with a birth, so their stays before the anchor day are shorter than drawn
_PARTNERS = 0.35  # share of the families with one parent in which the other is registered too
_SIBLINGS = 0.15  # share of the families with a child more, who never has a case
_SORTS = ("entitled", "other", "plain", "quiet")
_MIX = {
    "entitled": {"activity": 78, "resource": 9, "flexi": 4, "transition": 9},
    "other": {"job": 62, "sick": 20, "clarify": 10, "insurance": 8},
    "plain": {"plain": 1},
    "quiet": {"none": 1},
}


@dataclass(frozen=True)
class Registered:
    """People who are in the register as parents only, with no history of their own."""

    birth: NDArray
    male: NDArray
    family: NDArray


@dataclass(frozen=True)
class Children:
    """Columns of equal length. `case`: running, out, unclear, drawn or never, as known on the family's day."""

    birth: NDArray
    male: NDArray
    family: NDArray
    case: NDArray


@dataclass(frozen=True)
class Families:
    """Families and their people. `low`, `high`, `at`: each family's window and its day.

    `parents` are new clients and `parent_family` their families; `own_family` are the families of the parents among the
    cells, in their order.
    """

    low: NDArray
    high: NDArray
    at: NDArray
    parents: Clients
    parent_family: NDArray
    own_family: NDArray
    registered: Registered
    children: Children

    def __len__(self) -> int:
        return len(self.low)


def of_cells(cells: Sequence[Family], own_births: NDArray, rng: np.random.Generator) -> Families:
    """The families of the cells on the anchor day; `own_births` are the birth days of the parents of 4B."""
    which = np.repeat(np.arange(len(cells)), [cell.count for cell in cells])
    own = np.array([cell.own for cell in cells])[which]
    own_family = rng.permutation(np.flatnonzero(own))
    own_age = np.full(len(which), 99.0)
    own_age[own_family] = (ANCHOR - own_births) / YEAR
    windows = around(FAMILY_STAY, len(which), rng)
    at = np.full(len(which), ANCHOR)
    oldest = _oldest(at, own_age - 18, rng)
    low, high = np.maximum(windows[0], oldest), windows[1]
    cases = np.array([cell.case for cell in cells])[which]
    parents, parent_family = _parents_of_cells(cells, which, oldest, (low, high), rng)
    single = np.array([cell.own + sum(getattr(cell, sort) for sort in _SORTS) == 1 for cell in cells])[which]
    registered = _registered(single & (rng.random(len(which)) < _PARTNERS), oldest, rng)
    number = np.array([cell.children for cell in cells])[which]
    children = _children(number, cases, oldest, at, rng)
    return Families(low, high, at, parents, parent_family, own_family, registered, children)


def passing(cells: Sequence[Family], coming: float, rng: np.random.Generator) -> Families:
    """The families that left before the anchor day or came after it; `coming` scales the latter."""
    counts = np.array([cell.count for cell in cells], dtype=float)
    size = round(counts.sum())
    windows = (
        left(FAMILY_STAY, round(FAMILY_STAY.leaving(size) * _LEAVING), rng),
        came(FAMILY_STAY, round(FAMILY_STAY.coming(size) * coming), rng),
    )
    low, high = (np.concatenate(column) for column in zip(*windows, strict=True))
    which = rng.choice(len(cells), size=len(low), p=counts / counts.sum())
    low, at, oldest = _passing_days(low, high, rng)
    number = np.array([sum(getattr(cell, sort) for sort in _SORTS) for cell in cells])[which]
    parent_family = np.repeat(np.arange(len(low)), number)
    birth = _parent_births(oldest[parent_family], rng)
    days = (column[parent_family] for column in (low, high, at))
    parents = drawn(PARENT, birth, *days, rng)
    registered = _registered((number == 1) & (rng.random(len(low)) < _PARTNERS), oldest, rng)
    children = _children(
        np.array([cell.children for cell in cells])[which], np.full(len(low), "drawn"), oldest, at, rng
    )
    none = np.zeros(0, dtype=np.int64)
    return Families(low, high, at, parents, parent_family, none, registered, children)


def of_sof_only(size: int, rng: np.random.Generator) -> Families:
    """So many families that only SOF knows, at some time between the first day and the last."""
    low = rng.integers(FIRST_DAY - round(3 * YEAR), HORIZON, size)
    high = np.maximum(low + FAMILY_STAY.days(size, rng), FIRST_DAY + 1)
    low, at, oldest = _passing_days(low, high, rng)
    first = _registered(np.full(size, True), oldest, rng)
    second = _registered(rng.random(size) < 0.45, oldest, rng)
    both = Registered(
        *(np.concatenate(pair) for pair in zip(vars(first).values(), vars(second).values(), strict=True))
    )
    children = _children(1 + (rng.random(size) < 0.2), np.full(size, "drawn"), oldest, at, rng)
    none = np.zeros(0, dtype=np.int64)
    nobody = drawn(PARENT, none, none, none, none, rng)
    return Families(low, high, at, nobody, none, none, both, children)


def _passing_days(low: NDArray, high: NDArray, rng: np.random.Generator) -> tuple[NDArray, NDArray, NDArray]:
    """The window from the birth of the oldest child at the earliest, a day in it, and that birth."""
    at = some_day(low, high, rng)
    oldest = _oldest(at, np.full(len(at), 99.0), rng)
    return np.maximum(low, oldest), at, oldest


def _oldest(at: NDArray, most: NDArray, rng: np.random.Generator) -> NDArray:
    """Birth days of oldest children, under 18 and at most `most` years old on day `at`."""
    age = 0.1 + (np.minimum(17.8, most) - 0.1) * rng.beta(1.05, 1.35, len(at))
    return at - np.ceil(age * YEAR).astype(np.int64)


def _parent_births(oldest: NDArray, rng: np.random.Generator) -> NDArray:
    years = 18.6 + 24 * rng.beta(1.5, 2.2, len(oldest))
    return oldest - np.ceil(years * YEAR).astype(np.int64)


def _parents_of_cells(
    cells: Sequence[Family], which: NDArray, oldest: NDArray, window: tuple, rng: np.random.Generator
) -> tuple[Clients, NDArray]:
    """The parents who are not of 4B, on the anchor day on the benefits of their sort, none with a primary case."""
    family, sort = _slots(cells, which)
    birth = _parent_births(oldest[family], rng)
    low, high = (day[family] for day in window)
    parents = drawn(PARENT, birth, low, high, np.full(len(family), ANCHOR), rng)
    young = birthdays(birth, 30) > ANCHOR
    names = np.empty(len(family), dtype=object)
    for name in _SORTS:
        options, weights = list(_MIX[name]), np.array(list(_MIX[name].values()), dtype=float)
        chosen = rng.choice(options, size=len(family), p=weights / weights.sum())
        names[sort == name] = chosen[sort == name]
    # A young parent on education benefit would not be in 4A; young parents here have cash benefit.
    names[young & (names == "activity")] = "cash-activity"
    names[young & np.isin(names, ("resource", "flexi"))] = "cash-activity"
    state = np.array([benefits.state(name) for name in names], dtype=np.int64)
    of_sort = {
        "entitled": benefits.IN,
        "other": benefits.OTHER,
        "plain": benefits.OTHER,
        "quiet": benefits.AWAY,
    }
    category = np.array([of_sort[name] for name in sort], dtype=np.int64)
    # Most parents with a primary case of their own are in the cells of 4B; few of these have one at other times.
    unit_category = np.where(rng.random(len(family)) < 0.09, OUT, NONE)
    whole = replace(
        parents, benefit=state, benefit_category=category, unit_category=unit_category,
        unit=np.full(len(family), NONE),
    )  # fmt: skip
    return whole, family


def _slots(cells: Sequence[Family], which: NDArray) -> tuple[NDArray, NDArray]:
    """One row for each new parent: the family's row and the parent's sort."""
    families, sorts = [], []
    for sort in _SORTS:
        number = np.array([getattr(cell, sort) for cell in cells])[which]
        families.append(np.repeat(np.arange(len(which)), number))
        sorts.append(np.full(number.sum(), sort))
    return np.concatenate(families), np.concatenate(sorts)


def _registered(there: NDArray, oldest: NDArray, rng: np.random.Generator) -> Registered:
    family = np.flatnonzero(there)
    return Registered(_parent_births(oldest[family], rng), rng.random(len(family)) < 0.6, family)


def _children(
    number: NDArray, cases: NDArray, oldest: NDArray, at: NDArray, rng: np.random.Generator
) -> Children:
    """The children with cases, the oldest first, and in some families one more who never has a case."""
    extra = (rng.random(len(number)) < _SIBLINGS).astype(np.int64)
    family = np.repeat(np.arange(len(number)), number + extra)
    turn = np.arange(len(family)) - np.repeat(np.cumsum(number + extra) - number - extra, number + extra)
    share = np.where(turn == 0, 0.0, 0.1 + 0.8 * rng.random(len(family)))
    birth = oldest[family] + np.floor((at[family] - oldest[family]) * share).astype(np.int64)
    case = np.where(turn < number[family], cases[family], "never")
    return Children(birth, rng.random(len(family)) < 0.52, family, case)
