"""What an explanation looks like when it has come through the hatch: frozen values, nothing closed in them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from helhed.sharing.answers import Consent

CLOSED = "closed"
"""The value of what rests on facts the viewer may not see. It is said instead of true, false or unknown."""


@dataclass(frozen=True)
class WhyFact:
    """A fact behind a line, half-open; `source` in words, and how many days ago it became known here."""

    label: str
    unit_label: str
    start: date
    end: date | None
    source: str
    known_since: datetime
    age_days: int


@dataclass(frozen=True)
class WhyLine:
    """One line of a criterion and what became of it: `value` true, false, unknown or closed.

    `facts`: those that decided, or that come closest where the line is not true; `note` says in which way. A line about
    a relative never carries facts. `group`: the key, where the line is another group; the lines below it explain that one.
    `whole`: the line with all it names, where `text` only counts them.
    """

    depth: int
    value: str
    text: str
    facts: tuple[WhyFact, ...] = ()
    note: str = ""
    closed: bool = False
    group: str = ""
    whole: str = ""


@dataclass(frozen=True)
class GroupWhy:
    """Why a person is, is not or may be in a group on a day.

    `lines`: the criterion in force, none where the group did not exist; `misses`: what is missing, the nearest first, and
    `missing` the number of things the nearest lacks: 0 for who is in, and where no way to a yes is known to be open (an age
    is past, or part of it is closed). `history`: (value, start, end), half-open, false
    left out. `changes`: what is already known to change the answer after the day, the earliest first.
    """

    key: str
    label: str
    family: str
    value: str
    version_from: date | None
    source: str
    lines: tuple[WhyLine, ...]
    misses: tuple[str, ...]
    missing: int
    history: tuple[tuple[str, date, date | None], ...]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class WhyView:
    """The explanations of a citizen on a day, and the citizen's head as on the citizen's page."""

    key: UUID
    name: str
    birth_date: date | None
    age: int | None
    number: str
    protected: bool
    on: date
    consents: tuple[Consent, ...]
    groups: tuple[GroupWhy, ...]
    purpose: str
    event: int


@dataclass(frozen=True)
class MadeUpFact:
    """A fact of a made-up citizen, of a child or of a parent of theirs (`who`: self, child, parent); half-open."""

    kind: str
    code: str
    unit: str
    start: date
    end: date | None
    who: str = "self"
