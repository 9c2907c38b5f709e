"""The mapping as values a page or a report can print: counts are protected before they arrive here."""

from dataclasses import dataclass
from datetime import date

from helhed.sharing.answers import Count


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
