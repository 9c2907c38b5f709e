"""Income benefits: what people live on, how long, and what the reforms did to it.

A state is what a person is visited to (`activity`: activity-ready, whatever the benefit is called at that age); its code
depends on age and date. Durations and mixes are invented; see the room's README.
"""

import numpy as np
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.periods.days import day_from
from helhed.synthetic.chains import NONE, Process, Spells
from helhed.synthetic.codes import BENEFITS, CLOSED_TO_NEW, MERGED, ONE_BENEFIT, REFORM_2014
from helhed.synthetic.facts import Facts, broken, facts

IN, OTHER, AWAY = 0, 1, 2
"""The categories: on a benefit of the target groups, on another one, on none."""

_CODES = {  # state: (code under 30, code from 30)
    "activity": ("uddannelseshjaelp/aktivitetsparat", "kontanthjaelp/aktivitetsparat"),
    "resource": ("ressourceforloebsydelse/ressourceforloeb",) * 2,
    "flexi": ("ledighedsydelse",) * 2,
    "transition": ("overgangsydelse/aktivitetsparat",) * 2,
    "job": ("uddannelseshjaelp/uddannelsesparat", "kontanthjaelp/jobparat"),
    "cash-job": ("kontanthjaelp/jobparat",) * 2,
    "cash-activity": ("kontanthjaelp/aktivitetsparat",) * 2,
    "transition-job": ("overgangsydelse/jobparat",) * 2,
    "sick": ("sygedagpenge",) * 2,
    "clarify": ("ressourceforloebsydelse/jobafklaring",) * 2,
    "insurance": ("a-dagpenge",) * 2,
    "revalidation": ("revalideringsydelse",) * 2,
    "repatriation": ("selvforsoergelses-og-hjemrejseydelse",) * 2,
    "plain": ("uddannelseshjaelp", "kontanthjaelp"),
    "plain-resource": ("ressourceforloebsydelse",) * 2,
    "flexi-job": ("fleksloentilskud",) * 2,
    "pension": ("foertidspension",) * 2,
}
STATES = tuple(_CODES)


def state(name: str) -> int:
    """The position of a state by its name; 'none' is NONE."""
    return NONE if name == "none" else STATES.index(name)


def _mix(**weights: float) -> dict[int, float]:
    return {state(name.replace("_", "-")): weight for name, weight in weights.items()}


_AWAY = {NONE: 1.0}
_YOUNG = [
    _mix(activity=0.93, transition=0.07),
    _mix(job=0.50, cash_job=0.12, sick=0.09, clarify=0.05, resource=0.18, plain=0.06),
    _AWAY,
]
_ADULT = [
    _mix(activity=0.70, resource=0.17, flexi=0.07, transition=0.06),
    _mix(
        job=0.50, transition_job=0.05, sick=0.16, clarify=0.08, insurance=0.05, repatriation=0.04, plain=0.12
    ),
    _AWAY,
]
_YOUNG_PARENT = [_mix(cash_activity=0.9, transition=0.1), _mix(cash_job=0.8, plain=0.1, sick=0.1), _AWAY]
_SEEKER = _mix(
    insurance=0.34, job=0.2, sick=0.17, clarify=0.05, activity=0.09, flexi_job=0.04, flexi=0.02, resource=0.03,
    transition_job=0.02, transition=0.01, repatriation=0.02, revalidation=0.01, plain=0.01,
)  # fmt: skip
_KEEP = np.array([[0.0, 0.3, 0], [0.75, 0.3, 0], [0.75, 0.5, 0]])

ADULTS = Process(
    mean=np.array([560.0, 120.0, 110.0]),
    sigma=np.array([1.0, 0.7, 0.8]),
    follow=np.array([[0.30, 0.17, 0.53], [0.80, 0.0, 0.20], [0.90, 0.10, 0.0]]),
    mix=[_YOUNG, _ADULT],
    keep=_KEEP,
)
YOUNG = Process(
    mean=np.array([375.0, 172.0, 165.0]),
    sigma=np.array([0.9, 0.7, 0.8]),
    follow=np.array([[0.20, 0.33, 0.47], [0.75, 0.0, 0.25], [0.80, 0.20, 0.0]]),
    mix=[_YOUNG, _ADULT],
    keep=_KEEP,
)
PARENTS = Process(
    mean=np.array([560.0, 130.0, 150.0]),
    sigma=np.array([1.0, 0.7, 0.8]),
    follow=np.array([[0.30, 0.20, 0.50], [0.80, 0.0, 0.20], [0.90, 0.10, 0.0]]),
    mix=[_YOUNG_PARENT, _ADULT],
    keep=_KEEP,
)
SEEKERS = Process(  # known to BIF only: one category of benefits, and none
    mean=np.array([300.0, 1.0, 150.0]),
    sigma=np.array([0.9, 0.1, 0.9]),
    follow=np.array([[0.25, 0.0, 0.75], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]),
    mix=[[_SEEKER, _SEEKER, _AWAY]] * 2,
    keep=np.array([[0.0, 0, 0], [0, 0, 0], [0.5, 0, 0]]),
)

