"""Citizens by name, for rooms that know them by key only: each is decided about and has its own line in the log.

A list is chosen from first (`like`, `in_order`), which shows nothing; who is named of it is decided afterwards, each alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.appending import together
from helhed.audit.covering import choosing
from helhed.register import questions as register
from helhed.register.questions import PersonRow
from helhed.sharing import hatch
from helhed.sharing.access import decisions
from helhed.sharing.policy import BOTH, Decision

MOST = 2000


@dataclass(frozen=True)
class Named:
    """A citizen who may be named to a viewer, as far as was asked: `decision` and `ground` say why."""

    person_key: UUID
    name: str
    age: int | None
    protected: bool
    decision: UUID
    ground: str


@transaction.atomic
def named(
    people: Iterable[UUID], *, by: User, purpose: str, action: str, about: Sequence[str] = ()
) -> dict[UUID, Named]:
    """Those of some citizens whose name, and whatever `about` says (categories common to both sides), is open to the viewer.

    One line in the log for each who is answered, none for the others.
    """
    pairs = [("identity", BOTH), *((category, BOTH) for category in about)]
    rows = register.persons_by_keys(sorted(set(people)))
    made = decisions.decide_each(rows.values(), by=by, purpose=purpose, pairs=pairs)
    today, found = timezone.localdate(), {}
    with together():
        for key, row in rows.items():
            decision = made[key]
            if not _open(decision, pairs):
                continue
            ground = decision.ground(BOTH)
            found[key] = Named(
                key, row.name, register.age_on(row.birth_date, today), row.protected, decision.id, ground
            )
            note(
                by=by,
                action=action,
                person_key=key,
                purpose=purpose,
                ground=ground,
                fields={"identity", *about},
                decision=decision.id,
            )
    return found


@contextmanager
def meeting(person: UUID, *, by: User, purpose: str, action: str, about: str) -> Iterator[Named]:
    """One citizen, as far as the name and one category common to both sides; what is made of it inside and its line in the
    log are one transaction. NoAccess, with a line that stays, where that is not open."""
    with transaction.atomic():
        row = hatch.known_person(person)
        pairs = [("identity", BOTH), (about, BOTH)]
        decision = decisions.decide_each([row], by=by, purpose=purpose, pairs=pairs)[row.key]
        said = {
            "by": by,
            "action": action,
            "person_key": row.key,
            "purpose": purpose,
            "decision": decision.id,
        }
        if _open(decision, pairs):
            ground = decision.ground(BOTH)
            note(ground=ground, fields={"identity", about}, **said)
            age = register.age_on(row.birth_date, timezone.localdate())
            yield Named(row.key, row.name, age, row.protected, decision.id, ground)
            return
        note(ground=decision.why or "closed", outcome="denied", **said)
    if decision.full("identity"):
        raise hatch.of_the_case()
    raise hatch.refused(decision.why, any_case=decision.exists)


def opens(person: UUID, *, by: User, purpose: str, about: str) -> bool:
    """Whether the name and one category common to both sides are open to the viewer. Nothing is shown, so no line is written."""
    row, pairs = hatch.known_person(person), [("identity", BOTH), (about, BOTH)]
    with transaction.atomic():
        return _open(decisions.decide_each([row], by=by, purpose=purpose, pairs=pairs)[row.key], pairs)


def _open(decision: Decision, pairs: Iterable[tuple[str, str]]) -> bool:
    return all(decision.full(*pair) for pair in pairs)


def like(text: str) -> list[UUID]:
    """Whose number or name fits a text, to choose from."""
    with choosing():
        return [row.key for row in register.find(text, MOST)]


def numbered(text: str) -> list[UUID]:
    """Whose whole number a text is, to choose from; empty where it is none."""
    with choosing():
        return [row.key for row in register.find(text, 1)] if register.is_number(text) else []


def in_order(people: Iterable[UUID]) -> list[UUID]:
    """Citizens in the order of their names (family name first, in Danish order), to choose from."""
    with choosing():
        rows = register.persons_by_keys(list(people))
    return sorted(rows, key=lambda key: (_sorted_as(rows[key]), key))


def _sorted_as(row: PersonRow) -> str:
    return register.danish_sorted(f"{row.family_name} {row.given_name}")
