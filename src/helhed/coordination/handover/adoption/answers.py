"""What the leaders' pages get of adopted models: frozen values in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from helhed.coordination.handover.adoption.lawful import LawOf
from helhed.sharing.answers import Count


@dataclass(frozen=True)
class Line:
    """An adoption in a list. `when`: "waits", "now", "later", "draft", "over",
    "rejected" or "withdrawn"; `mine`: this reader can decide it."""

    id: UUID
    model: str
    label: str
    mode: str
    mode_label: str
    when: str
    valid_from: date
    valid_to: date | None
    receiving_label: str
    size: Count
    proposed_by: str
    mine: bool


@dataclass(frozen=True)
class Limit:
    """A deadline: its field, its words, days as adopted, and the fewest and most that can be."""

    field: str
    label: str
    hint: str
    days: int
    least: int
    most: int


@dataclass(frozen=True)
class Choice:
    """A model that can be proposed: what it is, the report's verdict, how many stand in it, and whether it is in use."""

    key: str
    label: str
    series: str
    transfer: bool
    verdict: str
    size: Count
    in_use: str


@dataclass(frozen=True)
class Wanted:
    """What a proposal of a model can say: the report's verdict, the law of the day, the grounds, units and deadlines to choose from. `effects`: each
    part of the responsibility, and what a hand-over does to it."""

    key: str
    label: str
    series: str
    transfer: bool
    verdict: str
    size: Count
    on: date
    law: LawOf
    grounds: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]
    receivers: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]
    latest_trial: date
    effects: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """One adoption, whole. `form_label`: of a hand-over, `staffing_label`: of an entrance, else "". `steps`: who did what to
    it, the oldest first: (what, who, unit, when, why)."""

    line: Line
    series: str
    transfer: bool
    receiving: str
    side: str
    ground_label: str
    ground_summary: str
    ground_checked: bool
    confirmed_by_lawyer: str
    confirmed_on: date | None
    settled: tuple[tuple[str, str], ...]
    law: LawOf
    limits: tuple[Limit, ...]
    form_label: str
    staffing_label: str
    reason: str
    effects: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str, str, datetime, str], ...]
    may_approve: bool
    may_reject: bool
    may_withdraw: bool
    may_end: bool
