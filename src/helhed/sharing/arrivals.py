"""What follows for sharing when a delivery has come: consents told by the case systems are adopted, the
ledger follows the cases, cases are derived anew."""

from django.db import transaction

from helhed.audit.actions import Actor
from helhed.register import questions as register
from helhed.register.models import Delivery
from helhed.sharing.access import actions as access
from helhed.sharing.consent import actions as consent
from helhed.sharing.ledger import actions as ledger


@transaction.atomic
def settle(*, by: Actor, delivery: Delivery | None = None) -> None:
    """Bring consents and cases to what the register says now: of those a delivery touched, or of everyone. Doing it twice
    changes nothing."""
    if delivery is None or delivery.touches_everyone:
        consent.adopt_delivered(by=by)
        ledger.open_from_cases(by=by)
        access.refresh(by=by)
        return
    touched = register.touched_by(delivery)
    if touched:
        consent.adopt_delivered(by=by, people=list(register.keys_of(touched).values()))
        ledger.open_from_cases(by=by, people=touched)
        access.refresh(by=by, people=touched)
