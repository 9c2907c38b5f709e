"""From the stores to a slice: who asks, whom it is about, and what is in force between them.

What rests on a consent or a mandate is read with its row held, so that a withdrawal waits for the answer or comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from helhed.accounts.models import User
from helhed.periods import day_of
from helhed.register.questions import PersonRow
from helhed.sharing.consent import standing as consents
from helhed.sharing.consent.standing import Standing
from helhed.sharing.ledger.models import BEFORE_ANY_MOVE
from helhed.sharing.ledger.standing import Held
from helhed.sharing.ledger.units import ends
from helhed.sharing.mandates import standing as mandates
from helhed.sharing.mandates.models import SCOPES
from helhed.sharing.policy.slices import ALWAYS, LAST_DAY, Basis, Citizen, Duty, Slice, Viewer
from helhed.sharing.policy.words import BIF, CASES, EMERGENCY, PURPOSES, FactLike, above, holds
from helhed.sharing.safeguards import standing as safeguards


class CaseFact(FactLike):
    """As much of a case as says which unit holds it."""

    unit: str


def viewer_of(by: User) -> Viewer:
    """The one who asks, with the rights of the appointment in force."""
    return Viewer(
        username=by.username,
        permissions=tuple(sorted(by.duties.permissions)),
        administration=by.administration,
        unit=by.unit,
        person=str(by.person_key) if by.person_key else "",
        clearance=by.clearance,
        vip=by.vip,
        protected_address=by.protected_address,
        active=by.is_active,
        appointed_from=day_of(by.appointed_from),
        appointed_to=LAST_DAY if by.appointed_to is None else day_of(by.appointed_to),
    )


NOTHING: Mapping[str, Held] = MappingProxyType({})
CASEWORK = "sagsbehandleransvar"


def citizen_of(
    row: PersonRow,
    facts: Iterable[CaseFact],
    of_children: Iterable[CaseFact],
    *,
    vip: bool,
    embargoed: bool,
    on: date,
    held: Mapping[str, Held] = NOTHING,
) -> Citizen:
    """The one it is about. `of_children`: the facts of the citizen's children; a child's case is a case of the parent's.
    `held`: what the ledger says of the citizen; once the casework has moved, an employment case is with who holds that."""
    units: set[str] = set()
    moved = held[CASEWORK] if CASEWORK in held and held[CASEWORK].ground not in BEFORE_ANY_MOVE else None
    for side, kinds in CASES.items():
        own = [fact for fact in facts if fact.kind in kinds and holds(fact, on)]
        own += [
            fact
            for fact in of_children
            if fact.kind == "child_case" and fact.kind in kinds and holds(fact, on)
        ]
        if moved and side == BIF:
            units |= {moved.unit} if own else set()
        else:
            units |= {unit for fact in own for unit in held_by(side, fact.unit)}
    key = str(row.key)
    return Citizen(key, tuple(sorted(units)), vip, row.protected, embargoed)


def duties_of(held: Mapping[str, Held], facts: Iterable[CaseFact], on: date) -> tuple[Duty, ...]:
    """The parts of the responsibility that live: all while an employment case runs; where none does, those that a hand-over
    has moved out of the administration the law gives them, until they are back."""
    running = any(fact.kind in CASES[BIF] and holds(fact, on) for fact in facts)
    return tuple(
        Duty(part, each.unit, each.beside, str(each.id))
        for part, each in sorted(held.items())
        if running or above(each.unit)[-1] != BIF
    )


def bases_of(
    by: User, people: Sequence[UUID], purpose: str, mandate: UUID | None
) -> dict[UUID, tuple[Basis, ...]]:
    """What is in force between the viewer and each of some citizens: the citizen's consents to sharing for a caseworker, an
    emergency access that runs, or the mandate that is named."""
    if purpose == EMERGENCY:
        return {person: _emergency(by, person) for person in people}
    if mandate is not None:
        return {person: _mandate(by, person, mandate) for person in people}
    if purpose not in PURPOSES:
        return dict.fromkeys(people, ())
    held = consents.holding_of_each(people, kind=consents.SHARING)
    return {person: tuple(map(_consent, held.get(person, ()))) for person in people}


def _emergency(by: User, person: UUID) -> tuple[Basis, ...]:
    running = safeguards.emergency_of(by.username, person)
    ends = [moment for moment in (running.until, running.closed_at) if moment] if running else []
    return (_basis("emergency", running.id, by.username, running.opened_at, min(ends)),) if running else ()


def _mandate(by: User, person: UUID, mandate: UUID) -> tuple[Basis, ...]:
    reaches = (mandates.active(mandate, by.username, scope) for scope in SCOPES)
    held = next(filter(None, reaches), None)
    if held is None or held.person_key != person:
        return ()
    return (_basis("mandate", held.id, by.username, held.valid_from, held.valid_to, held.scope),)


def _consent(one: Standing) -> Basis:
    return Basis(
        "consent",
        str(one.id),
        tuple(sorted(one.categories)),
        tuple(sorted(one.sources)),
        tuple(sorted(one.recipients)),
        millis(one.valid_from),
        ALWAYS if one.valid_to is None else millis(one.valid_to),
    )


def slice_of(
    by: User,
    citizen: Citizen,
    bases: tuple[Basis, ...],
    purpose: str,
    *,
    today: date,
    now: datetime,
    paused: bool,
) -> Slice:
    """The question; what the ledger has of the citizen is put to it by who asks."""
    return Slice(viewer_of(by), citizen, bases, purpose, day_of(today), millis(now), paused)


def held_by(side: str, unit: str) -> tuple[str, ...]:
    """The units of an administration that now hold what a unit held: itself, or what took over from it, to the end. The
    whole administration where no unit is said, or where what took over lies elsewhere."""
    return tuple(sorted({end if above(end)[-1] == side else side for end in ends(unit)})) if unit else (side,)


def millis(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def _basis(
    kind: str, row: UUID, username: str, start: datetime, end: datetime, scope: tuple[str, ...] = ()
) -> Basis:
    return Basis(kind, str(row), scope, (), (username,), millis(start), millis(end))
