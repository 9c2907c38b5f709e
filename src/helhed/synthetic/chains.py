"""Spells that follow each other: a semi-Markov process grown forwards and backwards around one known day.

A process moves between a few *categories* (in the group, on another benefit, away) with heavy-tailed stays; within a
category a *state* (a benefit, a unit, a service) is drawn by a mix that may differ by *band* (the young, the adults; the unit).
Grown backwards, the process uses its own time reversal, so that the sizes stay level before and after the known day.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NONE = -1
"""The state of a stay that leaves no row."""


@dataclass(frozen=True)
class Process:
    """How stays last and follow each other.

    `mean` days and log-`sigma` per category; `follow[i, j]` the probability that j comes after i (i to i: a change of
    state); `mix[band, category]` maps states to weights; `keep[i, j]` the probability that the last state in j is
    taken up again when j follows i.
    """

    mean: NDArray
    sigma: NDArray
    follow: NDArray
    mix: list[list[dict[int, float]]]
    keep: NDArray

    def reversed_follow(self) -> NDArray:
        """The probability that category j came before i."""
        visits = self._visits()
        return (visits[None, :] * self.follow.T) / visits[:, None]

    def shares(self) -> NDArray:
        """The share of time spent in each category."""
        time = self._visits() * self.mean
        return time / time.sum()

    def _visits(self) -> NDArray:
        size = len(self.mean)
        balance = np.vstack([self.follow.T - np.eye(size), np.ones(size)])
        return np.linalg.lstsq(balance, np.append(np.zeros(size), 1.0), rcond=None)[0]


@dataclass(frozen=True)
class Seeds:
    """Where to begin: one row for each chain to grow.

    On day `at`, inside the window `[low, high)`, the chain is in `category` and `state`. Before the day `turn` the band
    is `first_band`, from then on `second_band`.
    """

    at: NDArray
    category: NDArray
    state: NDArray
    low: NDArray
    high: NDArray
    turn: NDArray
    first_band: NDArray
    second_band: NDArray

    def __len__(self) -> int:
        return len(self.at)

    def band(self, rows: NDArray, day: NDArray) -> NDArray:
        return np.where(day < self.turn[rows], self.first_band[rows], self.second_band[rows])


@dataclass(frozen=True)
class Spells:
    """What grew: `seed` is the row of the seeds; days half-open, clipped to the seed's window; no state is NONE."""

    seed: NDArray
    state: NDArray
    start: NDArray
    end: NDArray


def seeds(at, category, state, low, high, turn=0, bands=(0, 0)) -> Seeds:
    """Seeds from columns or single values; `bands` are the bands before and from `turn`."""
    size = max(np.size(value) for value in (at, category, state, low, high))
    columns = (at, category, state, low, high, turn, *bands)
    return Seeds(*(np.broadcast_to(np.asarray(value, dtype=np.int64), size) for value in columns))


def grow(process: Process, begin: Seeds, since: int, until: int, rng: np.random.Generator) -> Spells:
    """Every spell of every seed that ends after `since` and begins before `until`, each within its seed's window."""
    around = _lasting(process, begin.category, rng, biased=True)
    before = np.floor(around * rng.random(len(begin))).astype(np.int64)
    first_start, first_end = begin.at - before, begin.at - before + around
    pieces = [(np.arange(len(begin)), begin.state, first_start, first_end)]
    draw = _Draw(process)
    pieces += _onwards(draw, begin, first_end.copy(), np.minimum(begin.high, until), rng)
    pieces += _backwards(draw, begin, first_start.copy(), np.maximum(begin.low, since), rng)
    seed, state, start, end = (np.concatenate(column) for column in zip(*pieces, strict=True))
    start, end = np.maximum(start, begin.low[seed]), np.minimum(end, begin.high[seed])
    real = (state != NONE) & (start < end) & (end > since) & (start < until)
    return Spells(seed[real], state[real], start[real], end[real])


