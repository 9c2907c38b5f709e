"""Taking in the deliveries that wait. The table of deliveries is the queue: one at a time for each source, oldest first."""

from django.db import transaction

from helhed.audit.actions import SYSTEM
from helhed.register.models import Delivery
from helhed.register.running import Progress, alone, carry_out, give_up

MOST_KILLED = 3


def work_once(progress: Progress | None = None) -> Delivery | None:
    """Take in the oldest waiting delivery whose source is free, or answer None. What a killed program left waits again."""
    rescue()
    for waiting in Delivery.objects.filter(status="waiting").order_by("id"):
        with alone(waiting.source_id) as free:
            if free and (delivery := _take(waiting.pk)):
                return carry_out(by=SYSTEM, delivery=delivery, progress=progress)
    return None


def rescue() -> int:
    """Let deliveries wait again that are marked as running though nobody runs them; answers how many.

    One during which the program has died three times is given up: the others must not wait for it.
    """
    rescued = 0
    for running in Delivery.objects.filter(status="running").select_related("source"):
        with alone(running.source_id) as free:
            if free:
                rescued += _waits_again(running.pk)
    return rescued


@transaction.atomic
def _waits_again(delivery: int) -> int:
    """Count one death more; 1 if the delivery waits again, 0 if it is given up or somebody else has seen to it."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("source").get(pk=delivery)
    if row.status != "running":
        return 0
    row.killed += 1
    row.status = "waiting"
    row.save(update_fields=["killed", "status"])
    if row.killed < MOST_KILLED:
        return 1
    give_up(by=SYSTEM, delivery=row)
    return 0


@transaction.atomic
def _take(delivery: int) -> Delivery | None:
    """Mark a waiting delivery as running; None if another worker was first."""
    locked = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("source")
    row = locked.filter(pk=delivery, status="waiting").first()
    if row is not None:
        row.status = "running"
        row.save(update_fields=["status"])
    return row
