"""Verbs of advis: write notices from what changed, sign one off, and let those that wait follow a unit that gives way."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.advis.models import Held, Notice
from helhed.sharing import messages
from helhed.sharing.messages import Message

MODELS = ("model",)


def write_notices(*, by: Actor, families: tuple[str, ...] = MODELS) -> int:
    """Turn the changes of countings not yet read into notices; answers how many were written.

    A notice goes to the units where the citizen has a case, and only while consent to sharing holds; what is held back
    for want of consent is counted. Each counting is a transaction of its own, in which the consents it rests on cannot be
    withdrawn. Reading the same counting twice writes nothing.
    """
    read = set(Held.objects.values_list("recount", flat=True))
    return sum(_read(recount, families, by) for recount in messages.countings() if recount not in read)


@transaction.atomic
def _read(recount: int, families: tuple[str, ...], by: Actor) -> int:
    heard = list(messages.of_counting(recount, families))
    notices = [n for message in heard for n in _notices(recount, message)]
    held = [message for message in heard if message.held]
    Notice.objects.bulk_create(notices)
    kept = sum(len(message.held) for message in held)
    Held.objects.create(recount=recount, notices=kept, people=len(held))
    note(by=by, action="advis", object=f"recount {recount}: {len(notices)} notices, {kept} held back")
    return len(notices)


def _notices(recount: int, message: Message) -> list[Notice]:
    return [
        Notice(
            person_key=message.person_key,
            unit=unit,
            recount=recount,
            on=message.on,
            came=list(message.came),
            went=list(message.went),
            ground=message.ground,
            consent=consent,
        )
        for unit, consent in message.units
    ]


@transaction.atomic
def sign_off(*, by: Actor, notice: int) -> Notice:
    """Mark a notice to the actor's own unit as dealt with. Raises Notice.DoesNotExist for another unit's."""
    row = Notice.objects.select_for_update().get(pk=notice, unit=by.unit)
    if row.done_at is None:
        row.done_at = timezone.now()
        row.done_by = by.username
        row.save(update_fields=["done_at", "done_by"])
        note(
            by=by,
            action="advis-done",
            person_key=row.person_key,
            object=f"notice {row.pk}",
            ground=row.ground,
        )
    return row


@transaction.atomic
def rehouse(*, by: Actor, units: Iterable[str], place: Callable[[UUID, str], str]) -> int:
    """Let the notices that wait in these units wait where `place` (citizen, unit) says instead; answers how many. One that the
    other unit has got already is signed off."""
    rows = list(Notice.objects.select_for_update().filter(unit__in=list(units), done_at__isnull=True))
    for row in rows:
        unit = place(row.person_key, row.unit)
        if Notice.objects.filter(person_key=row.person_key, recount=row.recount, unit=unit).exists():
            row.done_at, row.done_by = timezone.now(), by.username
            row.save(update_fields=["done_at", "done_by"])
        else:
            row.unit = unit
            row.save(update_fields=["unit"])
    if rows:
        note(by=by, action="advis-rehoused", object=f"{len(rows)} notices")
    return len(rows)
