"""What the sides are told of sanctions: the newest first, for whoever holds the part it concerns now; read and signed off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.sanctions.models import SanctionMessage
from helhed.coordination.handover.sanctions.words import TOLD
from helhed.coordination.handover.tasks.belonging import own_units
from helhed.sharing.clock import moment
from helhed.sharing.ledger.models import Holding
from helhed.sharing.prying import turned_away


@dataclass(frozen=True)
class Told:
    """A message. It names nobody; `done_at` is when somebody of the unit marked it as read."""

    id: UUID
    at: datetime
    what: str
    sentence: str
    person_key: UUID
    sanction: UUID
    done_at: datetime | None
    done_by: str


def listed(*, by: User, language: str, first: int, unread: bool = False) -> tuple[Told, ...]:
    """The newest messages to who holds the part they concern, as far as that is the viewer's line of units; only those nobody
    has marked as read, if asked."""
    told = _of(by).filter(done_at__isnull=True) if unread else _of(by)
    rows = told.select_related("sanction").order_by("-at", "pk")[:first]
    with translation.override(language):
        return tuple(
            Told(
                row.pk,
                row.at,
                row.what,
                str(TOLD[row.what]),
                row.sanction.person_key,
                row.sanction_id,
                row.done_at,
                row.done_by,
            )
            for row in rows
        )


def total(*, by: User) -> int:
    """How many there are."""
    return _of(by).count()


def unread(*, by: User) -> int:
    """How many nobody of the unit has marked as read."""
    return _of(by).filter(done_at__isnull=True).count()


@transaction.atomic
def mark_read(*, by: User, messages: Iterable[UUID]) -> int:
    """Mark messages as read for the unit; those of others are passed over, with a line for each. Answers how many were not
    read before."""
    asked = set(messages)
    mine = set(_of(by).filter(pk__in=asked).values_list("pk", flat=True))
    there = set(SanctionMessage.objects.filter(pk__in=asked - mine).values_list("pk", flat=True))
    turned_away(by=by, kind="message", asked=asked - mine, there=there)
    done = SanctionMessage.objects.filter(pk__in=mine, done_at__isnull=True)
    number = done.update(done_at=moment(), done_by=by.username)
    if number:
        note(by=by, action="sanction-messages-read", object=f"{number} messages")
    return number


def _of(by: User) -> QuerySet[SanctionMessage]:
    """Messages of the parts that the viewer's units hold now; none to who does not work with sanctions."""
    if not by.may("sanction.work") or not by.unit:
        return SanctionMessage.objects.none()
    held = Holding.objects.filter(
        person_key=OuterRef("sanction__person_key"),
        part=OuterRef("part"),
        until__isnull=True,
        unit__in=own_units(by.unit),
    )
    return SanctionMessage.objects.filter(Exists(held))
