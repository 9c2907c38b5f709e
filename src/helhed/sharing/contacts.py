"""Protected addresses: hidden everywhere, and shown by an act of its own that is in the citizen's log."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.register import questions as register
from helhed.sharing import hatch
from helhed.sharing.access import decisions
from helhed.sharing.answers import Contact, NoAccess
from helhed.sharing.policy.words import REVEALED
from helhed.sharing.refusal import Refused

SHORTEST_REASON = 10


def reveal(*, by: User, person: UUID, purpose: str, reason: str, language: str) -> Contact:
    """Address and telephone of a citizen, protected or not, to one who meets the citizen and has the right to it.

    Refused without a reason of ten characters; NoAccess otherwise, which is in the citizen's log too.
    """
    row = hatch.known_person(person)
    with override(language):
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused(
                _("Skriv med mindst %(n)d tegn, hvad du skal bruge adressen til.") % {"n": SHORTEST_REASON}
            )
        with transaction.atomic():
            decision = decisions.decide(row, by=by, purpose=purpose)
            allowed = decision.allowed and decisions.may_reveal(row, by=by, purpose=purpose)
            note(
                by=by,
                action="contact-reveal",
                person_key=row.key,
                object=reason.strip()[:200],
                purpose=purpose,
                ground=REVEALED if allowed else "role",
                fields={"contact"} if allowed else set(),
                outcome="allowed" if allowed else "denied",
                decision=decision.id,
            )
        if not allowed:
            raise NoAccess(
                _("Du har ikke ret til at se beskyttede adresser."),
                _("Bed en kollega, der har retten, om at kontakte borgeren. Forsøget er noteret."),
                exists=True,
            )
    contact = register.contact_of(row.id)
    return Contact(contact.address, contact.phone, hidden=False)
