"""What the pages get of hand-overs: frozen values in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

TABS = ("proposals", "consent", "decide", "accept", "running", "returns", "overdue")
"""The work list's shelves: to assess · awaiting the citizen's answer · to decide · awaiting acceptance · moved · on the way
back · past the deadline."""


@dataclass(frozen=True)
class Row:
    """A chain on a work list. `acts`: what this viewer can do now, of ACTS; `asked_how`: "portal", "letter"
    or ""; `ours`: the next step is the viewer's to take; `giving`: the unit that gives is of the viewer's line; `own_label`: that
    of the two units which is of the line, where it is not the viewer's own."""

    chain: UUID
    person_key: UUID
    name: str
    age: int | None
    protected: bool
    model: str
    model_label: str
    direction: str
    state: str
    state_label: str
    from_label: str
    to_label: str
    since: date
    due_on: date | None
    overdue: bool
    worker: str
    acts: frozenset[str]
    asked_how: str = ""
    ours: bool = False
    giving: bool = False
    own_label: str = ""
    family: bool = False


ACTS = (
    "assess",
    "family",
    "ask",
    "record",
    "decide",
    "offer",
    "answer",
    "accept",
    "refuse",
    "note",
    "redirect",
    "stays",
    "cancel",
    "return",
    "take",
)


@dataclass(frozen=True)
class Page:
    """Fifty rows, how many there are on the shelf, and how many on each; of a shelf whose chains wait for different things, how
    many wait for each."""

    rows: tuple[Row, ...]
    total: int
    counts: Mapping[str, int]
    models: tuple[tuple[str, str], ...]
    waits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What a bulk act did: how many, and for each refused one its chain and a sentence."""

    done: int
    refused: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True)
class StepView:
    """A step on the line: `state` is "done", "now", "waits" or "stopped". `halves`: who of the two sides has assessed, and
    when (None: not yet). Of the step that is waited for now: whose `turn` it is ("" where nobody has to do anything), `since`
    when it is waited for, and by when it is `due_on`."""

    kind: str
    label: str
    state: str
    at: datetime | None = None
    by: str = ""
    unit_label: str = ""
    ground_label: str = ""
    note: str = ""
    reason_label: str = ""
    on_behalf: bool = False
    halves: tuple[tuple[str, datetime | None], ...] = ()
    turn: str = ""
    since: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ChainView:
    """A citizen's chain as a line of steps. `missing`: one sentence on what is missing now, "" where nothing is. `steps` is the
    line, `history` every step taken. `preview`: the viewer is offered the citizen and holds nothing yet. `carried`: what goes
    along, in words with its number. `name` is empty for a leader who may not
    know it. `family`: the other chains of the family."""

    chain: UUID
    person_key: UUID
    name: str
    age: int | None
    protected: bool
    model: str
    model_label: str
    direction: str
    state: str
    state_label: str
    from_label: str
    to_label: str
    opened_at: datetime
    due_on: date | None
    overdue: bool
    effective_on: date | None
    missing: str
    ground_label: str
    steps: tuple[StepView, ...]
    acts: frozenset[str]
    consent: UUID | None
    returns: UUID | None
    returned_by: UUID | None
    preview: bool
    carried: tuple[tuple[str, int], ...] = ()
    family: tuple[tuple[UUID, str, str], ...] = ()
    side: str = ""
    history: tuple[StepView, ...] = ()
    worker: str = ""
    cause_label: str = ""
    trial: bool = False
    refusal: str = ""
    ended_label: str = ""
    of_family: bool = False


@dataclass(frozen=True)
class HeldSpan:
    """One unit holding one part, half-open in time. `side` is "bif" or "sof" (for colour, never alone)."""

    part: str
    part_label: str
    unit_label: str
    side: str
    since: datetime
    until: datetime | None
    ground_label: str
    beside_label: str = ""
    chain: UUID | None = None


@dataclass(frozen=True)
class LedgerView:
    """Who held what for a citizen, when; moves so far, and days between them. `chains`: the hand-overs, the newest first."""

    person_key: UUID
    name: str
    spans: tuple[HeldSpan, ...]
    moves: int
    days_between: tuple[int, ...]
    workers: tuple[tuple[str, str, str], ...]
    lent_to: tuple[str, ...]
    chains: tuple[StepView, ...] = ()
