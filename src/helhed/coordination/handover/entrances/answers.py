"""What the pages get of joint entrances: frozen values in the reader's language, already decided and logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from helhed.sharing.answers import Count

SHELVES = ("attached", "invited", "ended")
NEAR = 4
"""How many of the next days of a rotating team are read where it is only mentioned."""


@dataclass(frozen=True)
class HouseRow:
    """An entrance on the list. `expected`, `here`: today; `part`: the viewer's unit receives there."""

    id: UUID
    name: str
    model: str
    model_label: str
    state: str
    address: str
    hours: str
    expected: int
    here: int
    part: bool


@dataclass(frozen=True)
class Someone:
    """An employee at an entrance: `id` of the row that says so, and the day in a rotating team."""

    id: int
    name: str
    day: date | None = None


@dataclass(frozen=True)
class TeamView:
    """A team: whose, for whom, who is in it. `mine`: the viewer keeps it; `choices`: (username, name) of who can join."""

    id: int
    unit_label: str
    side: str
    focus_label: str
    people: tuple[Someone, ...]
    mine: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def near(self) -> tuple[Someone, ...]:
        """A fixed team whole; of a rotating one the next days."""
        return self.people if not self.people or self.people[0].day is None else self.people[:NEAR]

    @property
    def later(self) -> int:
        """How many days there are after those."""
        return len(self.people) - len(self.near)


@dataclass(frozen=True)
class PlaceView:
    """Where the entrance comes out: when in words, the next day it does (None: no more), and which team goes ("": whoever can)."""

    id: int
    kind: str
    name: str
    address: str
    when: str
    next: date | None
    team_label: str = ""


@dataclass(frozen=True)
class House:
    """An entrance. `may`: "keep" its set-up, "receive" citizens there; `hours`: weekday, from, to (empty: closed);
    `uncovered`: the open days of the next two weeks on which a side of a rotating staff has nobody, with those sides."""

    id: UUID
    name: str
    model: str
    model_label: str
    place: str
    address: str
    staffing: str
    state: str
    week: str
    hours: tuple[tuple[int, str, time | None, time | None], ...]
    teams: tuple[TeamView, ...]
    places: tuple[PlaceView, ...]
    may: frozenset[str]
    trial_until: date | None = None
    uncovered: tuple[tuple[date, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class DayRow:
    """A citizen on the reception list. `name` is empty where the viewer may not meet the citizen. `state`: "expected",
    "here" or "gone"; `acts`: arrive, serve, finish. `outreach`: where the entrance comes out, if there; `shut`: it is closed
    at the time that was agreed."""

    attachment: UUID
    name: str
    age: int | None
    protected: bool
    at: datetime | None
    sides: str
    place: str
    state: str
    visit: UUID | None
    came_at: datetime | None
    bif_at: datetime | None
    sof_at: datetime | None
    acts: frozenset[str]
    outreach: int | None = None
    shut: bool = False


@dataclass(frozen=True)
class Day:
    """The reception list of a day: when it is `open` ("" closed), who is on duty (name, unit, side), where the entrance comes out, and the citizens."""

    house: House
    on: date
    today: bool
    open: str
    duty: tuple[tuple[str, str, str], ...]
    places: tuple[PlaceView, ...]
    expected: tuple[DayRow, ...]
    here: tuple[DayRow, ...]
    gone: tuple[DayRow, ...]
    both: int


@dataclass(frozen=True)
class WalkIn:
    """Somebody found by name or number at the door. `state`: "attached", "here", "invited" or "" (not asked)."""

    name: str
    age: int | None
    protected: bool
    attachment: UUID | None
    state: str


@dataclass(frozen=True)
class AttachedRow:
    """A citizen on the list of an entrance."""

    attachment: UUID
    name: str
    age: int | None
    protected: bool
    state: str
    state_label: str
    since: date
    leaves_on: date | None
    next_at: datetime | None


@dataclass(frozen=True)
class Page:
    """Fifty citizens of a shelf that the viewer may meet, how many there are, and how many on each shelf in all."""

    house: House
    rows: tuple[AttachedRow, ...]
    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Time:
    """A time a citizen is expected: with which sides, and where ("" the house); `shut`: it is closed then."""

    id: int
    at: datetime
    sides: str
    place: str
    shut: bool = False


@dataclass(frozen=True)
class Came:
    """A visit that was, or runs."""

    day: date
    came_at: datetime
    place: str
    bif: bool
    sof: bool
    over: bool


@dataclass(frozen=True)
class Attached:
    """One citizen at one entrance. `held`: (part, unit) who is responsible, as before; `may`: answer, leave, expect, arrive."""

    attachment: UUID
    person_key: UUID
    name: str
    age: int | None
    protected: bool
    house: House
    state: str
    state_label: str
    invited_on: date
    leaves_on: date | None
    held: tuple[tuple[str, str], ...]
    times: tuple[Time, ...]
    visits: tuple[Came, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class Own:
    """An entrance as the citizen reads it. `may`: yes, no, leave."""

    attachment: UUID
    state: str
    name: str
    place: str
    address: str
    week: str
    units: tuple[str, ...]
    places: tuple[PlaceView, ...]
    times: tuple[Time, ...]
    visits: tuple[Came, ...]
    leaves_on: date | None
    may: frozenset[str]


@dataclass(frozen=True)
class Month:
    """A month at an entrance: visits, and those that saved a second visit elsewhere; share in percent."""

    first: date
    visits: Count
    avoided: Count
    share: float | None


@dataclass(frozen=True)
class Numbers:
    """How an entrance is used. Everything protected."""

    house: House
    attached: Count
    invited: Count
    declined: Count
    left: Count
    months: tuple[Month, ...]
    visits: Count
    avoided: Count
    share: float | None
