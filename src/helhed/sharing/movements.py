"""Movements through the hatch: who came and left, how long they stay, and the replay of a model. Protected counts only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from helhed.audit.actions import Actor
from helhed.membership import questions as memberships
from helhed.membership.stored import Stored
from helhed.periods import Duration, Span, date_of, day_of, plus_months
from helhed.rules.spells import Durations, Spells, durations, flows, moves, overlaps_on, pick, replay
from helhed.sharing import protection
from helhed.sharing.answers import Count
from helhed.sharing.counts import allow, threshold

GRACES = ("P0D", "P4W", "P8W", "P13W", "P26W")
"""How long the receiver keeps the responsibility after someone has left the group. P0D: not at all."""

MONTHS, WARMING = 24, 12
NEAR = 30  # days between leaving one group and entering the next that still are a move
FEWEST_STAYS = 20  # no quartile of fewer: it would be somebody's own
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Period:
    """The months looked at, half-open, and the day the replayed models began."""

    began: date
    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """Those who came and left in the month from `on`."""

    on: date
    came: Count
    left: Count


@dataclass(frozen=True)
class Stays:
    """How long people stay. `quartiles`: days after which a quarter, half and three quarters have left; `still_in`: the
    share in percent who stay more than 6, 12 and 24 months. None where too few were seen, or not for long enough."""

    ended: Count
    running: Count
    quartiles: tuple[int | None, ...]
    still_in: tuple[int | None, ...]


@dataclass(frozen=True)
class Handed:
    """The replay under one grace. Rates per 100 person-years in the group; `over` counts first and repeated hand-overs,
    `over_stay` is in percent of the days in the group. `causes`: part of the criterion ("0", "1", …; or `flere`,
    `andet`) and hand-backs, most first; only of the grace they were asked for."""

    grace: str
    over: Count
    back: Count
    again: Count
    over_rate: float | None
    back_rate: float | None
    again_rate: float | None
    over_stay: float | None
    causes: tuple[tuple[str, Count], ...] = ()


@dataclass(frozen=True)
class Movements:
    """What happened in a group in a period. `came_from`, `went_to`: a neighbouring group's key and moves, most first."""

    period: Period
    months: tuple[Month, ...]
    stays: Stays
    came_from: tuple[tuple[str, Count], ...]
    went_to: tuple[tuple[str, Count], ...]
    replays: tuple[Handed, ...]


@dataclass(frozen=True)
class Moving:
    """A group's movements in one line: came and left in the last twelve months, half have left after `median` days, and
    hand-backs per 100 person-years without a grace and with 13 weeks."""

    key: str
    came: Count
    left: Count
    median: int | None
    back_rate: float | None
    back_rate_grace: float | None


def period(on: date, today: date) -> Period:
    """The 24 whole months before the month of a day; of a day to come, those before this month."""
    end = day_of(min(on, today).replace(day=1))
    start = plus_months(end, -MONTHS)
    return Period(date_of(plus_months(start, -WARMING)), date_of(start), date_of(end))


def movements(
    *, key: str, neighbours: Sequence[Sequence[str]], seen: Period, told: str, by: Actor
) -> Movements:
    """What happened in a group in the period; the causes are told for one grace.

    Moves are those from and to the neighbours: the first of the lists in which some group is not much the same people as
    this one, without those that are. Raises LookupError for a group that is not counted.
    """
    allow(by, f"movements {key} {seen.start}–{seen.end}")
    everyone = memberships.current_spells()
    window = Span(day_of(seen.start), day_of(seen.end))
    spells = pick(everyone.spells, [everyone.number(key)])
    edges = [plus_months(window.start, month) for month in range(MONTHS + 1)]
    flown = flows(spells, edges)
    keys = [key, *_apart(everyone, key, neighbours, window.stop - 1)]
    moved = moves(pick(everyone.spells, [everyone.number(k) for k in keys]), window, NEAR)
    causes = {told: memberships.parts_of_leavers(key, Span(day_of(seen.began), window.stop))}
    limit = threshold()
    return Movements(
        period=seen,
        months=tuple(
            Month(date_of(edge), *protection.pair(int(came), int(left), limit))
            for edge, came, left in zip(edges, flown.came[0], flown.left[0], strict=False)
        ),
        stays=_stays(durations(spells, window, everyone.first_day(key))[0], limit),
        came_from=_moved(keys, moved[:, 0], limit),
        went_to=_moved(keys, moved[0], limit),
        replays=tuple(_replayed(grace, spells, seen, causes.get(grace), limit) for grace in GRACES),
    )


