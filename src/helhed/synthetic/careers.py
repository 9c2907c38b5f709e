"""How long people are known to the administrations: windows around, before and after the anchor day.

The windows are those of a level population: people come at an even rate and stay for lognormal times. Who is known on the
anchor day has a longer stay than most (a long stay is met more often) and stands anywhere in it; others left between
2018 and that day, or came after it, as many a year as the size divided by the mean stay.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic.codes import ANCHOR, FIRST_DAY, HORIZON

YEAR = 365.2425


@dataclass(frozen=True)
class Stay:
    """The mean stay in years and its log-spread; `longest` in years."""

    mean: float
    sigma: float
    longest: float = 45.0

    def days(self, number: int, rng: np.random.Generator, met: bool = False) -> NDArray:
        """Days of stay, at least 30; `met` for those found present on a given day."""
        centre = np.log(self.mean * YEAR) - self.sigma**2 / 2 + (self.sigma**2 if met else 0)
        days = np.exp(centre + self.sigma * rng.standard_normal(number))
        return np.clip(days, 30, self.longest * YEAR).astype(np.int64)

    def leaving(self, size: int) -> int:
        """How many of a population of this size leave from the first day to the anchor day."""
        return round(size * (ANCHOR - FIRST_DAY) / YEAR / self.mean)

    def coming(self, size: int) -> int:
        """How many come after the anchor day."""
        return round(size * (HORIZON - ANCHOR - 1) / YEAR / self.mean)


def around(stay: Stay, number: int, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Windows that hold the anchor day."""
    days = stay.days(number, rng, met=True)
    before = np.floor(days * rng.random(number)).astype(np.int64)
    return ANCHOR - before, ANCHOR - before + days


def left(stay: Stay, number: int, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Windows that ended between the first day and the anchor day, which is not in them."""
    high = rng.integers(FIRST_DAY + 1, ANCHOR + 1, number)
    return high - stay.days(number, rng), high


def came(stay: Stay, number: int, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Windows that began after the anchor day."""
    low = rng.integers(ANCHOR + 1, HORIZON, number)
    return low, low + stay.days(number, rng)


def some_day(low: NDArray, high: NDArray, rng: np.random.Generator) -> NDArray:
    """A day in each window, within the years of the city where the window reaches into them."""
    first, stop = np.maximum(low, FIRST_DAY), np.minimum(high, HORIZON)
    return first + np.floor(rng.random(len(low)) * np.maximum(stop - first, 1)).astype(np.int64)
