"""Who stands where on 1 June 2022: the cells whose counts give exactly the stated volumes.

A cell is a number of people of one age band, with a mix of benefits and the same primary cases. The cells are disjoint,
so a group's size is a sum of cells (`expected`). Figures: the report's volumes (volumes.csv V001-V022); how the sources'
contradictions are read is said at each cell. Around the counted cells stand the near misses, with invented counts.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

FULL = 60_000
"""From this many people on the cells are exact; below it they shrink in proportion, each to at least one."""
LEAST = 1_000


@dataclass(frozen=True)
class Cell:
    """A number of people alike on the anchor day.

    `band` is adult (30 and over), young (18-29), turned (30 within the last weeks, still on the young one's benefit) or
    seventeen. `units` are the units of the primary cases (at most two); `benefits` weights of states. `groups` are the
    groups they are in for certain. `parents`: each has a child with a child case.
    """

    name: str
    count: int
    band: str
    units: tuple[str, ...]
    benefits: dict[str, float]
    groups: tuple[str, ...] = ()
    parents: bool = False


@dataclass(frozen=True)
class Family:
    """A number of families alike on the anchor day: how many parents of each sort, and how many children.

    Parents: `own` (from the cells of 4B), `entitled` (a benefit of 4A, no primary case), `other` (an employment case on
    another benefit), `plain` (a benefit without visitation), `quiet` (no benefit). The children's cases are `running`,
    `out` (ended, or not yet begun) or `unclear` (recorded without the unit that would tell).
    """

    name: str
    count: int
    children: int
    own: int = 0
    entitled: int = 0
    other: int = 0
    plain: int = 0
    quiet: int = 0
    case: str = "running"


_SHARED = ("FAELLES", "FAELLES-EGEN")
_IN_2A = (*_SHARED, "1A", "2A", "6")
_IN_3A = (*_SHARED, "1A", "3A", "6", "7")
_IN_7 = (*_SHARED, "6", "7")
_IN_4B = ("4A", "4B", "8D", "FAELLES-FAMILIE")
_OF_UNIT = {  # the groups an adult and a young person at the unit are in as well
    "hjem": (("2B", "5A", "8A"), ("3B", "5A", "8A")),
    "rus": (("2C", "5B", "8B"), ("3C", "5B", "8B")),
    "psy": (("2D", "5C", "8C"), ("3D", "5C", "8C")),
    "bch": (("2E", "8E"), ("3E", "8E")),
    "oevrige": ((), ()),
}
# Nobody at the homelessness unit is on overgangsydelse but one: 5A leaves that benefit out (IC11).
_AT_HJEM = {"activity": 70, "resource": 22, "flexi": 8}
_ADULT = {"activity": 68, "resource": 16, "flexi": 6, "transition": 10}
_YOUNG = {"activity": 93, "transition": 7}
_ADULT_OTHER = {
    "job": 52, "transition-job": 5, "sick": 18, "clarify": 10, "insurance": 8, "repatriation": 4, "revalidation": 3,
}  # fmt: skip
_YOUNG_OTHER = {"job": 60, "cash-job": 18, "sick": 12, "clarify": 10}
_NOTHING = {"none": 1.0}


def _adults(unit: str, count: int, parents: int) -> list[Cell]:
    groups = _IN_2A + _OF_UNIT[unit][0]
    mix = _AT_HJEM if unit == "hjem" else _ADULT
    return [
        Cell(f"adults {unit}", count - parents, "adult", (unit,), mix, groups),
        Cell(f"adults {unit}, parents", parents, "adult", (unit,), mix, groups + _IN_4B, parents=True),
    ]


def _young(count: int, *units: str) -> Cell:
    groups = _IN_3A + tuple(group for unit in units for group in _OF_UNIT[unit][1])
    mix = {"activity": 1.0} if "hjem" in units else _YOUNG
    return Cell(f"young {' and '.join(units)}", count, "young", units, mix, groups)


def _each(name: str, band: str, mix: dict, groups: tuple[str, ...], **counts: int) -> list[Cell]:
    return [Cell(f"{name} {unit}", count, band, (unit,), mix, groups) for unit, count in counts.items()]


# 2A 4,700 = 861 + 1,279 + 811 + 250 + 1,499; the last are in none of 2B-2E (VC01) and stand in the centre's other units.
_COUNTED_ADULTS = [
    # 8A is one more than 5A in the same unit (IC02): this one.
    Cell("adults hjem on transition", 1, "adult", ("hjem",), {"transition": 1}, (*_IN_2A, "2B", "8A")),
    *_adults("hjem", 860, 25),
    *_adults("rus", 1279, 100),
    *_adults("psy", 811, 95),
    *_adults("bch", 250, 20),
    *_adults("oevrige", 1469, 160),
    # Recorded at the centre only: in 2A for certain, in 2B-2D perhaps.
    Cell("adults centre only", 30, "adult", ("bcv",), _ADULT, _IN_2A),
]
# 3B-3E are 1,205, 55 more than 3A (IC01): 100 young people have a primary case in two units, 45 only in another unit.
_COUNTED_YOUNG = [
    _young(282, "hjem"),
    _young(215, "rus"),
    _young(213, "psy"),
    _young(295, "bch"),
    _young(45, "oevrige"),
    _young(35, "hjem", "rus"),
    _young(15, "hjem", "psy"),
    _young(30, "rus", "psy"),
    _young(20, "psy", "bch"),
]
# 7 is 250 more than 3A (IC04): young shared citizens on other benefits.
_OTHER_YOUNG = [
    # 861 + 332 is one less than 8A (VC04): the one here, whose benefit 5A and 8A let in and 3B does not (IC12).
    Cell("young hjem in resource programme", 1, "young", ("hjem",), {"resource": 1}, (*_IN_7, "5A", "8A")),
    *_each("young other", "young", _YOUNG_OTHER, _IN_7, hjem=34, rus=50, psy=45, bch=30),
    Cell("young other oevrige", 66, "young", ("oevrige",), {"resource": 60, **_YOUNG_OTHER}, _IN_7),
    *_each("young unvisited", "young", {"plain": 1}, _IN_7, hjem=6, rus=6, psy=6, oevrige=6),
]
_OTHER_ADULTS = [
    *_each("adults other", "adult", _ADULT_OTHER, _SHARED, hjem=20, rus=50, psy=30, bch=12, oevrige=66),
    *_each("adults unvisited", "adult", {"plain": 1}, _SHARED, hjem=8, rus=10, psy=8, oevrige=10),
    Cell("adults unvisited programme", 4, "adult", ("oevrige",), {"plain-resource": 1}, _SHARED),
    Cell("just 30", 12, "turned", ("oevrige",), {"activity": 1}, _SHARED),
]
# From here nobody is in a group for certain: the near misses, and those of whom the files do not say enough.
_NEAR = [
    Cell("adults without unit", 45, "adult", ("",), _ADULT),
    Cell("young without unit", 24, "young", ("",), _YOUNG),
    *_each("adults elsewhere", "adult", _ADULT, (), pleje=190, esy=70, bbe=50, krim=20),
    *_each("young elsewhere", "young", _YOUNG, (), pleje=12, bbe=14, krim=34),
    Cell("adults without primary case", 640, "adult", (), _ADULT),
    Cell("young without primary case", 170, "young", (), _YOUNG),
    *_each("adults without benefit", "adult", _NOTHING, (), hjem=92, rus=136, psy=86, bch=27, oevrige=189),
    *_each("young without benefit", "young", _NOTHING, (), hjem=80, rus=70, psy=68, bch=72, oevrige=15),
    Cell("adults between everything", 80, "adult", (), _NOTHING),
    Cell("young between everything", 60, "young", (), _NOTHING),
    Cell("soon 18", 40, "seventeen", ("bch",), {"activity": 1}),
]
CELLS = [*_COUNTED_ADULTS, *_COUNTED_YOUNG, *_OTHER_YOUNG, *_OTHER_ADULTS, *_NEAR]

# 4A: 2,220 parents (400 of them own, 4B) and 2,400 children (V011-V013).
OWN_FAMILIES = [
    Family("own, one child", 280, 1, own=1),
    Family("own, two children", 60, 2, own=1),
    Family("own and entitled, one child", 45, 1, own=1, entitled=1),
    Family("own and entitled, two children", 15, 2, own=1, entitled=1),
]
FAMILIES = [
    Family("two entitled, one child", 130, 1, entitled=2),
    Family("two entitled, two children", 40, 2, entitled=2),
    Family("one entitled, one child", 1175, 1, entitled=1),
    Family("one entitled, two children", 195, 2, entitled=1),
    Family("one entitled, three children", 50, 3, entitled=1),
    Family("another benefit", 126, 1, other=1),
    Family("benefit without visitation", 24, 1, plain=1),
    Family("no child case just now", 300, 1, entitled=1, case="out"),
    Family("no benefit just now", 370, 1, quiet=1),
    Family("child case without unit", 24, 1, entitled=1, case="unclear"),
]


def cells(people: int) -> tuple[list[Cell], list[Family]]:
    """The cells for a city of this many people. ValueError below LEAST."""
    if people < LEAST:
        raise ValueError(f"a made-up city needs at least {LEAST} people, not {people}")
    share = min(1.0, people / FULL)
    chosen = _shrunk(CELLS, share, least=1)
    own = sum(cell.count for cell in chosen if cell.parents)
    with_own = sum(family.count for family in OWN_FAMILIES)
    return chosen, _shrunk(OWN_FAMILIES, own / with_own, least=0) + _shrunk(FAMILIES, share, least=1)


def expected(people: int) -> Counter[str]:
    """How many persons each group holds for certain on the anchor day; groups that the city does not fix are left out."""
    found: Counter[str] = Counter()
    chosen, families = cells(people)
    for cell in chosen:
        for group in cell.groups:
            found[group] += cell.count
    for family in families:
        if family.case == "running":
            found.update({key: number * family.count for key, number in _groups(family).items()})
    return found


def _groups(family: Family) -> dict[str, int]:
    """What one family adds; its own parents are counted with their cells."""
    shared = family.entitled + family.other + family.plain
    entitled = dict.fromkeys(("4A", "8D", "1A", "6"), family.entitled)
    children = dict.fromkeys(("4A-BOERN", "8D-BOERN"), family.children if family.own + family.entitled else 0)
    return {**entitled, **children, "FAELLES": shared, "FAELLES-FAMILIE": shared}


def _shrunk(rows: list, share: float, least: int) -> list:
    """The rows with their counts times `share`, rounded so that the total fits (largest remainder), each at least `least`."""
    exact = np.array([row.count for row in rows]) * share
    counts = np.floor(exact).astype(int)
    missing = round(exact.sum()) - counts.sum()
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return [replace(row, count=max(int(count), least)) for row, count in zip(rows, counts, strict=True)]
