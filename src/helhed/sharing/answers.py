"""What comes through the hatch: frozen values, already decided and logged. Nothing else leaves the back rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Count:
    """A number of persons as it may be shown. `value` is None where it is protected or cannot be known.

    `mark` says why: "" a plain number, "small" hidden because it is below the threshold, "none" no data for that day.
    """

    value: int | None
    mark: str = ""
    below: int = 0

    @property
    def hidden(self) -> bool:
        """True where a number exists but is not shown."""
        return self.mark == "small"


@dataclass(frozen=True)
class LaneSpell:
    """One fact on a lane, half-open [start, end); end None is open. Where it comes from and since when it is known."""

    code: str
    label: str
    unit: str
    unit_label: str
    start: date
    end: date | None
    source: str
    known_since: datetime


@dataclass(frozen=True)
class Lane:
    """One kind of fact on the citizen's timeline. A closed lane has no spells but a reason and the way to get access."""

    kind: str
    side: str
    label: str
    open: bool
    ground: str
    reason: str
    exists: bool
    spells: tuple[LaneSpell, ...]


@dataclass(frozen=True)
class GroupBar:
    """A spell in a target group: value "true" or "unknown", half-open."""

    key: str
    label: str
    family: str
    value: str
    start: date
    end: date | None


@dataclass(frozen=True)
class Holding:
    """Who holds one of the four responsibilities on the day looked at; `beside` the administration that has it too, `worker`
    the employee the unit has put on it, both "" where there is none."""

    key: str
    label: str
    side: str
    unit_label: str
    since: date | None
    ground: str
    beside: str = ""
    worker: str = ""


@dataclass(frozen=True)
class Consent:
    """A consent on record: kind, and whether it holds on the day looked at. `withdrawn`: the citizen took it back, on `end`."""

    kind: str
    label: str
    holds: bool
    start: date
    end: date | None
    withdrawn: bool = False


@dataclass(frozen=True)
class Contact:
    """Where a citizen lives and answers the telephone; empty where no system says. `hidden`: it is protected, and neither
    is told until it is revealed by an act of its own."""

    address: str
    phone: str
    hidden: bool = False


@dataclass(frozen=True)
class Registered:
    """How the population register says that a citizen stands, who does not simply live in the municipality: the code of the
    catalogue and its name, since when, and which systems told it."""

    code: str
    label: str
    since: date
    told_by: tuple[str, ...]


@dataclass(frozen=True)
class CitizenView:
    """A citizen as this viewer may see them, on this day, for this purpose. `event` is the line in the log."""

    key: UUID
    name: str
    birth_date: date | None
    age: int | None
    number: str
    protected: bool
    on: date
    lanes: tuple[Lane, ...]
    groups: tuple[GroupBar, ...]
    holdings: tuple[Holding, ...]
    consents: tuple[Consent, ...]
    purpose: str
    event: int
    decision: UUID | None = None
    contact: Contact | None = None
    registered: tuple[Registered, ...] = ()


@dataclass(frozen=True)
class Found:
    """One line of a search among the citizens the viewer may meet. `elsewhere`: a number that was typed whole is known to
    the own administration, but in another unit; then there is no name."""

    key: UUID
    name: str
    age: int | None
    protected: bool
    shared: bool
    elsewhere: bool = False


@dataclass(frozen=True)
class EmergencyNote:
    """The emergency access a look rested on, and how the leader's second look found it ("" not yet). The words of the
    reason are not in it: they may tell of others than the citizen."""

    opened_at: datetime
    until: datetime
    verdict: str


@dataclass(frozen=True)
class LogLine:
    """A line of the log as the citizen reads it: when, which unit, why, on which ground, which kinds of information.

    `behalf` says for whom somebody acted under a mandate; `event` is the line's number, for its proof.
    """

    at: datetime
    who: str
    unit_label: str
    action: str
    purpose: str
    ground: str
    fields: tuple[str, ...]
    allowed: bool
    event: int = 0
    behalf: str = ""
    emergency: EmergencyNote | None = None


@dataclass(frozen=True)
class Looks:
    """One page of a citizen's log, newest first: page `page` of `pages`, and how many lines there are in all."""

    lines: tuple[LogLine, ...]
    total: int
    page: int
    pages: int

    def __iter__(self) -> Iterator[LogLine]:
        return iter(self.lines)


class NoAccess(Exception):
    """The viewer may not see this. `exists` tells whether the viewer may know that there is something.

    `reason` and `way` are sentences in the viewer's language: why not, and how to get access where it is lawful.
    """

    def __init__(self, reason: str, way: str = "", *, exists: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way = way
        self.exists = exists
