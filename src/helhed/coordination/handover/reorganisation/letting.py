"""Who may lay units over, and what counts as a reason."""

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

SHORTEST_REASON, LONGEST_REASON = 10, 600


def allowed(by: User) -> None:
    """NoAccess for who may not lay units over."""
    if not by.may("reorganisation.carry") or not by.unit:
        raise NoAccess(_("Din rolle giver ikke adgang til at lægge enheder om."))


def worded(reason: str) -> str:
    """A reason as it is kept. Refused for one that says too little."""
    reason = reason.strip()[:LONGEST_REASON]
    if len(reason) < SHORTEST_REASON:
        raise Refused(_("Skriv hvorfor, med mindst 10 tegn."))
    return reason
