"""A few citizens worth looking at in the demo, found in the data by what they are, not chosen by name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic import codes
from helhed.synthetic.codes import CHANGES, UNITS
from helhed.synthetic.deliveries import Record
from helhed.synthetic.people import People, birthdays, given_names, numbers

_ENTITLED = ("kontanthjaelp/aktivitetsparat", "ressourceforloebsydelse/ressourceforloeb", "ledighedsydelse")
_UNITS_2A = ("d1", "d2", "d3", "d4", "d4-adults", "d6-other")
_CHILD_UNITS = ("d5", "d4-children")
_LASTS = 270  # days after the last delivery that a story stays true, for the one who starts the demo later


@dataclass(frozen=True)
class Citizen:
    """A made-up person: number (ten digits), name, and in a few words why they are interesting."""

    number: str
    name: str
    story_da: str
    story_en: str


_STORIES = {
    "consent": (
        "i 5A (hjemløshed), har samtykket til deling",
        "in 5A (homelessness), has consented to sharing",
    ),
    "no consent": (
        "i 5A (hjemløshed), uden samtykke til deling",
        "in 5A (homelessness), no consent to sharing",
    ),
    "near": ("næsten i 5A: jobparat", "almost in 5A: job-ready"),
    "parent": (
        "forælder i 4B med egen sag og børnesag",
        "parent in 4B with a case of their own and a child case",
    ),
    "protected": ("i 2A, med adressebeskyttelse", "in 2A, address protected"),
    "treatment": (
        "i 8B (misbrug), kan høre til en fælles indgang",
        "in 8B (substance abuse), may belong to a joint entrance",
    ),
}


def citizens(who: People, records: dict[str, Record]) -> tuple[Citizen, ...]:
    """One citizen for each story that somebody has after the last delivery; the first by the systems' order of people, and
    of those the caseworkers of the demo meet before others."""
    now = _Now(who, records)
    found, met = _stories(now), now.met()
    given, family = given_names(who)
    number = numbers(who)
    chosen, taken = [], []
    for story, mask in found.items():
        people = np.setdiff1d(np.flatnonzero(mask), taken)
        if len(people):
            people = people[met[people]] if met[people].any() else people
            first = int(people[np.argmin(who.rank[people])])
            taken.append(first)
            chosen.append(Citizen(number[first].as_py(), f"{given[first]} {family[first]}", *_STORIES[story]))
    return tuple(chosen)


class _Now:
    """Who stands where after the last delivery."""

    def __init__(self, who: People, records: dict[str, Record]) -> None:
        self.who = who
        self.day = CHANGES[-1]
        self._shown = {name: record.shown(self.day) for name, record in records.items()}

    def has(
        self, name: str, known: tuple[str, ...], among: tuple[str, ...], *units: str
    ) -> NDArray[np.bool_]:
        """Who has a row of one of the codes, at one of the units if any are named, and keeps it for a good while."""
        rows = self._shown[name]
        there = (
            rows.on(self.day)
            & (rows.end > self.day + _LASTS)
            & np.isin(rows.code, [known.index(code) for code in among])
        )
        if units:
            there &= np.isin(rows.unit, [list(UNITS).index(unit) for unit in units])
        return self._people(rows.person[there])

    def has_now(self, name: str, known: tuple[str, ...], among: tuple[str, ...]) -> NDArray[np.bool_]:
        """Who has a row of one of the codes today, however long."""
        rows = self._shown[name]
        listed = np.isin(rows.code, [known.index(code) for code in among])
        return self._people(rows.person[rows.on(self.day) & listed])

    def primary(self, *units: str) -> NDArray[np.bool_]:
        return self.has("social", codes.CASE_TYPES, ("primaer",), *units)

    def met(self) -> NDArray[np.bool_]:
        """Who has cases in the two units whose caseworkers the demo has."""
        jobs = self.has("employment", codes.CATEGORIES, codes.CATEGORIES, "gkl")
        return jobs & self.has("social", codes.CASE_TYPES, codes.CASE_TYPES, "d1", "hjem")

    def parents_of(self, children: NDArray[np.bool_]) -> NDArray[np.bool_]:
        rows = self._shown["relations"]
        return self._people(rows.person[rows.on(self.day) & children[rows.amount]])

    def _people(self, positions: NDArray) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.who), dtype=bool)
        mask[positions] = True
        return mask


def _stories(now: _Now) -> dict[str, NDArray[np.bool_]]:
    entitled = now.has("benefits", codes.BENEFITS, _ENTITLED)
    ready = now.has("benefits", codes.BENEFITS, ("kontanthjaelp/jobparat",))
    homeless = now.primary("d1") & now.has("services", codes.SERVICES, ("SEL-110", "SEL-107"))
    treated = now.primary("d2") & now.has("employment", codes.CATEGORIES, codes.CATEGORIES, "gkl")
    consent = now.has("consents", codes.CONSENTS, ("deling",))
    consented = now.has_now("consents", codes.CONSENTS, ("deling",))
    own = now.primary(*_UNITS_2A)
    child = now.has("children", codes.MEASURES, codes.MEASURES, *_CHILD_UNITS)
    open_to_see = ~now.who.protected
    grown = birthdays(now.who.birth, 30) <= now.day
    return {
        "consent": entitled & homeless & consent & open_to_see,
        "no consent": entitled & homeless & ~consented & open_to_see,
        "near": ready & homeless & ~entitled & open_to_see,
        "parent": entitled & own & now.parents_of(child) & open_to_see,
        "protected": entitled & own & grown & now.who.protected,
        "treatment": entitled & treated & open_to_see,
    }