_PENSION = [_mix(pension=1), _mix(pension=1), _AWAY]
PENSIONERS = Process(  # early retirement, once granted, is for good
    mean=np.array([20_000.0, 1.0, 1.0]),
    sigma=np.array([0.1, 0.1, 0.1]),
    follow=np.array([[1.0, 0, 0], [1.0, 0, 0], [1.0, 0, 0]]),
    mix=[_PENSION] * 2,
    keep=np.zeros((3, 3)),
)


def paid(person: NDArray, spells: Spells, thirty: NDArray) -> Facts:
    """Benefit facts of grown spells, by the rules of age and date.

    `person` and `thirty` (the day the benefit follows the 30th birthday) have one value for each seed. In order: the
    young one's benefit becomes the adult's at 30; resource programmes and revalidation take in nobody from 1 February
    2026; from 1 July 2025 there is one benefit (law_changes LC03, LC05).
    """
    young, adult = (np.array([BENEFITS.index(codes[side]) for codes in _CODES.values()]) for side in (0, 1))
    rows = facts(person[spells.seed], young[spells.state], spells.start, np.minimum(spells.end, OPEN))
    rows = rows.put(amount=spells.state)  # carried along until the codes are settled
    turn = thirty[spells.seed]
    rows = broken(rows, turn, np.full(len(rows), True), code=adult[spells.state])
    rows = rows.put(start=np.maximum(rows.start, REFORM_2014), amount=np.zeros(len(rows)))
    return _reformed(_closed(rows.cut(0)))


def _closed(rows: Facts) -> Facts:
    """Who would have begun at a closed door: activity-ready instead of resource programme, job-ready instead of revalidation."""
    code = rows.code.copy()
    late = rows.start >= CLOSED_TO_NEW
    for closed, instead in (
        ("ressourceforloebsydelse/ressourceforloeb", "kontanthjaelp/aktivitetsparat"),
        ("ressourceforloebsydelse", "kontanthjaelp/aktivitetsparat"),
        ("revalideringsydelse", "kontanthjaelp/jobparat"),
    ):
        code[late & (rows.code == BENEFITS.index(closed))] = BENEFITS.index(instead)
    return rows.put(code=code)


def _reformed(rows: Facts) -> Facts:
    after = np.array([BENEFITS.index(MERGED.get(code, code)) for code in BENEFITS])[rows.code]
    return broken(rows, ONE_BENEFIT, after != rows.code, code=after)


_MONTHLY = {  # kroner a month in 2022, of the order of the rates then; a parent's addition is left out
    "a-dagpenge": 19_351,
    "kontanthjaelp": 11_697,
    "uddannelseshjaelp": 7_543,
    "overgangsydelse": 6_546,
    "selvforsoergelses-og-hjemrejseydelse": 6_546,
    "ressourceforloebsydelse": 11_697,
    "ledighedsydelse": 17_223,
    "sygedagpenge": 19_351,
    "revalideringsydelse": 19_351,
    "foertidspension": 19_779,
    "fleksloentilskud": 14_120,
}
_NEW_YEARS = np.array([day_from(year, 1, 1) for year in range(2018, 2027)])


def with_rates(rows: Facts, rng: np.random.Generator) -> Facts:
    """A new row at each New Year, when the rates are raised, and an amount on each."""
    percent = rng.integers(-6, 14, len(rows))  # a person's own deviation
    first = np.searchsorted(_NEW_YEARS, rows.start, side="right")
    pieces = np.searchsorted(_NEW_YEARS, rows.end, side="left") - first + 1
    whole = rows.take(np.repeat(np.arange(len(rows)), pieces))
    turn = np.arange(len(whole)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    first, pieces, percent = (np.repeat(column, pieces) for column in (first, pieces, percent))
    year = np.append(_NEW_YEARS, OPEN)
    start = np.where(turn == 0, whole.start, year[first + turn - 1])
    end = np.where(turn == pieces - 1, whole.end, year[first + turn])
    years = start.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970 - 2022
    base = np.array([_MONTHLY[code.split("/")[0]] for code in BENEFITS])[whole.code]
    kroner = base * 1.025**years * (1 + percent / 100)
    return whole.put(start=start, end=end, amount=np.round(kroner) * 100)
