"""Who is let in to a citizen's sanctions: the unit that decides, the unit that carries out, and nobody else of the staff."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.sanctions.models import CARRIES_OUT, DECIDES
from helhed.coordination.handover.tasks.belonging import is_own
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.hatch import Met
from helhed.sharing.ledger.standing import holders
from helhed.sharing.policy import BIF

SEEN = "sanctions-seen"
SIDES = {"decides": DECIDES, "carries_out": CARRIES_OUT}


@dataclass(frozen=True)
class Let:
    """Someone let in to a citizen's sanctions: the citizen met, and the sides that are the viewer's."""

    met: Met
    sides: frozenset[str]

    @property
    def decision(self) -> UUID:
        """The decision everything here rests on."""
        return self.met.decision.id

    def wrote(self, unit: str, by: User) -> bool:
        """Whether the viewer's side wrote down what somebody else said: the benefits service may read that again."""
        return bool(unit) and is_own(unit, by.unit) and "carries_out" in self.sides

    def seen(self, *, by: User, purpose: str, object: str = "") -> None:
        """Write in the log that the citizen's sanctions were shown."""
        self.met.note(
            by=by, action=SEEN, purpose=purpose, object=object, fields={"identity", "benefit", "sanction"}
        )


class _Denied(Exception):
    """The citizen may be met, but the sanctions are another unit's."""


@contextmanager
def side_work(*, by: User, person: UUID, purpose: str, action: str) -> Iterator[Let]:
    """The caseworker of a side, in one transaction; NoAccess with the reason for others, and a line that stays."""
    if not by.may("sanction.work") or not by.unit:
        note(by=by, action=action, person_key=person, purpose=purpose, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til sanktioner."))
    row = hatch.known_person(person)
    try:
        with hatch.meeting(row, by=by, purpose=purpose, action=action) as met:
            sides = sides_of(by, row.key)
            if not sides or not met.decision.full("benefit", BIF):
                raise _Denied
            yield Let(met, sides)
    except _Denied:
        note(by=by, action=action, person_key=row.key, purpose=purpose, ground="other-unit", outcome="denied")
        raise NoAccess(
            _(
                "Borgerens sanktioner ses kun af den enhed, der har sagsbehandleransvaret, og af Ydelsesservice."
            ),
            _("Se på borgerens side, hvem der har ansvaret nu, og kontakt den enhed."),
            exists=True,
        ) from None


def sides_of(by: User, person: UUID) -> frozenset[str]:
    """Which sides of a citizen's sanctions are this employee's."""
    held = holders(person)
    return frozenset(
        side for side, part in SIDES.items() if part in held and is_own(held[part].unit, by.unit)
    )
