"""How much waits for a unit, as numbers: no name is read, so no citizen's log has a line of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from helhed.accounts.models import User
from helhed.sharing import policy
from helhed.sharing.access import listing
from helhed.sharing.asking.picturing import SOON, second_person
from helhed.sharing.consent.models import Answer, Consent
from helhed.sharing.consent.standing import covers
from helhed.sharing.mandates.models import Mandate

CASEWORK = "sagsbehandling"


@dataclass(frozen=True)
class Pending:
    """What waits for this user to confirm, and the unit's consents that end within thirty days."""

    waiting: int
    expiring: int


def pending(*, by: User) -> Pending:
    """The two numbers for the front page of a caseworker or a leader."""
    return Pending(_waiting(by), _expiring(by))


def _waiting(by: User) -> int:
    answers = Answer.objects.filter(confirmed_by="", consent__state="requested")
    papers = Mandate.objects.filter(state="offered", method="paper", confirmed_by="")
    return sum(second_person(row, by) for rows in (answers, papers) for row in rows)


def _expiring(by: User) -> int:
    """For a caseworker those of citizens met in the own work; for a leader those the unit asked for or is named in."""
    if by.may("citizen.find"):
        return len(ending(by=by))
    rows = _due().values_list("requested_unit", "recipients")
    return sum(any(covers(by.unit, unit) for unit in ([asked] if asked else units)) for asked, units in rows)


def ending(*, by: User) -> list[UUID]:
    """The consents that end within thirty days, the first to end first, which a caseworker's line of units asked for or may
    see by, of citizens met in the own work."""
    rows = _due().order_by("valid_to", "pk").values_list("pk", "person_key", "requested_unit", "recipients")
    near = [(pk, key) for pk, key, asked, units in rows if _near(asked, units, by)]
    met = listing.visible({key for _pk, key in near}, by=by, purpose=CASEWORK, in_line=True)
    return [pk for pk, key in near if key in met]


def _due() -> QuerySet[Consent]:
    now = timezone.now()
    return Consent.objects.filter(state="given", valid_to__gt=now, valid_to__lte=now + SOON)


def _near(asked: str, recipients: list[str], by: User) -> bool:
    """Whether the consent was asked for by this line of units, or, where no unit asked, may be seen by it."""
    return any(policy.same_line(unit, by.unit) for unit in ([asked] if asked else recipients))
