"""A slice: all that one decision looks at, as plain values. It can be written down and decided again.

It names people by key and says which units have a case, never what a case is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from helhed.audit.canonical import canonical

ALWAYS = 253402300799000
"""A moment that does not come (the end of 9999), in milliseconds: what has no end ends here."""
LAST_DAY = 2932896


@dataclass(frozen=True)
class Viewer:
    """Who asks. `permissions` of the role; `person` the own key of a citizen, else ""; days since 1970, half-open."""

    username: str
    permissions: tuple[str, ...]
    administration: str
    unit: str
    person: str
    clearance: int
    vip: bool
    protected_address: bool
    active: bool
    appointed_from: int
    appointed_to: int


@dataclass(frozen=True)
class Citizen:
    """Whom it is about. `cases`: the units that hold an open case today, an administration where no unit is said."""

    key: str
    cases: tuple[str, ...]
    vip: bool
    protected: bool
    embargoed: bool


@dataclass(frozen=True)
class Basis:
    """A consent, mandate or emergency access in force: its id, whom it is given to, what it covers; moments in
    milliseconds since 1970, half-open. `to`: units for a consent, else one username."""

    kind: str
    id: str
    covers: tuple[str, ...]
    sources: tuple[str, ...]
    to: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Duty:
    """A part of the responsibility for the citizen, as the ledger has it: which, the unit that holds it, the administration
    that has it too, and the row."""

    part: str
    unit: str
    beside: str
    id: str


@dataclass(frozen=True)
class Slice:
    """One question: viewer, citizen, what is in force between them, the purpose, and when; who holds what of the citizen,
    and the units the citizen is offered to."""

    viewer: Viewer
    citizen: Citizen
    bases: tuple[Basis, ...]
    purpose: str
    today: int
    now: int
    paused: bool
    duties: tuple[Duty, ...] = ()
    offered: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """The slice as it is written down."""
        return {
            **vars(self),
            "viewer": dict(vars(self.viewer)),
            "citizen": dict(vars(self.citizen)),
            "bases": [dict(vars(basis)) for basis in self.bases],
            "duties": [dict(vars(duty)) for duty in self.duties],
        }

    def text(self) -> str:
        """The slice as JSON, always the same for the same slice."""
        return canonical(self.told())

    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return sha256(self.text().encode()).hexdigest()


def read_slice(told: Mapping[str, Any]) -> Slice:
    """The slice that was written down; one from before there was a ledger has no duties."""
    return Slice(
        viewer=Viewer(**_tuples(told["viewer"])),
        citizen=Citizen(**_tuples(told["citizen"])),
        bases=tuple(Basis(**_tuples(basis)) for basis in told["bases"]),
        purpose=told["purpose"],
        today=told["today"],
        now=told["now"],
        paused=told["paused"],
        duties=tuple(Duty(**duty) for duty in told.get("duties", ())),
        offered=tuple(told.get("offered", ())),
    )


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
