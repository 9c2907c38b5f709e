"""What a criterion on the workbench would mean: frozen values, protected before they are answered."""

from dataclasses import dataclass
from datetime import date

from helhed.sharing.answers import Count


@dataclass(frozen=True)
class Overlap:
    """Those in both the draft and another group on the day. Shares in percent; None where they would say too much."""

    key: str
    label: str
    both: Count
    share_of_draft: float | None
    share_of_other: float | None


@dataclass(frozen=True)
class CurvePoint:
    """The size of the draft on a day, and of the group it starts from (None where it starts from none)."""

    on: date
    size: Count
    base: Count | None


@dataclass(frozen=True)
class Part:
    """A line of a breakdown: a key, its words, its rounded number, and its share of the draft in percent."""

    key: str
    label: str
    count: Count
    share: float | None


@dataclass(frozen=True)
class Handbacks:
    """What the draft would do to people over the last years, with a stay of `grace` ("P6M", "" for none) before a hand-back.

    `per_100_years` and `back_per_100_years`: hand-overs and hand-backs per 100 person-years in the group, None where a
    number behind them is hidden. `causes`: a sentence for the part of the criterion that fell away, and how often.
    """

    grace: str
    handed_over: Count
    handed_back: Count
    again: Count
    per_100_years: float | None
    back_per_100_years: float | None
    causes: tuple[tuple[str, Count], ...]


@dataclass(frozen=True)
class Impact:
    """All the workbench shows of a criterion on a day. `base_*`, `coming`, `leaving` and `staying` compare it with the
    group it starts from: in the draft only, in the base only, in both; None where it starts from none (`base_key` "").

    `people`: how many the register knows. `took_ms`: the time it took at the server, in milliseconds.
    """

    on: date
    size: Count
    unknown: Count
    base_key: str
    base_label: str
    base_size: Count | None
    coming: Count | None
    leaving: Count | None
    staying: Count | None
    curve: tuple[CurvePoint, ...]
    overlaps: tuple[Overlap, ...]
    units: tuple[Part, ...]
    handbacks: Handbacks
    people: int
    took_ms: float