def _onwards(draw: "_Draw", begin: Seeds, day: NDArray, stop: NDArray, rng: np.random.Generator) -> list:
    pieces = []
    course = _Course(draw, begin, draw.follow)
    rows = np.flatnonzero(day < stop)
    while rows.size:
        state, length = course.step(rows, begin.band(rows, day[rows]), rng)
        end = day[rows] + length
        pieces.append((rows, state, day[rows], end))
        day[rows] = end
        rows = rows[end < stop[rows]]
    return pieces


def _backwards(draw: "_Draw", begin: Seeds, day: NDArray, stop: NDArray, rng: np.random.Generator) -> list:
    pieces = []
    course = _Course(draw, begin, draw.follow_reversed)
    rows = np.flatnonzero(day > stop)
    while rows.size:
        state, length = course.step(rows, begin.band(rows, day[rows] - 1), rng)
        start = day[rows] - length
        pieces.append((rows, state, start, day[rows]))
        day[rows] = start
        rows = rows[start > stop[rows]]
    return pieces


class _Course:
    """Where each chain stands while it grows in one direction."""

    def __init__(self, draw: "_Draw", begin: Seeds, follow: NDArray) -> None:
        self._draw, self._follow = draw, follow
        self._category = begin.category.copy()
        self._last = np.full((len(begin), len(draw.process.mean)), NONE)
        self._last[np.arange(len(begin)), begin.category] = begin.state

    def step(self, rows: NDArray, band: NDArray, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
        """The next stay of each row: its state and how many days it lasts."""
        was = self._category[rows]
        now = _pick(self._follow, was, rng)
        state = self._draw.state(band, now, rng)
        last = self._last[rows, now]
        again = (last != NONE) & (rng.random(len(rows)) < self._draw.process.keep[was, now])
        state = np.where(again, last, state)
        self._category[rows], self._last[rows, now] = now, state
        return state, _lasting(self._draw.process, now, rng)


class _Draw:
    """A process with its probabilities added up, ready to be drawn from."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.follow = np.cumsum(process.follow, axis=1)
        self.follow_reversed = np.cumsum(process.reversed_follow(), axis=1)
        self._categories = len(process.mean)
        mixes = [mix for band in process.mix for mix in band]
        self._states = sorted({state for mix in mixes for state in mix})
        weights = np.array([[mix.get(state, 0.0) for state in self._states] for mix in mixes])
        self._mix = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)

    def state(self, band: NDArray, category: NDArray, rng: np.random.Generator) -> NDArray:
        return np.array(self._states)[_pick(self._mix, band * self._categories + category, rng)]


def _pick(cumulative: NDArray, row: NDArray, rng: np.random.Generator) -> NDArray:
    """For each row of a table of added-up probabilities, one of its columns."""
    width = cumulative.shape[1]
    steps = (np.minimum(cumulative, 1.0) + np.arange(len(cumulative))[:, None]).ravel()
    found = np.searchsorted(steps, rng.random(len(row)) + row, side="right") - row * width
    return np.clip(found, 0, width - 1)


def _lasting(process: Process, category: NDArray, rng: np.random.Generator, biased: bool = False) -> NDArray:
    """Days of a stay: lognormal, at least a week. A stay met on a given day is longer than an ordinary one (`biased`)."""
    sigma = process.sigma[category]
    centre = np.log(process.mean[category]) - sigma**2 / 2 + (sigma**2 if biased else 0)
    return np.maximum(np.exp(centre + sigma * rng.standard_normal(len(category))), 7).astype(np.int64)


def settled(process: Process, band: NDArray, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    """A category and a state for each band, as they are spread in a level population."""
    shares = np.cumsum(process.shares())[None, :]
    category = _pick(shares, np.zeros(len(band), dtype=np.int64), rng)
    return category, state_in(process, band, category, rng)


def state_in(process: Process, band: NDArray, category: NDArray, rng: np.random.Generator) -> NDArray:
    """A state for each band and category, by the process's mix."""
    return _Draw(process).state(band, category, rng)
