"""The whole city put together: who there is, and every table's facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic import calibration, families
from helhed.synthetic.anchored import of_cells
from helhed.synthetic.benefits import with_rates
from helhed.synthetic.child_cases import child_cases, relations
from helhed.synthetic.clients import (
    ADULT,
    PARENT,
    RESIDENT,
    SEEKER,
    YOUNG,
    Clients,
    background,
    passing,
    together,
)
from helhed.synthetic.codes import BENEFITS, FIRST_DAY, HORIZON, MERGED, ONE_BENEFIT
from helhed.synthetic.consents import consent_facts
from helhed.synthetic.employment import employment_cases, offer_facts
from helhed.synthetic.facts import Facts, joined
from helhed.synthetic.families import Families
from helhed.synthetic.histories import benefit_facts, moved, social_case_facts, without_old_office
from helhed.synthetic.people import People, people
from helhed.synthetic.services import plan_facts, service_facts

Progress = Callable[[str, float], None]

_COMING = {ADULT: 0.92, YOUNG: 1.15, PARENT: 1.3}
"""How many come after the anchor day, against a population in which nobody grows older."""
_SEEKERS, _SOF_FAMILIES, _PER_SOF_FAMILY = 0.62, 0.16, 2.8


@dataclass(frozen=True)
class Population:
    """The people and what the two systems hold about them. `plain`: known to one administration only."""

    people: People
    plain: NDArray[np.bool_]
    benefits: Facts
    employment: Facts
    offers: Facts
    consents: Facts
    social: Facts
    services: Facts
    children: Facts
    plans: Facts
    relations: Facts


@dataclass(frozen=True)
class _Census:
    """Everybody in blocks: the clients, then each set of families' parents, registered parents and children."""

    clients: Clients
    person: NDArray
    kin: Sequence[Families]
    parents: list[list[tuple[NDArray, NDArray]]]
    child: list[NDArray]
    size: int


def populate(size: int, seed: int, progress: Progress) -> Population:
    """A city of exactly `size` people. ValueError if `size` is below calibration.LEAST."""
    streams = [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(12)]
    progress("people", 0.0)
    census = _census(size, streams)
    clients, person = census.clients, census.person
    progress("benefits", 0.1)
    benefits = benefit_facts(clients, person, streams[4])
    employment = employment_cases(benefits, streams[5])
    progress("cases and services", 0.4)
    social = without_old_office(social_case_facts(clients, person, streams[6]))
    services = service_facts(social, streams[7])
    children = joined([child_cases(f, c, streams[8]) for f, c in zip(census.kin, census.child, strict=True)])
    shared = np.isin(clients.kind, (ADULT, YOUNG, PARENT))
    kin = [relations(*each) for each in zip(census.kin, census.parents, census.child, strict=True)]
    progress("offers, plans and consents", 0.7)
    whole = joined(kin).cut(FIRST_DAY)
    who, plain = _named(census, whole, streams[3])
    return Population(
        people=who,
        plain=plain,
        benefits=_left_open(with_rates(benefits, streams[9]), plain).cut(FIRST_DAY),
        employment=employment,
        offers=offer_facts(employment, streams[10]),
        consents=consent_facts(person[shared], clients.low[shared], clients.high[shared], streams[11]),
        social=moved(social),
        services=moved(services),
        children=moved(children.cut(FIRST_DAY)),
        plans=plan_facts(social, employment, streams[11]),
        relations=whole,
    )


def _census(size: int, streams: list[np.random.Generator]) -> _Census:
    cells, family_cells = calibration.cells(size)
    own = of_cells(cells, streams[0])
    blocks = [own]
    for kind in (ADULT, YOUNG):
        blocks.append(passing(kind, int((own.kind == kind).sum()), _COMING[kind], streams[0]))
    kin = [
        families.of_cells(family_cells, own.birth[own.parents], streams[1]),
        families.passing(family_cells, _COMING[PARENT], streams[1]),
    ]
    rest = size - sum(map(len, blocks)) - sum(map(_heads, kin))
    kin.append(families.of_sof_only(max(0, round(rest * _SOF_FAMILIES / _PER_SOF_FAMILY)), streams[1]))
    seekers = max(0, round(rest * _SEEKERS))
    residents = rest - seekers - _heads(kin[-1])
    if residents < 0:
        raise ValueError(f"a made-up city of {size} people is too small to hold the groups")
    blocks += [background(SEEKER, seekers, streams[2]), background(RESIDENT, residents, streams[2])]
    return _placed(blocks, kin, np.flatnonzero(own.parents), size)


def _heads(kin: Families) -> int:
    return len(kin.parents) + len(kin.registered.birth) + len(kin.children.birth)


def _placed(blocks: list[Clients], kin: list[Families], own: NDArray, size: int) -> _Census:
    """Give everybody a position; `own` are the positions of the parents among the cells."""
    taken = sum(map(len, blocks))
    persons, parents, child = [np.arange(taken)], [], []
    for number, each in enumerate(kin):
        positions = []
        for block in (each.parents, each.registered.birth, each.children.birth):
            positions.append(np.arange(taken, taken + len(block)))
            taken += len(block)
        pairs = [(each.parent_family, positions[0]), (each.registered.family, positions[1])]
        parents.append([(each.own_family, own), *pairs] if number == 0 else pairs)
        persons.append(positions[0])
        child.append(positions[2])
    clients = together([*blocks, *(each.parents for each in kin)])
    return _Census(clients, np.concatenate(persons), kin, parents, child, size)


def _named(census: _Census, kin: Facts, rng: np.random.Generator) -> tuple[People, NDArray]:
    birth = np.zeros(census.size, dtype=np.int64)
    male = np.zeros(census.size, dtype=bool)
    plain = np.full(census.size, True)
    birth[census.person], male[census.person] = census.clients.birth, census.clients.male
    plain[census.person] = np.isin(census.clients.kind, (SEEKER, RESIDENT))
    for each, pairs, child in zip(census.kin, census.parents, census.child, strict=True):
        registered = pairs[-1][1]
        birth[registered], male[registered] = each.registered.birth, each.registered.male
        birth[child], male[child] = each.children.birth, each.children.male
        plain[child] = len(each.parents) == 0
        plain[registered] = len(each.parents) == 0
    mother = np.full(census.size, -1)
    first = np.unique(kin.amount, return_index=True)[1]
    mother[kin.amount[first]] = kin.person[first]
    return people(birth, male, mother, rng), plain


def _left_open(benefits: Facts, plain: NDArray) -> Facts:
    """A few old benefits that nobody closed on 1 July 2025, beside the new ones."""
    old = np.isin(benefits.code, [BENEFITS.index(code) for code in MERGED])
    rows = np.flatnonzero(old & (benefits.end == ONE_BENEFIT) & plain[benefits.person])
    end = benefits.end.copy()
    end[rows[::60]] = HORIZON + 3650
    return benefits.put(end=end)
