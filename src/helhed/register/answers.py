"""What the register answers: frozen rows of persons, facts, relations and merges, whichever question they answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class PersonRow:
    """Who a person is. `number` as it is written now, empty if none; names of the source that comes first."""

    id: int
    key: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    number: str
    protected: bool

    @property
    def name(self) -> str:
        """The whole name, given name first."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class FactRow:
    """One fact of a person, true on [true_from, true_to), and where it comes from. No unit is an empty text."""

    kind: str
    code: str
    unit: str
    true_from: date
    true_to: date | None
    amount_oere: int | None
    source: str
    administration: str
    table: str
    source_key: str
    known_from: datetime
    delivery: int
    file: str
    line: int


@dataclass(frozen=True)
class MergeRow:
    """Two persons are one, known on [since, until): `gone` is read as `kept`, by their own keys."""

    id: int
    kept: UUID
    gone: UUID
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class ContactRow:
    """A person's address and telephone; empty where no source says."""

    address: str
    phone: str


@dataclass(frozen=True)
class ChildRow:
    """A child of a person, and on which days [start, end)."""

    child: int
    start: date
    end: date | None


@dataclass(frozen=True)
class KeyedFact:
    """One fact by its row in the source: whose, which code, on which days [true_from, true_to)."""

    person_key: UUID
    code: str
    true_from: date
    true_to: date | None
    source: str
    table: str
    source_key: str
