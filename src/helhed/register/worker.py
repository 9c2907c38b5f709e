"""Taking in the deliveries that wait. The table of deliveries is the queue: one at a time for each source, oldest first."""

from django.db import transaction

from helhed.audit.actions import SYSTEM
from helhed.register.models import Delivery
from helhed.register.running import Progress, alone, carry_out


def work_once(progress: Progress | None = None) -> Delivery | None:
    """Take in the oldest waiting delivery whose source is free, or answer None. What a killed program left waits again."""
    rescue()
    for waiting in Delivery.objects.filter(status="waiting").order_by("id"):
        with alone(waiting.source_id) as free:
            if free and (delivery := _take(waiting.pk)):
                return carry_out(by=SYSTEM, delivery=delivery, progress=progress)
    return None


def rescue() -> int:
    """Let deliveries wait again that are marked as running though nobody runs them; answers how many."""
    rescued = 0
    for running in Delivery.objects.filter(status="running"):
        with alone(running.source_id) as free:
            if free:
                rescued += Delivery.objects.filter(pk=running.pk, status="running").update(status="waiting")
    return rescued


@transaction.atomic
def _take(delivery: int) -> Delivery | None:
    """Mark a waiting delivery as running; None if another worker was first."""
    locked = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("source")
    row = locked.filter(pk=delivery, status="waiting").first()
    if row is not None:
        row.status = "running"
        row.save(update_fields=["status"])
    return row
