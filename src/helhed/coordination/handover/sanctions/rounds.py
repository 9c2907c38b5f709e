"""What the worker does with sanctions each round: tell the side whose deadline has passed, once for each step."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    ComplaintStep,
    Sanction,
    SanctionMessage,
    SanctionStep,
)
from helhed.coordination.handover.sanctions.stepping import taken
from helhed.coordination.handover.sanctions.turns import COMPLAINED, late_itself, overdue_itself, waits_for

OVERDUE = "overdue"


def one_round(*, by: Actor) -> int:
    """Answers how many were told of."""
    today = timezone.localdate()
    itself = _untold(
        Sanction.objects.filter(overdue_itself(today)),
        SanctionStep.objects.filter(sanction=OuterRef("pk"), number=OuterRef("steps")),
    )
    complained = _untold(
        Sanction.objects.filter(COMPLAINED, complaint_due__lt=today),
        ComplaintStep.objects.filter(
            complaint__sanction=OuterRef("pk"), complaint__ended_at__isnull=True, number=F("complaint__steps")
        ),
    )
    told = sum(_tell(pk, today, by) for pk in list(itself))
    return told + sum(_tell_of_complaint(pk, today, by) for pk in list(complained))


def _untold(late: QuerySet[Sanction], last: QuerySet) -> QuerySet:
    """Those whose last step nobody has been told is late."""
    told = SanctionMessage.objects.filter(step=OuterRef("last"), what=OVERDUE)
    return late.annotate(last=last.values("pk")[:1]).exclude(Exists(told)).values_list("pk", flat=True)


@transaction.atomic
def _tell(sanction: UUID, today: date, by: Actor) -> bool:
    row = taken(sanction)
    if not late_itself(row, today):
        return False
    step = SanctionStep.objects.get(sanction=row, number=row.steps)
    part = DECIDES if waits_for(row, today) == "decides" else CARRIES_OUT
    return _told(row, step.pk, part, by)


@transaction.atomic
def _tell_of_complaint(sanction: UUID, today: date, by: Actor) -> bool:
    row = taken(sanction)
    if not row.complaint_due or row.complaint_due >= today:
        return False
    step = ComplaintStep.objects.filter(complaint__sanction=row, complaint__ended_at__isnull=True).latest(
        "number"
    )
    return _told(row, step.pk, DECIDES, by)


def _told(row: Sanction, step: UUID, part: str, by: Actor) -> bool:
    _message, new = SanctionMessage.objects.get_or_create(
        step=step, part=part, what=OVERDUE, defaults={"sanction": row}
    )
    if new:
        note(
            by=by,
            action="sanction-overdue",
            person_key=row.person_key,
            object=f"sanction {row.pk}",
            fields={"sanction"},
        )
    return new
