"""An approved reorganisation is called off before its day: one person asks and says why, another agrees.

Nothing has moved and nobody outside has been told before the day, so nothing has to be put back: the leaders, who approved
it, are those who are told. From its day on it stands.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.reorganisation.changes import Change, both_sides, changes_on
from helhed.coordination.handover.reorganisation.letting import allowed, worded
from helhed.coordination.handover.reorganisation.models import AGREED, ASKED, KEPT, CallOff, Reorganisation
from helhed.sharing.answers import NoAccess
from helhed.sharing.clock import moment
from helhed.sharing.policy import above
from helhed.sharing.refusal import Refused


@transaction.atomic
def ask(*, by: User, reorganisation: UUID, reason: str) -> None:
    """Ask to call off what was approved, and say why. Refused from its day on, where it is not approved, or where somebody has
    asked already; NoAccess."""
    row = _before_its_day(by, reorganisation)
    try:
        with transaction.atomic():
            CallOff.objects.create(
                reorganisation=row, reason=worded(reason), asked_by=by.username, asked_unit=by.unit
            )
    except IntegrityError:
        raise Refused(_("Der er allerede en, der har bedt om at aflyse omlægningen.")) from None
    note(by=by, action="reorganisation-call-off-asked", object=f"reorganisation on {row.day}")


@transaction.atomic
def agree(*, by: User, reorganisation: UUID) -> None:
    """Call it off, as another has asked; from the other administration, where units of both are concerned. It can be proposed
    again. Refused, NoAccess."""
    row = _before_its_day(by, reorganisation)
    wish = _open(row)
    if not can_agree(by, wish, changes_on(row.day)):
        raise NoAccess(
            _("En anden skal sige ja til at aflyse; rører omlægningen begge, den anden forvaltning.")
        )
    _answer(by, wish, AGREED, "")
    row.state = "called_off"
    row.save(update_fields=["state"])
    note(by=by, action="reorganisation-called-off", object=f"reorganisation on {row.day}")


@transaction.atomic
def keep(*, by: User, reorganisation: UUID, reason: str) -> None:
    """It stands after all: another says so to who asked, or who asked takes it back. Refused, NoAccess."""
    row = _before_its_day(by, reorganisation)
    _answer(by, _open(row), KEPT, worded(reason))
    note(by=by, action="reorganisation-kept", object=f"reorganisation on {row.day}")


def can_agree(by: User, wish: CallOff, changes: tuple[Change, ...]) -> bool:
    """Whether this reader is the other person; the other administration's, where units of both are concerned."""
    if wish.asked_by == by.username or not by.unit:
        return False
    return not both_sides(changes) or above(by.unit)[-1] != above(wish.asked_unit)[-1]


def _before_its_day(by: User, reorganisation: UUID) -> Reorganisation:
    allowed(by)
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation)
    if row.state != "approved" or row.day <= timezone.localdate():
        raise Refused(_("Kun en godkendt omlægning, hvis dag ikke er kommet, kan aflyses."))
    return row


def _open(row: Reorganisation) -> CallOff:
    wish = row.call_offs.select_for_update().filter(state=ASKED).first()
    if wish is None:
        raise Refused(_("Ingen har bedt om at aflyse omlægningen, eller der er allerede svaret."))
    return wish


def _answer(by: User, wish: CallOff, state: str, answer: str) -> None:
    wish.state, wish.answered_by, wish.answered_unit = state, by.username, by.unit
    wish.answered_at, wish.answer = moment(), answer
    wish.save(update_fields=["state", "answered_by", "answered_unit", "answered_at", "answer"])
