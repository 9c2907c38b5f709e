"""The groups counted by hand: sets of people on one day, by the report's words, with nothing of the rules' engines."""

from collections import defaultdict
from datetime import date

from synthetic.delivered import Delivered

_BCV, _BCH = "sof/borgercenter-voksne", "sof/borgercenter-handicap"
HJEM, RUS, PSY = (
    f"{_BCV}/{name}" for name in ("hjemloeseenheden", "rusmiddelbehandling-koebenhavn", "psykiatrienheden")
)
CHILDREN = ("sof/borgercenter-boern-og-unge", f"{_BCH}/boerneenhed")
ACTIVITY = "kontanthjaelp/aktivitetsparat"
YOUTH = "uddannelseshjaelp/aktivitetsparat"
TRANSITION = "overgangsydelse/aktivitetsparat"
PROGRAMME = ("ressourceforloebsydelse/ressourceforloeb", "ledighedsydelse")


class Day:
    """Who has what on one day of 2022."""

    def __init__(self, city: Delivered, day: date) -> None:
        self.number = (day - date(1970, 1, 1)).days
        self.day = day
        self.has = defaultdict(set)
        self.at = defaultdict(set)
        for person, kind, code, unit, start, end in city.facts.values():
            if start <= self.number < end:
                self.has[kind, code].add(person)
                self.at[kind, code].add((person, unit))
        self.kin = {(p, c) for p, c, start, end in city.relations.values() if start <= self.number < end}
        self.births = city.births

    def any_of(self, kind: str, *codes: str) -> set[str]:
        return set().union(*(self.has[kind, code] for code in codes))

    def kind(self, kind: str) -> set[str]:
        return set().union(*(people for (of, _), people in self.has.items() if of == kind))

    def primary(self, *units: str) -> set[str]:
        """Who has a primary case at one of the units or below."""
        return {p for p, unit in self.at["social_case", "primaer"] if unit and _below(unit, units)}

    def child_cases(self) -> set[str]:
        rows = set().union(*(rows for (kind, _), rows in self.at.items() if kind == "child_case"))
        return {child for child, unit in rows if unit and _below(unit, CHILDREN)}

    def aged(self, low: int, below: int = 200) -> set[str]:
        """Who was born late enough and early enough, by the calendar."""
        oldest, youngest = (self._born(years) for years in (below, low))
        return {person for person, birth in self.births.items() if oldest < birth <= youngest}

    def _born(self, years: int) -> int:
        return (date(self.day.year - years, self.day.month, self.day.day) - date(1970, 1, 1)).days


def _below(unit: str, units: tuple[str, ...]) -> bool:
    return any(unit == each or unit.startswith(each + "/") for each in units)


def headcount(city: Delivered, day: date) -> dict[str, set[str]]:
    """The people of each group whose size the report states or the city fixes."""
    at = Day(city, day)
    entitled = at.any_of("benefit", ACTIVITY, TRANSITION, *PROGRAMME)
    young_benefit = at.any_of("benefit", YOUTH, TRANSITION)
    adults, young, grown = at.aged(30), at.aged(18, 30), at.aged(18)
    own = at.primary(_BCV, _BCH)
    found = {"2A": adults & entitled & own, "3A": young & young_benefit & own}
    for unit, letter, house in ((HJEM, "B", "8A"), (RUS, "C", "8B"), (PSY, "D", "8C"), (_BCH, "E", "8E")):
        there = at.primary(unit)
        found[f"2{letter}"] = adults & entitled & there
        found[f"3{letter}"] = young & young_benefit & there
        found[house] = grown & (entitled | young_benefit) & there
    return found | _transfers(at, grown, found) | _families(at, entitled, own) | _shared(at, own, young)


def _transfers(at: Day, grown: set[str], found: dict[str, set[str]]) -> dict[str, set[str]]:
    benefits = at.any_of("benefit", YOUTH, ACTIVITY, *PROGRAMME)
    return {
        "5A": grown & benefits & at.primary(HJEM) & at.any_of("service", "SEL-110", "SEL-107"),
        "5B": found["8B"] & at.any_of("service", "SEL-101", "SUL-141"),
        "5C": found["8C"] & at.any_of("service", "SEL-85", "SEL-99", "SEL-107", "SEL-108"),
    }


def _families(at: Day, entitled: set[str], own: set[str]) -> dict[str, set[str]]:
    with_case = at.child_cases()
    parents = {parent for parent, child in at.kin if child in with_case} & entitled
    children = {child for parent, child in at.kin if parent in parents} & with_case
    return {
        "4A": parents, "4B": parents & own, "8D": parents & at.aged(18), "4A-BOERN": children, "8D-BOERN": children,
    }  # fmt: skip


def _shared(at: Day, own: set[str], young: set[str]) -> dict[str, set[str]]:
    employed, with_case = at.kind("employment_case"), at.child_cases()
    parents = {parent for parent, child in at.kin if child in with_case}
    own, family = employed & own, employed & parents
    return {"FAELLES-EGEN": own, "FAELLES-FAMILIE": family, "FAELLES": own | family, "7": own & young}