def compare(*, keys: Sequence[str], seen: Period, by: Actor) -> list[Moving]:
    """Each group's movements in one line, in the order asked; one that is not counted yet has none."""
    allow(by, f"movements of {len(keys)} groups {seen.start}–{seen.end}")
    everyone = memberships.current_spells()
    counted = tuple(key for key in keys if key in everyone.spells.keys)
    lines = {line.key: line for line in _lines(everyone.mark, counted, seen, threshold())}
    nothing = Count(None, "none")
    return [lines.get(key) or Moving(key, nothing, nothing, None, None, None) for key in keys]


@lru_cache(maxsize=32)
def _lines(
    _mark: tuple[str, int | None], keys: tuple[str, ...], seen: Period, limit: int
) -> tuple[Moving, ...]:
    """The lines of some groups, kept until the next count."""
    everyone = memberships.current_spells()
    spells = pick(everyone.spells, [everyone.number(key) for key in keys])
    window = Span(day_of(seen.start), day_of(seen.end))
    year = flows(spells, [plus_months(window.stop, -12), window.stop])
    lines = []
    for number, key in enumerate(keys):
        own = pick(spells, [number])
        stays = _stays(durations(own, window, everyone.first_day(key))[0], limit)
        without, grace = (_replayed(text, own, seen, None, limit) for text in ("P0D", "P13W"))
        pair = protection.pair(int(year.came[number, 0]), int(year.left[number, 0]), limit)
        lines.append(Moving(key, *pair, stays.quartiles[1], without.back_rate, grace.back_rate))
    return tuple(lines)


def _apart(everyone: Stored, key: str, neighbours: Sequence[Sequence[str]], day: int) -> list[str]:
    """The groups of the first list that has any in which, on a day, less than half of the smaller one is in both."""
    for some in neighbours:
        keys = [k for k in some if k in everyone.spells.keys]
        numbers = [everyone.number(k) for k in (key, *keys)]
        both = overlaps_on(pick(everyone.spells, numbers), day)
        smaller = np.minimum(both[0, 0], both.diagonal())
        apart = [k for k, n, most in zip(keys, both[0, 1:], smaller[1:], strict=True) if 2 * n < most]
        if apart:
            return apart
    return []


def _duration(grace: str) -> Duration | None:
    return None if grace == "P0D" else Duration.parse(grace)


def _stays(found: Durations, limit: int) -> Stays:
    enough = found.ended >= FEWEST_STAYS
    return Stays(
        protection.cell(found.ended, limit),
        protection.cell(found.running, limit),
        found.quartiles if enough else (None,) * 3,
        tuple(None if share is None or not enough else round(100 * share) for share in found.still_in),
    )


def _moved(keys: Sequence[str], counts: np.ndarray, limit: int) -> tuple[tuple[str, Count], ...]:
    """The groups moved from or to, largest first; those nobody moved from or to are left out."""
    found = [(key, int(n)) for key, n in zip(keys, counts, strict=True) if n]
    return tuple(
        (key, protection.cell(n, limit)) for key, n in sorted(found, key=lambda pair: (-pair[1], pair[0]))
    )


def _replayed(grace: str, spells: Spells, seen: Period, causes: Spells | None, limit: int) -> Handed:
    """The replay of one group under a grace, protected."""
    window = Span(day_of(seen.start), day_of(seen.end))
    found = replay(spells, 0, window, _duration(grace), causes, began=day_of(seen.began))
    years = found.person_days / DAYS_A_YEAR
    over = found.handed_over + found.handed_over_again
    hidden = protection.cell(found.handed_back, limit).hidden or years < limit
    return Handed(
        grace,
        protection.cell(over, limit),
        protection.cell(found.handed_back, limit),
        protection.cell(found.handed_over_again, limit),
        protection.rate(over, years, limit),
        protection.rate(found.handed_back, years, limit),
        protection.rate(found.handed_over_again, years, limit),
        None if hidden or found.over_stay is None else float(round(100 * found.over_stay)),
        tuple(
            (cause, protection.cell(n, limit))
            for cause, n in sorted(found.by_cause.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )
