"""BIF's cases and offers, which follow from the benefits: a case for each stretch on one kind of benefit, offers in bouts."""

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic.chains import NONE, Process, grow, seeds, settled
from helhed.synthetic.codes import ANCHOR, BENEFITS, FIRST_DAY, HORIZON, OFFERS, unit
from helhed.synthetic.facts import Facts, facts

_CATEGORY = {  # the number in LAB section 6
    "a-dagpenge": 1,
    "kontanthjaelp": 3,
    "kontanthjaelp/jobparat": 2,
    "kontanthjaelp/aktivitetsparat": 3,
    "uddannelseshjaelp": 5,
    "uddannelseshjaelp/uddannelsesparat": 4,
    "uddannelseshjaelp/aktivitetsparat": 5,
    "overgangsydelse/jobparat": 2,
    "overgangsydelse/aktivitetsparat": 3,
    "selvforsoergelses-og-hjemrejseydelse": 3,
    "ressourceforloebsydelse": 8,
    "ressourceforloebsydelse/ressourceforloeb": 8,
    "ressourceforloebsydelse/jobafklaring": 7,
    "ledighedsydelse": 9,
    "sygedagpenge": 6,
    "revalideringsydelse": 10,
    "foertidspension": 11,
    "fleksloentilskud": 9,
}
_BRIDGED = 45  # days between two benefits over which the case stays open
_PLACES = (  # category: units and weights
    {"jobcentre": 1}, {"jobcentre": 90, "integration": 10}, {"gkl": 60, "cba": 30, "integration": 10}, {"youth": 1},
    {"youth": 92, "cba": 8}, {"jobcentre": 1}, {"jobcentre": 70, "cba": 30}, {"cba": 60, "gkl": 40},
    {"jobcentre": 80, "cba": 20}, {"jobcentre": 1}, {"payments": 1},
)  # fmt: skip


def employment_cases(benefits: Facts, rng: np.random.Generator) -> Facts:
    """A case for each stretch of benefits of one category, with up to 45 days between them; none for a pension.

    The case opens up to two weeks before the first payment and closes up to four weeks after the last. Nobody without a
    benefit on the anchor day has a case on it.
    """
    number = np.array([_CATEGORY[code] for code in BENEFITS]) - 1
    rows = benefits.take(benefits.code != BENEFITS.index("foertidspension")).ordered()
    category, n = number[rows.code], len(rows)
    gap_over_anchor = np.zeros(n, dtype=bool)
    gap_over_anchor[1:] = (rows.end[:-1] <= ANCHOR) & (rows.start[1:] > ANCHOR)
    first = np.ones(n, dtype=bool)
    first[1:] = (
        (rows.person[1:] != rows.person[:-1])
        | (category[1:] != category[:-1])
        | (rows.start[1:] - rows.end[:-1] > _BRIDGED)
        | gap_over_anchor[1:]
    )
    begins = np.flatnonzero(first)
    ends = np.append(begins[1:], n) - 1
    cases = facts(rows.person[begins], category[begins], rows.start[begins], rows.end[ends])
    return _spaced(cases, rng).put(unit=_placed(category[begins], rng))


def _spaced(cases: Facts, rng: np.random.Generator) -> Facts:
    """Cases with the days around them, never into the same person's next case nor over the anchor day."""
    size = len(cases)
    lead, lag = rng.integers(0, 15, size), rng.integers(0, 29, size)
    same = np.append(cases.person[1:] == cases.person[:-1], False)
    following = np.where(same, np.append(cases.start[1:], 0), np.iinfo(np.int32).max)
    previous = np.where(
        np.insert(same[:-1], 0, False), np.insert(cases.end[:-1], 0, 0), np.iinfo(np.int32).min
    )
    start = np.maximum(cases.start - lead, previous)
    start = np.where(cases.start > ANCHOR, np.maximum(start, ANCHOR + 1), start)
    end = np.minimum(cases.end + lag, following)
    end = np.where(cases.end <= ANCHOR, np.minimum(end, ANCHOR), end)
    # The lead of the next case and the lag of this one may not meet.
    start = np.maximum(
        start, np.insert(np.where(same, end, np.iinfo(np.int32).min)[:-1], 0, np.iinfo(np.int32).min)
    )
    return cases.put(start=start, end=end)


