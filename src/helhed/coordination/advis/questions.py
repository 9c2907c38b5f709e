"""What advis answers: the notices that wait for a unit, with the names the hatch lets through."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from helhed.accounts.models import User
from helhed.coordination.advis.models import Held, Notice
from helhed.sharing import hatch

MOST = 20


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it. `name` is empty where the hatch no longer opens the citizen."""

    id: int
    at: datetime
    on: date
    person_key: UUID
    name: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    done: bool


def for_unit(*, by: User, language: str) -> list[Told]:
    """The newest notices to the user's unit that nobody has signed off; each name shown is a line in the log."""
    rows = list(Notice.objects.filter(unit=by.unit, done_at__isnull=True).order_by("-at", "-pk")[:MOST])
    names = hatch.names(
        people={row.person_key for row in rows}, by=by, purpose="koordinering", language=language
    )
    return [
        Told(
            row.pk,
            row.at,
            row.on,
            row.person_key,
            names.get(row.person_key, ""),
            tuple(row.came),
            tuple(row.went),
            False,
        )
        for row in rows
    ]


def waiting(unit: str) -> int:
    """How many notices wait for a unit."""
    return Notice.objects.filter(unit=unit, done_at__isnull=True).count()


def held_back() -> int:
    """How many notices were not sent for want of consent, over all countings."""
    return sum(Held.objects.values_list("notices", flat=True))
