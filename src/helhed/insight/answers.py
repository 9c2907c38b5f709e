"""The mapping as values a page or a report can print: counts are protected before they arrive here."""

from dataclasses import dataclass
from datetime import date

from helhed.sharing.answers import Count
from helhed.sharing.movements import Month


@dataclass(frozen=True)
class Stated:
    """A figure a source printed. `what`: persons, parents or children. `as_of`: in the source's words, `as_of_day`: the day
    it is held against. `precision`: exact, rounded, about, estimated or derived (a sum of other figures)."""

    value: int
    what: str
    precision: str
    as_of: str
    as_of_day: date
    source: str


@dataclass(frozen=True)
class Flaw:
    """A known inconsistency of the sources that touches a group, and how it is handled."""

    key: str
    text: str
    handling: str
    severity: str
    source: str


@dataclass(frozen=True)
class GroupRow:
    """One target group on one day. `agrees`: computed equals stated ("equal", "rounded", "differs",
    "another-day" when the source speaks of another day, "" nothing stated)."""

    key: str
    label: str
    family: str
    series: str
    transfer: str
    verdict: str
    size: Count
    unknown: Count
    shared_share: float | None
    stated: tuple[Stated, ...]
    agrees: str
    children: Count | None
    derivation: str
    flaws: tuple[Flaw, ...]
    version_from: date | None
    regime: str


@dataclass(frozen=True)
class Cell:
    """One line of a breakdown: a unit, benefit or service with its rounded number of persons and share of the group."""

    key: str
    label: str
    count: Count
    share: float | None


@dataclass(frozen=True)
class Topic:
    """A cell of document 000's table: what is asked, what is known, and the source."""

    key: str
    label: str
    question: str
    text: str
    source: str


@dataclass(frozen=True)
class LawRef:
    """A piece of law or practice behind a group, on the day asked for."""

    key: str
    label: str
    text: str
    valid_from: date | None
    valid_to: date | None
    source: str
    status: str


@dataclass(frozen=True)
class Point:
    """A group's size on the first of a month."""

    on: date
    count: Count


@dataclass(frozen=True)
class GroupPage:
    """Everything the mapping says of one group on one day."""

    row: GroupRow
    sentences: tuple[str, ...]
    source: str
    by_unit: tuple[Cell, ...]
    by_benefit: tuple[Cell, ...]
    by_service: tuple[Cell, ...]
    curve: tuple[Point, ...]
    law: tuple[LawRef, ...]
    topics: tuple[Topic, ...]
    pros: tuple[str, ...]
    cons: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """The mapping of one day: all groups by family, and what the numbers rest on."""

    on: date
    rows: tuple[GroupRow, ...]
    people: Count
    shared: Count
    data_to: date | None
    threshold: int
    newest_delivery: str


@dataclass(frozen=True)
class HeatMap:
    """The boundary: shared citizens by benefit (columns) and unit (rows), rounded to five; totals are of rounded cells."""

    on: date
    units: tuple[tuple[str, str], ...]
    benefits: tuple[tuple[str, str], ...]
    cells: tuple[tuple[Count, ...], ...]
    unit_totals: tuple[Count, ...]
    benefit_totals: tuple[Count, ...]
    total: Count
    steps: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Neighbour:
    """A group people moved from or to, and how often."""

    key: str
    label: str
    count: Count


@dataclass(frozen=True)
class Grace:
    """A row of the replay: what follows from one grace before a hand-back. Rates per 100 person-years in the group;
    `over_stay`: the days responsibility waits in vain, in percent of the days in the group."""

    key: str
    label: str
    over: Count
    over_rate: float | None
    back: Count
    back_rate: float | None
    again: Count
    again_rate: float | None
    over_stay: float | None


@dataclass(frozen=True)
class Cause:
    """Why people are handed back: the part of the criterion that lapsed, in words."""

    text: str
    count: Count


@dataclass(frozen=True)
class GroupMovements:
    """What happened in a group in the months before a day, and the replay of the model it would be.

    `began`: the day the replayed model began. `stay`: how long people stay, in sentences; empty where too few were seen.
    `still_in`: months and the share in percent still in. `causes`: of the grace asked for, `chosen`. `versions`: days in
    the period on which the group changed its meaning.
    """

    start: date
    last: date
    began: date
    months: tuple[Month, ...]
    flow: str
    stay: tuple[str, ...]
    still_in: tuple[tuple[int, int | None], ...]
    came_from: tuple[Neighbour, ...]
    went_to: tuple[Neighbour, ...]
    near: int
    finding: str
    graces: tuple[Grace, ...]
    chosen: Grace
    causes: tuple[Cause, ...]
    versions: tuple[date, ...]


@dataclass(frozen=True)
class ModelRow:
    """A model in the comparison: its size on the day, those who came and left in a year, half of the stays in days and
    in words, and hand-backs per 100 person-years without a grace and with 13 weeks."""

    key: str
    label: str
    family: str
    verdict: str
    size: Count
    came: Count
    left: Count
    median: int | None
    stay: str
    back_rate: float | None
    back_rate_grace: float | None


@dataclass(frozen=True)
class Comparison:
    """All models side by side on a day; `start` and `last` bound the months the movements are from."""

    on: date
    start: date
    last: date
    rows: tuple[ModelRow, ...]
    finding: str
