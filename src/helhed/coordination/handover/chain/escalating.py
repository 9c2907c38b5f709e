"""Deadlines that passed: the leaders of both lines are told, once for each step; a return without a ground to stay takes
effect by rule a week later, so that nobody keeps a responsibility without a ground."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.chain import actions, steps, telling
from helhed.coordination.handover.chain.acting import held
from helhed.coordination.handover.chain.models import BACK, ENDED, Cause, Chain
from helhed.coordination.handover.chain.returning import hand_over
from helhed.coordination.handover.chain.seals import about
from helhed.sharing.refusal import Refused

PATIENCE = timedelta(days=7)
"""From the deadline of a return until it takes effect by rule."""
GROUND_GONE = ("consent", "lapsed", "death", "moved-away", "end-of-model")
"""The causes that leave the receiving unit without a ground to keep the responsibility."""
BY_RULE = "frist"
UNSAID = "Intet overleveringsnotat inden fristen. Sagen går tilbage uden."


def escalate(*, by: Actor) -> int:
    """Tell the leaders of what is past its deadline, and let returns take effect that may not wait longer. Answers how many
    of both."""
    today = timezone.localdate()
    late = Chain.objects.filter(due_on__lt=today).exclude(state__in=ENDED).order_by("due_on", "pk")
    waiting = late.filter(escalated_at__isnull=True).values_list("pk", flat=True)
    told = sum(_tell(pk, by) for pk in list(waiting))
    gone = Cause.objects.filter(
        chain=OuterRef("returns"), state="waiting", cause__in=GROUND_GONE, opens_on__lte=today
    )
    stuck = late.filter(Q(cause__in=GROUND_GONE) | Exists(gone), direction=BACK, due_on__lte=today - PATIENCE)
    return told + sum(_by_rule(pk, by) for pk in list(stuck.values_list("pk", flat=True)))


@transaction.atomic
def _tell(chain: UUID, by: Actor) -> bool:
    row = held(chain)
    if row.state in ENDED or row.escalated_at or not row.due_on or row.due_on >= timezone.localdate():
        return False
    step = steps.take(row, "escalated", by=by, pinned={"state": row.state, "due": row.due_on.isoformat()})
    row.escalated_at = step.at
    row.save(update_fields=["steps", "escalated_at"])
    telling.tell(row, step, "overdue", row.from_unit, row.to_unit, to_leader=True)
    said = about(row, f"{row.state} due {row.due_on}")
    note(by=by, action="handover-overdue", person_key=row.person_key, object=said, fields={"handover"})
    return True


def _by_rule(chain: UUID, by: Actor) -> bool:
    """A return that nobody has carried through: handed over, accepted and effective, each step by the program and saying so.
    False where somebody did meanwhile, or where there is nothing to move any more."""
    try:
        with transaction.atomic():
            row = held(chain)
            _carry_on(row, by)
            return actions.effect(by=by, chain=row.pk)
    except Refused:
        return False


def _carry_on(row: Chain, by: Actor) -> None:
    """Bring a return to where it can take effect today."""
    if row.state == "proposed":
        hand_over(row, by=by, words=UNSAID, reason=BY_RULE, on_behalf=True)
    if row.state == "offered":
        said = {"unit": row.to_unit, "reason": BY_RULE, "on_behalf": True}
        steps.enter(row, "accepted", by=by, changed={"effective_on": timezone.localdate()}, **said)
    said = about(row, f"{row.state} due {row.due_on}")
    note(by=by, action="return-by-rule", person_key=row.person_key, object=said, fields={"handover"})
