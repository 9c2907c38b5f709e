"""SOF's services beside the primary cases, and the plans.

At each unit a main service runs almost without a break while the case is open, so that 5A, 5B and 5C hold the whole unit
as the report counts them (IC10); other services come and go. Mixes follow the services the report names for the unit
(Bilag 2: "given most"); the shares are invented, and so are the prices.
"""

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic.chains import NONE, Process, Seeds, grow, seeds, settled, state_in
from helhed.synthetic.codes import ANCHOR, FIRST_DAY, HORIZON, HOUSING_FIRST, PLANS, SERVICES, UNITS
from helhed.synthetic.facts import Facts, facts, joined

ON, OFF = 0, 1
_BANDS = ("hjem", "rus", "psy", "bch", "oevrige", "pleje", "esy", "bbe", "krim")


def _mix(text: str) -> dict[int, float]:
    """'SEL-110 7, SEL-107 3' as states and weights."""
    pairs = (part.split() for part in text.split(","))
    return {SERVICES.index(code): float(weight) for code, weight in pairs}


_MAIN = {
    "hjem": "SEL-110 72, SEL-107 28",
    "rus": "SEL-101 62, SUL-141 38",
    "psy": "SEL-85 60, SEL-99 15, SEL-107 15, SEL-108 10",
    "bch": "SEL-85 38, SEL-107 14, SEL-108 16, SEL-97 10, SEL-45 6, botilbudslignende 12, SEL-98 4",
    "oevrige": "SEL-85 30, SEL-83 14, SEL-83-a 5, boligraadgivning 22, SEL-99 14, SUL-138 9, SEL-109 3, SEL-18 3",
    "pleje": "SEL-83 64, SEL-83-a 12, SUL-138 24",
    "esy": "LAS-enkeltydelser 56, PENS-personlige-tillaeg 28, huslejetilskud 16",
    "bbe": "boligraadgivning 60, SEL-85 28, botilbudslignende 12",
    "krim": "ungementor 60, SEL-99 40",
}
_MORE = {
    "hjem": "SEL-85 22, SEL-85-a 20, SEL-99 26, SEL-109 7, SEL-108 6, boligraadgivning 14, SUL-138 5",
    "rus": "SEL-85 22, SEL-99 30, SUL-138 22, SEL-108-a 4, boligraadgivning 16, SEL-110 6",
    "psy": "SEL-85 30, SEL-99 28, SEL-101 10, SUL-138 12, boligraadgivning 12, socialt-frikort 8",
    "bch": "SEL-97 22, SEL-45 10, SEL-85 24, personlig-assistance 16, socialt-frikort 12, SEL-99 10, SEL-83 6",
    "oevrige": "SEL-85 24, SEL-99 20, SUL-138 16, SEL-98 4, socialt-frikort 10, huslejetilskud 26",
    "pleje": "SUL-138 50, SEL-85 30, SEL-99 20",
    "esy": "LAS-enkeltydelser 50, huslejetilskud 50",
    "bbe": "SEL-99 50, socialt-frikort 50",
    "krim": "SEL-85 50, SEL-101 50",
}
_AWAY = {NONE: 1.0}
MAIN = Process(
    mean=np.array([400.0, 24.0]),
    sigma=np.array([0.8, 0.6]),
    follow=np.array([[0.35, 0.65], [1.0, 0.0]]),
    mix=[[_mix(_MAIN[band]), _AWAY] for band in _BANDS],
    keep=np.array([[0.3, 0.0], [0.75, 0.0]]),
)
MORE = Process(
    mean=np.array([210.0, 420.0]),
    sigma=np.array([0.8, 0.8]),
    follow=np.array([[0.2, 0.8], [1.0, 0.0]]),
    mix=[[_mix(_MORE[band]), _AWAY] for band in _BANDS],
    keep=np.array([[0.0, 0.0], [0.5, 0.0]]),
)
_PRICES = {  # kroner a month
    "SEL-107": 58_000, "SEL-108": 74_000, "SEL-108-a": 61_000, "SEL-109": 46_000, "SEL-110": 42_000,
    "botilbudslignende": 39_000, "SEL-85": 8_900, "SEL-85-a": 9_600, "SEL-99": 5_400, "SEL-101": 7_800,
    "SUL-141": 5_900, "SEL-83": 6_700, "SEL-83-a": 5_100, "SUL-138": 4_300, "SEL-97": 3_200, "SEL-45": 2_900,
    "SEL-98": 4_800, "personlig-assistance": 9_200, "huslejetilskud": 1_450,
}  # fmt: skip