def _placed(category: NDArray, rng: np.random.Generator) -> NDArray:
    found = np.zeros(len(category), dtype=np.int64)
    for number, places in enumerate(_PLACES):
        rows = np.flatnonzero(category == number)
        weights = np.array(list(places.values()), dtype=float)
        options = np.array([unit(name) for name in places])
        found[rows] = rng.choice(options, size=len(rows), p=weights / weights.sum())
    return found


def _offers(**weights: float) -> dict[int, float]:
    return {OFFERS.index("LAB-" + name.replace("_", "-")): weight for name, weight in weights.items()}


_READY = _offers(
    virksomhedspraktik=30, loentilskud=14, vejledning_og_opkvalificering=30, kontaktforloeb=20, smaajob=6
)
_ACTIVITY = _offers(
    virksomhedspraktik=18, vejledning_og_opkvalificering=26, mentor=16, kontaktforloeb=18, smaajob=8,
    andre_forvaltninger=14,
)  # fmt: skip
_EDUCATION = _offers(brobygning=30, uddannelsespaalaeg=34, nytteindsats=10, virksomhedspraktik=16, mentor=10)
_YOUTH = _offers(
    brobygning=18, uddannelsespaalaeg=16, mentor=24, nytteindsats=4, virksomhedspraktik=16, kontaktforloeb=12,
    andre_forvaltninger=10,
)  # fmt: skip
_SICK = _offers(virksomhedspraktik=36, vejledning_og_opkvalificering=30, kontaktforloeb=34)
_RESOURCE = _offers(ressourceforloeb=52, mentor=16, virksomhedspraktik=14, andre_forvaltninger=18)
_FLEXI = _offers(fleksjob=60, virksomhedspraktik=25, smaajob=15)
_STUDY = _offers(ordinaer_uddannelse=70, virksomhedspraktik=30)
_AWAY = {NONE: 1.0}
_BY_CATEGORY = (_READY, _READY, _ACTIVITY, _EDUCATION, _YOUTH, _SICK, _SICK, _RESOURCE, _FLEXI, _STUDY, _SICK)
_BOUTS = Process(
    mean=np.array([82.0, 120.0]),
    sigma=np.array([0.7, 0.9]),
    follow=np.array([[0.1, 0.9], [1.0, 0.0]]),
    mix=[[offers, _AWAY] for offers in _BY_CATEGORY],
    keep=np.array([[0.0, 0.0], [0.3, 0.0]]),
)


def offer_facts(cases: Facts, rng: np.random.Generator) -> Facts:
    """Offers in bouts within the cases, at the case's unit; `amount` is hours a week. The planned end is known from the start."""
    band = cases.code.astype(np.int64)
    known = settled(_BOUTS, band, rng)
    start, end = cases.start.astype(np.int64), cases.end.astype(np.int64)
    at = start + np.floor(rng.random(len(cases)) * (end - start)).astype(np.int64)
    begin = seeds(at, *known, start, end, 0, (band, band))
    grown = grow(_BOUTS, begin, FIRST_DAY, HORIZON, rng)
    size = len(grown.seed)
    hours = rng.choice(
        [5, 8, 10, 15, 20, 25, 30, 37], size=size, p=[0.1, 0.1, 0.2, 0.2, 0.15, 0.1, 0.08, 0.07]
    )
    stopped = rng.random(size) < 0.12
    planned = grown.end + np.where(stopped, rng.integers(7, 90, size), 0)
    return facts(
        cases.person[grown.seed], grown.state, grown.start, grown.end, unit=cases.unit[grown.seed],
        amount=hours, planned=planned,
    ).ordered()  # fmt: skip
