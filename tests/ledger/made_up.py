"""Citizens of the ledger only, and an employee to put on them."""

from uuid import UUID, uuid4

from django.utils import timezone

from helhed.accounts.models import User
from helhed.sharing.ledger.models import PARTS, Holding

OFFICE = "bif/jobcenter-koebenhavn/gammel-koege-landevej"
LAW = {"forvaltningsansvar": "bif", "ydelsesansvar": "bif/ydelsesservice"}
A_DAY = timezone.timedelta(days=1)


def opened(since=None) -> UUID:
    """A citizen whose parts lie where the law puts them."""
    person = uuid4()
    for part in PARTS:
        unit, began = LAW.get(part, OFFICE), since or timezone.now() - A_DAY
        Holding.objects.create(
            person_key=person, part=part, unit=unit, since=began, ground="lov", recorded_by="t"
        )
    return person


def employed(username: str = "bente", unit: str = OFFICE) -> User:
    """Somebody of a unit."""
    user = User(username=username, name=username.title(), role="caseworker", unit=unit)
    user.administration = unit.split("/")[0]
    user.appointed_from = timezone.localdate()
    user.set_unusable_password()
    user.save()
    return user
