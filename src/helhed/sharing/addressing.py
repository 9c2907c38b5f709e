"""Where letters go: name and address of citizens, for the member of staff who sends them. Each is decided about and has its
own line in the log; a protected address is never in a letter, it is revealed by an act of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.register import questions as register
from helhed.sharing.access import decisions
from helhed.sharing.policy import BOTH

NEEDED = (("identity", BOTH), ("contact", BOTH))


@dataclass(frozen=True)
class Addressed:
    """A citizen as on an envelope. `lines`: the address, none where no system says one, or it is `hidden`."""

    person_key: UUID
    name: str
    lines: tuple[str, ...]
    hidden: bool


@transaction.atomic
def addressed(people: Iterable[UUID], *, by: User, purpose: str, action: str) -> dict[UUID, Addressed]:
    """Those of some citizens whom the viewer may name, with their address where it is open; a line in the log for each."""
    rows = register.persons_by_keys(sorted(set(people)))
    made = decisions.decide_each(rows.values(), by=by, purpose=purpose, pairs=NEEDED)
    found = {}
    for key, row in rows.items():
        decision = made[key]
        if not decision.allowed:
            continue
        shown = decision.full("contact")
        lines = _lines(register.contact_of(row.id).address) if shown else ()
        note(
            by=by,
            action=action,
            person_key=key,
            purpose=purpose,
            ground=decision.ground(BOTH),
            fields={"identity", "contact"} if shown else {"identity"},
            decision=decision.id,
        )
        found[key] = Addressed(key, row.name, lines, not shown)
    return found


def _lines(address: str) -> tuple[str, ...]:
    """Street and floor on one line, the place on the next."""
    street, _comma, place = address.rpartition(", ")
    return tuple(line for line in (street, place) if line)
