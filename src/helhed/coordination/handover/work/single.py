"""What is done to one chain: send it back or answer that, give it up, the way back, and who works with the citizen."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain import actions as chain
from helhed.coordination.handover.chain import returning, still_acting
from helhed.coordination.handover.work.doing import enough, one
from helhed.coordination.handover.work.selecting import Lying
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.refusal import Refused

CAUSES = ("request", "progression", "moved-away", "death")
"""Why a unit opens a return; the other causes are seen by the program itself."""
WORKED = ("sagsbehandleransvar", "beskaeftigelsesindsats")
"""The parts a receiving unit puts its worker on."""


def assess_family(*, by: User, chain_id: UUID, whole: bool, note: str, language: str) -> None:
    """Answer anew whether a family's case moves as one."""
    with override(language):
        said = enough(note)

    def act(row: Lying) -> None:
        chain.assess_family(by=by, chain=row.id, whole=whole, note=said)

    one(chain_id, "family", act, by=by, language=language)


def refuse(*, by: User, chain_id: UUID, reason: str, note: str, language: str) -> None:
    """Send an offered citizen back with a reason, which decides where the hand-over goes from here."""
    with override(language):
        _one_of(reason, chain.REFUSALS)
        said = enough(note)

    def act(row: Lying) -> None:
        chain.refuse(by=by, chain=row.id, reason=reason, note=said)

    one(chain_id, "refuse", act, by=by, language=language)


def answer(*, by: User, chain_id: UUID, note: str, language: str) -> None:
    """Answer what the receiver sent back."""
    with override(language):
        said = enough(note)

    def act(row: Lying) -> None:
        chain.answer(by=by, chain=row.id, note=said)

    one(chain_id, "answer", act, by=by, language=language)


def cancel(*, by: User, chain_id: UUID, reason: str, note: str, language: str) -> None:
    """Give a hand-over up."""
    with override(language):
        _one_of(reason, chain.CANCELS)
        said = enough(note)

    def act(row: Lying) -> None:
        chain.cancel(by=by, chain=row.id, reason=reason, note=said)

    one(chain_id, "cancel", act, by=by, language=language)


def note_return(*, by: User, chain_id: UUID, note: str, language: str) -> None:
    """Write the hand-over note of a return; it is offered to BIF in the same act."""
    with override(language):
        said = enough(note)

    def act(row: Lying) -> None:
        returning.write_note(by=by, chain=row.id, note=said)

    one(chain_id, "note", act, by=by, language=language)


def redirect(*, by: User, chain_id: UUID, unit: str, note: str, language: str) -> None:
    """Send a return on to another unit of the municipality's employment administration."""
    with override(language):
        said = enough(note)

    def act(row: Lying) -> None:
        returning.redirect(by=by, chain=row.id, unit=unit, reason=said)

    one(chain_id, "redirect", act, by=by, language=language)


def stays(*, by: User, chain_id: UUID, ground: str, note: str, language: str) -> None:
    """Say that Copenhagen still acts for who has moved away, on a legal ground: the case stays where it is."""
    with override(language):
        said = enough(note)

    def act(row: Lying) -> None:
        still_acting.keep_acting(by=by, chain=row.id, ground=ground, words=said)

    one(chain_id, "stays", act, by=by, language=language)


def ask_back(*, by: User, chain_id: UUID, cause: str, note: str, language: str) -> None:
    """Open the way back for a citizen who has been moved."""
    with override(language):
        _one_of(cause, CAUSES)
        said = enough(note)

    def act(row: Lying) -> None:
        returning.open_return(by=by, chain=row.id, cause=cause, note=said)

    one(chain_id, "return", act, by=by, language=language)


def take(*, by: User, chain_id: UUID, language: str) -> None:
    """Become the worker of a citizen the own unit has taken over."""

    def act(row: Lying) -> None:
        for part in WORKED:
            ledger.take_on(by=by, person=row.person_key, part=part, username=by.username)

    one(chain_id, "take", act, by=by, language=language)


def _one_of(code: str, codes: tuple[str, ...]) -> None:
    if code not in codes:
        raise Refused(_("Vælg en grund."))
