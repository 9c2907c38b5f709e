"""What the pages get of sanctions: frozen values in the reader's language, cut to what the reader's side may see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

TABS = ("yours", "theirs", "ended")
"""The shelves of a unit's list: waiting for us · waiting for the other unit or the citizen · ended."""
ACTS = (
    "revise",
    "decide",
    "withdraw",
    "receive",
    "calculate",
    "hear",
    "write-answer",
    "uphold",
    "annul",
    "effect",
)


@dataclass(frozen=True)
class Row:
    """A sanction on a list. `waits_for`: "decides", "carries_out", "citizen" or ""."""

    id: UUID
    person_key: UUID
    name: str
    state: str
    state_label: str
    waits_for: str
    waits_label: str
    due_on: date | None
    overdue: bool
    from_day: date
    to_day: date
    ground_label: str
    amount_oere: int | None


@dataclass(frozen=True)
class Page:
    """A page of a unit's sanctions, how many there are on this shelf, and on each."""

    rows: tuple[Row, ...]
    total: int
    counts: dict[str, int]


@dataclass(frozen=True)
class StepView:
    """A step that was taken. `note` is empty where it is not for the reader's side."""

    kind: str
    label: str
    at: datetime
    unit_label: str
    note: str
    withheld: bool = False


@dataclass(frozen=True)
class Stage:
    """A place on the line of states: `state` is "done", "now", "waits" or "stopped"."""

    label: str
    unit_label: str
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class View:
    """A sanction as one side sees it. `sides`: what the viewer's unit has, of "decides" and "carries_out".

    `assessment` only for who decides; `benefit_oere`, what the register knows of the month's benefit, only for who carries
    out. `missing` is one sentence on what is missing now; `waits_for` as on `Row`.
    """

    id: UUID
    person_key: UUID
    name: str
    sides: frozenset[str]
    state: str
    state_label: str
    waits_for: str
    missing: str
    ground: str
    ground_label: str
    ground_checked: bool
    from_day: date
    to_day: date
    reason: str
    assessment: str
    deciding_unit_label: str
    month: date | None
    amount_oere: int | None
    benefit_oere: int | None
    due_on: date | None
    overdue: bool
    hearing_due: date | None
    months: tuple[tuple[date, int | None], ...]
    stages: tuple[Stage, ...]
    steps: tuple[StepView, ...]
    acts: frozenset[str]


@dataclass(frozen=True)
class OfPerson:
    """A citizen's sanctions for a side, newest first. `grounds`: key and label of what a new draft can rest on, empty where
    the viewer's unit does not decide."""

    person_key: UUID
    name: str
    sides: frozenset[str]
    rows: tuple[Row, ...]
    grounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnView:
    """A sanction as the citizen reads it. `own_words`: what the citizen has answered, with when. `may_answer`: now."""

    id: UUID
    state: str
    headline: str
    what_now: str
    from_day: date
    to_day: date
    reason: str
    ground_label: str
    deciding_unit_label: str
    carrying_unit_label: str
    amount_oere: int | None
    month: date | None
    hearing_due: date | None
    own_words: tuple[tuple[datetime, str], ...]
    decided_note: str
    may_answer: bool


@dataclass(frozen=True)
class Number:
    """How many sanctions wait for the citizen's answer, and how many there are in all."""

    asked: int
    all: int
