"""How much waits for a unit, as numbers: no name is read, so no citizen's log has a line of it."""

from dataclasses import dataclass

from django.utils import timezone

from helhed.accounts.models import User
from helhed.sharing.asking.picturing import SOON, same_line, second_person
from helhed.sharing.consent.models import Answer, Consent
from helhed.sharing.mandates.models import Mandate


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
    now = timezone.now()
    due = Consent.objects.filter(state="given", valid_to__gt=now, valid_to__lte=now + SOON)
    return sum(_asked_here(*row, by) for row in due.values_list("requested_unit", "recipients"))


def _asked_here(asked_unit: str, recipients: list[str], by: User) -> bool:
    """Whether the consent was asked for by this line of units, or, where no unit asked, may be seen by it."""
    return any(same_line(unit, by.unit) for unit in ([asked_unit] if asked_unit else recipients))
