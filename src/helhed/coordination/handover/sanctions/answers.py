"""What the pages get of sanctions: frozen values in the reader's language, cut to what the reader's side may see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from helhed.coordination.handover.letters.reaching import Reached

TABS = ("yours", "overdue", "theirs", "ended")
"""The shelves of a unit's list: waiting for us · of those past the deadline · waiting for the other unit, the citizen or the
Board · ended."""
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
    "reverse",
    "repay",
    "complain",
    "agree",
    "agree-in-part",
    "keep",
    "send",
    "hear-board",
    "take-back",
)


@dataclass(frozen=True)
class Row:
    """A sanction on a list. `waits_for`: "decides", "carries_out", "citizen", "board" or ""; `complaint_label`: how far an open
    complaint is, "" without one; `due_on` the first of the deadlines."""

    id: UUID
    person_key: UUID
    name: str
    state: str
    state_label: str
    waits_for: str
    waits_label: str
    complaint_label: str
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
    on_day: date | None = None
    amount_oere: int | None = None


@dataclass(frozen=True)
class Stage:
    """A place on the line of states: `state` is "done", "now", "waits" or "stopped"."""

    label: str
    unit_label: str
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class ComplaintView:
    """A complaint as one side sees it: how far it is, and its steps, the newest first. `decided_on` is the day of the decision it
    is about, `told_on` when that reached the citizen, `last_day` the end of the four weeks; `on_day` of each step as it was said."""

    state: str
    state_label: str
    open: bool
    received_on: date
    decided_on: date | None
    told_on: date | None
    last_day: date | None
    in_time: bool
    due_on: date | None
    overdue: bool
    sent_on: date | None
    missing: str
    steps: tuple[StepView, ...]

    @property
    def words(self) -> str:
        """What the citizen complained of, where that is for the reader; else ""."""
        return self.steps[-1].note if self.steps else ""


@dataclass(frozen=True)
class View:
    """A sanction as one side sees it. `sides`: what the viewer's unit has, of "decides" and "carries_out".

    `assessment` only for who decides; `benefit_oere`, what the register knows of the month's benefit, only for who carries
    out. `missing` is one sentence on what is missing now; `waits_for` as on `Row`. `whole`: whether all was undone, or a part;
    None where nothing was. `complaints`: the newest first. `told_on`, `last_day`: when the newest decision reached the citizen, and
    until when it can be complained of in time; both None while the letter waits to be sent, and where nothing took effect.
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
    effected_on: date | None
    whole: bool | None
    repaid_oere: int
    left_oere: int
    repaid_on: date | None
    complaints: tuple[ComplaintView, ...]
    told_on: date | None
    last_day: date | None

    @property
    def answer(self) -> str:
        """The citizen's newest answer to the hearing, where that is for the reader; else ""."""
        return next((step.note for step in self.steps if step.kind == "answered"), "")


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
    """A sanction as the citizen reads it. `own_words`: when, what, and by whom it was answered ("" the citizen). `may_answer`: now.
    `complain_until`: the last day of the four weeks, None before they begin; `complain_late`: they are over, and a complaint is
    taken all the same. `complaint`: the newest. `calls`: whom one calls about it."""

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
    own_words: tuple[tuple[datetime, str, str], ...]
    decided_note: str
    may_answer: bool
    may_complain: bool
    complain_until: date | None
    complain_late: bool
    complaint: "OwnComplaint | None"
    repaid_oere: int
    repaid_on: date | None
    calls: "Call"


@dataclass(frozen=True)
class Call:
    """Whom the citizen calls: the unit that holds the case now, and how it is reached, None where nobody has said."""

    unit_label: str
    reached: Reached | None


@dataclass(frozen=True)
class OwnComplaint:
    """A complaint as the citizen reads it: what happens now, and what happened when. `may_take_back`: while it is open."""

    state: str
    headline: str
    what_now: str
    received_on: date
    in_time: bool
    words: str
    happened: tuple[tuple[date, str, str], ...]
    may_take_back: bool


@dataclass(frozen=True)
class Number:
    """How many sanctions wait for the citizen's answer, and how many there are in all."""

    asked: int
    all: int
