"""From clients to histories: their benefits and their social cases, grown around the day on which they are known."""

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic import units
from helhed.synthetic.benefits import paid
from helhed.synthetic.chains import NONE, Seeds, Spells, grow, seeds, settled
from helhed.synthetic.clients import BENEFITS_OF, UNITS_OF, Clients
from helhed.synthetic.codes import CASE_TYPES, FIRST_DAY, HORIZON, NEW_CENTRES, moved_units, unit
from helhed.synthetic.facts import NOWHERE, Facts, broken, facts, joined
from helhed.synthetic.people import birthdays

_SUPPLEMENTARY = (0.16, 0.12, 0.05, 0.03, 0.08)
"""The chance of a supplementary case beside, by kind of client."""
_LAST_AGE = 67


def benefit_facts(who: Clients, person: NDArray, rng: np.random.Generator) -> Facts:
    """What the clients lived on, from 18 to 67; `person` are their positions."""
    grown18, thirty = birthdays(who.birth, 18), birthdays(who.birth, 30) + who.delay
    low, high = _frayed(who, rng)
    at = np.maximum(who.at, grown18)
    low = np.maximum(low, grown18)
    high = np.maximum(np.minimum(high, birthdays(who.birth, _LAST_AGE)), at + 1)
    parts = []
    for kind, process in BENEFITS_OF.items():
        rows = np.flatnonzero((who.kind == kind) & (who.benefit_category != NONE))
        begin = seeds(
            at[rows],
            who.benefit_category[rows],
            who.benefit[rows],
            low[rows],
            high[rows],
            thirty[rows],
            (0, 1),
        )
        parts.append(paid(person[rows], grow(process, begin, FIRST_DAY, HORIZON, rng), thirty[rows]))
    return joined(parts).cut(FIRST_DAY).ordered()


def social_case_facts(who: Clients, person: NDArray, rng: np.random.Generator) -> Facts:
    """Primary and supplementary cases, at the units as they were called before 2025."""
    low, high = _frayed(who, rng)
    parts = []
    for kind, process in UNITS_OF.items():
        for category, state, follows in (
            (who.unit_category, who.unit, process),
            (who.second_category, who.second, units.SECOND),
        ):
            rows = np.flatnonzero((who.kind == kind) & (category != NONE))
            begin = _at_units(who, rows, (category[rows], state[rows]), (low[rows], high[rows]))
            parts.append(_cases(person[rows], grow(follows, begin, FIRST_DAY, HORIZON, rng), "primaer"))
    parts.append(_beside(who, person, (low, high), rng))
    return joined(parts).cut(FIRST_DAY).ordered()


def _frayed(who: Clients, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    """The window of one part of a history: it begins and ends up to some weeks inside the client's, around the known day."""
    inward = rng.integers(0, 45, (2, len(who)))
    return np.minimum(who.low + inward[0], who.at), np.maximum(who.high - inward[1], who.at + 1)


def _at_units(who: Clients, rows: NDArray, known: tuple, window: tuple) -> Seeds:
    turn = birthdays(who.birth[rows], 30)
    return seeds(who.at[rows], *known, *window, turn, (0, 1))


def _cases(person: NDArray, grown: Spells, code: str) -> Facts:
    place = np.where(grown.state == units.NO_UNIT, NOWHERE, grown.state)
    return facts(person[grown.seed], CASE_TYPES.index(code), grown.start, grown.end, unit=place)


def _beside(who: Clients, person: NDArray, window: tuple, rng: np.random.Generator) -> Facts:
    rows = np.flatnonzero(rng.random(len(who)) < np.array(_SUPPLEMENTARY)[who.kind])
    process = units.SUPPLEMENTARY
    known = settled(process, np.zeros(len(rows), dtype=np.int64), rng)
    begin = _at_units(who, rows, known, tuple(side[rows] for side in window))
    return _cases(person[rows], grow(process, begin, FIRST_DAY, HORIZON, rng), "supplerende")


def moved(rows: Facts) -> Facts:
    """From 1 January 2025 the rows continue at the centres that took over (organisation_changes O2, O3)."""
    after = np.append(moved_units(), NOWHERE)[rows.unit]  # position -1, no unit, stays no unit
    return broken(rows, NEW_CENTRES, after != rows.unit, unit=after)


def without_old_office(rows: Facts) -> Facts:
    """Social cases at the unit for social benefits end with it: its work went to BIF, which keeps no social cases."""
    there = rows.unit == unit("esy")
    return rows.put(end=np.where(there, np.minimum(rows.end, NEW_CENTRES), rows.end)).cut(FIRST_DAY)