def service_facts(cases: Facts, rng: np.random.Generator) -> Facts:
    """The services of the primary cases; `amount` is the price in øre a month. Units as before 2025."""
    primary = cases.take(cases.code == 0)
    band = _bands(primary)
    rows = joined([_main(primary, band, rng), _more(primary, band, rng)])
    early = (rows.code == SERVICES.index("SEL-85-a")) & (rows.start < HOUSING_FIRST)
    rows = rows.put(code=np.where(early, SERVICES.index("SEL-85"), rows.code))
    price = np.array([_PRICES.get(code, 2_400) for code in SERVICES])[rows.code] * 100
    return rows.put(amount=np.round(price * rng.normal(1, 0.12, len(rows)).clip(0.6, 1.5), -3)).ordered()


def _bands(cases: Facts) -> NDArray:
    other = _BANDS.index("oevrige")
    names = np.array([_BANDS.index(name) if name in _BANDS else other for name in UNITS] + [other])
    return names[cases.unit]  # a case without a unit has position -1, the last


def _main(cases: Facts, band: NDArray, rng: np.random.Generator) -> Facts:
    """The main service runs on the anchor day in every case that does; else it begins with the case."""
    at = np.where(cases.on(ANCHOR), ANCHOR, cases.start)
    on = np.full(len(cases), ON)
    state = state_in(MAIN, band, on, rng)
    begin = seeds(at, on, state, cases.start, cases.end, 0, (band, band))
    return _within(cases, MAIN, begin, rng)


def _more(cases: Facts, band: NDArray, rng: np.random.Generator) -> Facts:
    start, end = cases.start.astype(np.int64), cases.end.astype(np.int64)
    at = start + np.floor(rng.random(len(cases)) * (end - start)).astype(np.int64)
    begin = seeds(at, *settled(MORE, band, rng), start, end, 0, (band, band))
    return _within(cases, MORE, begin, rng)


def _within(cases: Facts, process: Process, begin: Seeds, rng: np.random.Generator) -> Facts:
    grown = grow(process, begin, FIRST_DAY, HORIZON, rng)
    rows = grown.seed
    return facts(cases.person[rows], grown.state, grown.start, grown.end, unit=cases.unit[rows])


_PLANNED = {
    "hjem": 0.55,
    "rus": 0.72,
    "psy": 0.66,
    "bch": 0.84,
    "oevrige": 0.42,
    "pleje": 0.3,
    "esy": 0.05,
    "bbe": 0.4,
    "krim": 0.5,
}


def plan_facts(cases: Facts, employment: Facts, rng: np.random.Generator) -> Facts:
    """Action plans for a share of the primary cases that varies by unit; Min Plan and the joint plan for some.

    `cases` are social cases; of the employment cases only those of people whom SOF knows get a row here.
    """
    primary = cases.take((cases.code == 0) & (cases.end - cases.start > 90))
    share = np.array([_PLANNED[name] for name in _BANDS])[_bands(primary)]
    action = primary.take(rng.random(len(primary)) < share)
    start = action.start + 14 + rng.gamma(2.0, 30.0, len(action)).astype(np.int64)
    handleplan = facts(action.person, PLANS.index("handleplan"), start, action.end)
    known = employment.take(np.isin(employment.person, cases.person))
    some = known.take(rng.random(len(known)) < 0.35)
    min_plan = facts(
        some.person, PLANS.index("min-plan"), some.start + rng.integers(7, 60, len(some)), some.end
    )
    joint = action.take(rng.random(len(action)) < 0.07)
    start = np.maximum(joint.start, FIRST_DAY) + rng.integers(60, 240, len(joint))
    end = np.minimum(joint.end, start + rng.integers(180, 730, len(joint)))
    whole = facts(joint.person, PLANS.index("helhedsorienteret-plan"), start, end)
    return joined([handleplan, min_plan, whole]).cut(FIRST_DAY).ordered()
