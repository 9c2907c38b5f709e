"""What the steward gets of a hand-over: who decided what, on which facts, known when, under which rule, ground and consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Listed:
    """A chain as it stands on the steward's list: nobody is named. `effective`: whether it took effect."""

    chain: UUID
    model: str
    model_label: str
    direction: str
    state_label: str
    from_label: str
    to_label: str
    opened_at: datetime
    ended_at: datetime | None
    effective: bool


@dataclass(frozen=True)
class Listing:
    """A page of the list, how many there are in all, and the models there are hand-overs under."""

    rows: tuple[Listed, ...]
    total: int
    models: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Taken:
    """A step: what, when, by whom, for which unit. `answers`: what was asked in an assessment, and yes or no."""

    number: int
    kind: str
    label: str
    at: datetime
    by: str
    username: str
    unit_label: str
    on_behalf: bool
    reason: str
    note: str
    answers: tuple[tuple[str, bool], ...]
    hash: str


@dataclass(frozen=True)
class Row:
    """A fact that was looked at, in words; `last`: its last day, None where it runs. `known`: since when it was known."""

    who: str
    kind: str
    label: str
    unit: str
    start: date
    last: date | None
    source: str
    known: datetime


@dataclass(frozen=True)
class Rested:
    """Evidence that steps rested on: the day, what the rule said, the rows that decided, and the rule in words and as text.
    `steps`: each step that named it, and the moment its facts were known at. `others`: how many rows more the rule looked at,
    which are among `rows` only where all of it was asked for."""

    steps: tuple[tuple[int, datetime], ...]
    day: date
    verdict: str
    verdict_label: str
    born: date | None
    rows: tuple[Row, ...]
    others: int
    version_from: date | None
    sentences: tuple[tuple[int, str], ...]
    rules: str
    text: str


@dataclass(frozen=True)
class Consented:
    """A consent that steps named, as it stood then."""

    consent: UUID
    steps: tuple[int, ...]
    given_at: datetime | None
    until: datetime | None
    how: str
    notice: str
    units: tuple[str, ...]
    receipt: UUID | None
    genuine: bool


@dataclass(frozen=True)
class Held:
    """A part that moved with the chain: to which unit, when, and which administration has it too."""

    part_label: str
    from_label: str
    unit_label: str
    since: datetime
    ground_label: str
    beside_label: str


@dataclass(frozen=True)
class Account:
    """All there is to answer for a hand-over with."""

    chain: UUID
    person_key: UUID
    name: str
    model: str
    model_label: str
    direction: str
    state_label: str
    cause_label: str
    from_label: str
    to_label: str
    opened_at: datetime
    effective_at: datetime | None
    adoption: Mapping[str, str]
    steps: tuple[Taken, ...]
    evidence: tuple[Rested, ...]
    consents: tuple[Consented, ...]
    moves: tuple[Held, ...]
    returns: UUID | None
    returned_by: UUID | None
    whole: bool

    @property
    def others(self) -> int:
        """How many rows decided nothing."""
        return sum(each.others for each in self.evidence)


@dataclass(frozen=True)
class Tried:
    """One check of a hand-over that was decided again: of which step (0: of the whole), in words, whether it holds, and what
    is wrong where it does not."""

    step: int
    step_label: str
    label: str
    holds: bool
    finding: str
