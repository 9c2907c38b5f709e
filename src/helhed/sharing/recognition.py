"""Who is it that logs in: from a number that an identity provider has vouched for to the person it stands for."""

from uuid import UUID

from django.db import transaction

from helhed.audit.actions import SYSTEM, note
from helhed.register import questions as register
from helhed.register.cpr import read_number


@transaction.atomic
def person_of_number(number: str) -> UUID | None:
    """The one person who has this number, or None; finding someone is a line in that person's own log."""
    if read_number(number) is None:
        return None
    found = register.find(number)
    if len(found) != 1:
        return None
    note(by=SYSTEM, action="recognise", person_key=found[0].key, purpose="egen-indsigt", fields={"identity"})
    return found[0].key
