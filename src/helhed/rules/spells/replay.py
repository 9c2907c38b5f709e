"""The replay of a model: had the responsibility followed the group, who would have been handed over, and back again."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helhed.periods import OPEN, Duration, Span
from helhed.rules.many.shapes import Int32s, Int64s
from helhed.rules.spells.shapes import TRUE, UNKNOWN, Spells, exits_of, order_of, pick, values_on

SEVERAL, OTHER = "flere", "andet"
"""The cause of a hand-back for which several parts lapsed at once, and for which none of the parts did."""

_COLUMNS = ("group", "person", "value", "start", "end")

DAYS_A_YEAR = 365.25


class Replay(NamedTuple):
    """What would have happened to responsibility in the window.

    `standing`: persons for whom it has moved when the window opens. `handed_over`: persons for whom it moves for the first
    time. `handed_back`: hand-backs. `handed_over_again`: hand-overs of someone handed back before. `person_days`: certain
    days in the group. `days_over_stay`: days on which someone certainly is not in the group but
    the responsibility waits for the grace to run out; `days_unsure`: unknown days on which it stays where it is.
    `by_cause`: hand-backs by the part of the criterion that lapsed (empty if no parts were given).
    """

    person_days: int
    standing: int
    handed_over: int
    handed_back: int
    handed_over_again: int
    by_cause: dict[str, int]
    days_over_stay: int
    days_unsure: int

    def per_100_person_years(self, events: int) -> float | None:
        """So many events per 100 years (of 365.25 days) certainly spent in the group; None if none were."""
        return 100 * DAYS_A_YEAR * events / self.person_days if self.person_days else None

    @property
    def over_per_100_person_years(self) -> float | None:
        """Hand-overs, first and again; those standing in the group from the start are not handed over."""
        return self.per_100_person_years(self.handed_over + self.handed_over_again)

    @property
    def back_per_100_person_years(self) -> float | None:
        return self.per_100_person_years(self.handed_back)

    @property
    def again_per_100_person_years(self) -> float | None:
        return self.per_100_person_years(self.handed_over_again)

    @property
    def over_stay(self) -> float | None:
        """Days over stay as a share (0–1) of the days in the group; None if there are none."""
        return self.days_over_stay / self.person_days if self.person_days else None


class _Stays(NamedTuple):
    """Certain spells since the model began, a row each, by person and start."""

    row: Int64s  # in the spells looked at
    first: NDArray[np.bool_]  # the person's first
    following: Int64s  # start of the person's next, OPEN = none
    gone: Int64s  # first day certainly not in the group; OPEN = not within the window
    back: Int64s  # day of the hand-back; OPEN = none


def replay(
    spells: Spells,
    group: int,
    window: Span,
    grace: Duration | None = None,
    causes: Spells | None = None,
    *,
    began: int | None = None,
) -> Replay:
    """Replay one group (its number) over a window with an end, as if the model began on the day `began`.

    `began` lies at or before the window's first day, and is that day if left out; an earlier one lets graces run when the
    window opens, so that a long grace does not seem to hand nobody back at first. Only what falls in the window is counted.

    Responsibility moves on the first certain day in the group; for those in it when the model begins, on that day. On the
    first certainly false day after that the grace begins; on the day it is over the person is handed back, unless certainly in
    the group again by that day: being out exactly as long as the grace is not longer than it. No grace: handed back on
    that first false day. Unknown days move nobody: neither into the group, nor back, nor do they stop the grace; if the
    grace runs out on an unknown day, the hand-back waits for a false one. What would fall after the window is not
    counted.

    `causes`: the spells of the criterion's parts (keys = their names, the same persons). A part has lapsed if it held on
    the last certain day and certainly does not on the first false one. One such part is the cause; several are `flere`,
    none (a new version of the group, for example) is `andet`.
    """
    if window.end is None:
        raise ValueError("a replay needs a window with an end")
    began = window.start if began is None else began
    if began > window.start:
        raise ValueError("a replay begins before its window, or with it")
    seen = _within(pick(spells, [group]), Span(began, window.end))
    stays = _stays(seen, window.end, grace)
    return _counted(seen, stays, window, began, causes)


def _counted(seen: Spells, stays: _Stays, window: Span, began: int, causes: Spells | None) -> Replay:
    """What of the stays falls in the window."""
    start = seen.start[stays.row]
    again = np.zeros(len(stays.row), np.bool_)
    again[1:] = ~stays.first[1:] & (stays.back[:-1] < OPEN)
    comes = (stays.first | again) & (start > began) & (start >= window.start)
    until = np.minimum(np.minimum(stays.back, stays.following), window.stop)
    standing = (start <= window.start) & (until > window.start) & ~comes
    handed_back = (stays.back < OPEN) & (stays.back >= window.start)
    over_stay, unsure = _kept(seen, stays, until, window.start)
    return Replay(
        person_days=_days(start, seen.end[stays.row], window.start),
        standing=int(standing.sum()),
        handed_over=int((comes & stays.first).sum()),
        handed_back=int(handed_back.sum()),
        handed_over_again=int((comes & again).sum()),
        by_cause=_by_cause(seen, stays, handed_back, causes) if causes is not None else {},
        days_over_stay=over_stay,
        days_unsure=unsure,
    )


def _days(start: Int32s | Int64s, end: Int32s | Int64s, first: int) -> int:
    """The days of some stretches from a first day on."""
    return int(np.maximum(end.astype(np.int64) - np.maximum(start, first), 0).sum())


def _within(spells: Spells, window: Span) -> Spells:
    """The part of the spells that lies in the window."""
    rows = np.flatnonzero((spells.end > window.start) & (spells.start < window.stop))
    group, person, value = (column[rows] for column in (spells.group, spells.person, spells.value))
    start = np.maximum(spells.start[rows], np.int32(window.start))
    end = np.minimum(spells.end[rows], np.int32(window.stop))
    return Spells(spells.keys, group, person, value, start, end, spells.people)


def _stays(seen: Spells, stop: int, grace: Duration | None) -> _Stays:
    row = np.flatnonzero(seen.value == TRUE)
    person = seen.person[row]
    same = np.zeros(len(row), np.bool_)
    same[:-1] = person[1:] == person[:-1]
    first = ~np.roll(same, 1)
    following = np.full(len(row), OPEN, np.int64)
    following[:-1][same[:-1]] = seen.start[row[1:]][same[:-1]]
    gone = exits_of(seen)[row].astype(np.int64)
    gone[gone >= stop] = OPEN
    out = gone < OPEN
    back = np.full(len(row), OPEN, np.int64)
    back[out] = _certain_from(seen, person[out], _after(gone[out], grace))
    # back in the group by then, or not seen to be handed back
    back[(back >= following) | (back >= stop)] = OPEN
    return _Stays(row, first, following, gone, back)


def _certain_from(seen: Spells, person: Int32s, day: Int64s) -> Int64s:
    """The day, or if it is unknown whether the person is in the group, the first day after on which it is not."""
    row = np.searchsorted(order_of(seen.person, seen.start), order_of(person, day), side="right") - 1
    unsure = (seen.person[row] == person) & (seen.end[row] > day) & (seen.value[row] == UNKNOWN)
    return np.where(unsure, seen.end[row], day)


def _kept(seen: Spells, stays: _Stays, until: Int64s, first: int) -> tuple[int, int]:
    """Days from a first day on, after stays, on which responsibility stays nevertheless: certainly false, and unknown ones."""
    lasting = np.where(
        seen.value == UNKNOWN, np.maximum(seen.end.astype(np.int64) - np.maximum(seen.start, first), 0), 0
    )
    before = np.concatenate((np.zeros(1, np.int64), lasting.cumsum()))
    person = seen.person[stays.row]
    last = np.searchsorted(order_of(seen.person, seen.start), order_of(person, until))
    unsure = int((before[last] - before[stays.row + 1]).sum())
    return _days(seen.end[stays.row], until, first) - unsure, unsure


def _after(days: Int64s, grace: Duration | None) -> Int64s:
    """The days so much later; months keep the day of the month, clamped to the month's last day."""
    if grace is None:
        return days
    if not grace.months:
        return days + grace.days
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - month.astype("datetime64[D]").astype(np.int64)
    later = month + grace.months
    start = later.astype("datetime64[D]").astype(np.int64)
    longest = (later + 1).astype("datetime64[D]").astype(np.int64) - start
    moved: Int64s = start + np.minimum(of_month, longest - 1)
    return moved


def _by_cause(seen: Spells, stays: _Stays, back: NDArray[np.bool_], causes: Spells) -> dict[str, int]:
    person = seen.person[stays.row[back]]
    last, gone = seen.end[stays.row[back]] - 1, stays.gone[back]
    shape = (2, len(causes.keys), len(person))
    who, day = np.broadcast_to(person, shape), np.broadcast_to(np.stack((last, gone))[:, None], shape)
    part = np.broadcast_to(np.arange(len(causes.keys))[:, None], shape)
    # only the parts' spells of those handed back are looked through
    known = np.zeros(max(causes.people, 1), np.bool_)
    known[person] = True
    of_them = causes._replace(**{name: getattr(causes, name)[known[causes.person]] for name in _COLUMNS})
    then, now = values_on(of_them, part.ravel(), who.ravel(), day.ravel()).reshape(shape)
    lapsed = (then == TRUE) & (now == 0)
    how_many = lapsed.sum(axis=0)
    by_cause = {key: int((lapsed[part] & (how_many == 1)).sum()) for part, key in enumerate(causes.keys)}
    by_cause |= {SEVERAL: int((how_many > 1).sum()), OTHER: int((how_many == 0).sum())}
    return {cause: count for cause, count in by_cause.items() if count}
