"""A letter across the counter: printed for a citizen who asks for it, in either language, and noted as handed over."""

from uuid import UUID

from django.utils import translation

from helhed.accounts.models import User
from helhed.coordination.handover.letters import actions
from helhed.coordination.handover.letters.doors import seen_by
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.letters.printing import paper, sheet
from helhed.sharing.addressing import addressed
from helhed.sharing.naming import meeting

ABOUT = "handover"
SEEN, PRINTED = "letters-seen", "letter-printed"


def printed(*, by: User, person: UUID, letter: UUID, purpose: str, language: str) -> bytes:
    """One of the letters `of_citizen` shows, as a file in the language asked for. NoAccess as there; LookupError for a letter
    that is not among them."""
    with (
        translation.override(language),
        meeting(person, by=by, purpose=purpose, action=PRINTED, about=ABOUT) as met,
    ):
        row = _one(by, met.person_key, letter)
        known = addressed([met.person_key], by=by, purpose=purpose, action=PRINTED).get(met.person_key)
        return paper([sheet(row, [met.name, *(known.lines if known else ())], language)])


def handed(*, by: User, person: UUID, letter: UUID, purpose: str) -> bool:
    """The citizen has been given the letter on paper. Answers whether that was new. NoAccess, LookupError as for `printed`."""
    with meeting(person, by=by, purpose=purpose, action=SEEN, about=ABOUT) as met:
        row = _one(by, met.person_key, letter)
        return actions.printed(by=by, letters=[row.pk]) == 1


def _one(by: User, person: UUID, letter: UUID) -> Letter:
    row = seen_by(by, person).filter(pk=letter).first()
    if row is None:
        raise LookupError(letter)
    return row
