"""Which mandates are in force: now, for whom, in what. What rests on one holds its row until the effect is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Now

from helhed.sharing.clock import moment
from helhed.sharing.mandates.models import Mandate

ACTIVE = """
    SELECT * FROM mandates_mandate WHERE id = %s AND holder = %s AND %s = ANY (scope) AND state = 'active'
"""
HELD = """
    SELECT * FROM mandates_mandate WHERE id = %s AND holder = %s AND %s = ANY (scope) AND state = 'active' FOR SHARE
"""


@dataclass(frozen=True)
class Standing:
    """A mandate in force: whose, who holds it, in what, and until when."""

    id: UUID
    person_key: UUID
    holder: str
    holder_name: str
    kind: str
    scope: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime


def active(mandate: UUID, username: str, scope: str, *, lock: bool = True) -> Standing | None:
    """The mandate, when this log-in holds it, it covers the scope and is in force now; else None.

    `lock` keeps its row FOR SHARE in the caller's transaction, so that a revocation waits until the effect is done, and
    reads the time after the lock is held.
    """
    rows = Mandate.objects.raw(HELD if lock else ACTIVE, [mandate, username, scope])
    row = next(iter(rows), None)
    now = moment()
    if row is None or not row.valid_from <= now < row.valid_to:
        return None
    return standing(row)


def of_holder(username: str) -> list[Standing]:
    """The mandates a log-in holds and can use now, the latest first."""
    rows = Mandate.objects.filter(holder=username, state="active", valid_from__lte=Now(), valid_to__gt=Now())
    return [standing(row) for row in rows.order_by("-accepted_at")]


def names_of(mandates: Iterable[UUID]) -> dict[UUID, str]:
    """Who acted under each of some mandates: the holder's name as the citizen wrote it."""
    return dict(Mandate.objects.filter(pk__in=set(mandates)).values_list("pk", "holder_name"))


def standing(row: Mandate) -> Standing:
    """A mandate as a value."""
    return Standing(
        row.pk,
        row.person_key,
        row.holder,
        row.holder_name,
        row.kind,
        tuple(row.scope),
        row.valid_from,
        row.valid_to,
    )
