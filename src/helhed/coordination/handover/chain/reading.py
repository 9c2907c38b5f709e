"""Somebody of a unit has read what the unit was told."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.chain.models import Message
from helhed.sharing.clock import moment

READ = "messages-read"


def unread(units: Iterable[str], *, to_leader: bool) -> QuerySet[Message]:
    """What these units were told that nobody has read and nobody has acted on: for their leaders, or for their caseworkers."""
    return Message.objects.filter(
        unit__in=list(units), to_leader=to_leader, done_at__isnull=True, read_at__isnull=True
    )


@transaction.atomic
def read(waiting: QuerySet[Message], *, by: Actor) -> list[int]:
    """Mark what is unread as read; answers which were, by their ids. What somebody else is marking or acting on just now is
    left to them, so that nobody waits for anybody."""
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    rows = list(locked.values_list("pk", flat=True))
    if rows:
        Message.objects.filter(pk__in=rows).update(read_at=moment(), read_by=by.username)
        note(by=by, action=READ, object=f"{len(rows)} messages")
    return rows
