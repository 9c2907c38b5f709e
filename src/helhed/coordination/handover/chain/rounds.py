"""What the worker does with hand-overs each round: begin models, hear countings and answers, open returns, let what is due take
effect, tell of deadlines. Each act is a transaction of its own, so a stop at any moment leaves the rest for the next round."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.standing import in_use_all
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.again import propose_again
from helhed.coordination.handover.chain.causes import end_of_model, hear_changes, open_due
from helhed.coordination.handover.chain.departing import hear_departures
from helhed.coordination.handover.chain.escalating import escalate
from helhed.coordination.handover.chain.gathering import MOVES
from helhed.coordination.handover.chain.merging import follow_merges
from helhed.coordination.handover.chain.staying import hear_grounds
from helhed.sharing import eligibility

AT_ONCE = 500
"""So many citizens are proposed in one transaction when a model begins."""
LOCK = (0x68656C, -5)
"""The advisory lock of whoever carries hand-overs on; the first number is this house's, sources have the second above 0."""
Act = Callable[..., int]
log = logging.getLogger(__name__)


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else carries hand-overs on. The server forgets the lock when a program dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", LOCK)
        (got,) = cursor.fetchone()
    try:
        yield got
    finally:
        if got and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", LOCK)


def one_round(*, by: Actor) -> int:
    """One round; answers how much was done, 0 when there was nothing or another worker is at it."""
    with alone() as free:
        return _round(by) if free else 0


def _round(by: Actor) -> int:
    acts: tuple[Act, ...] = (
        follow_merges,
        hear_departures,
        end_of_model,
        begin_models,
        hear_changes,
        propose_again,
        actions.hear_answers,
        hear_grounds,
        open_due,
        actions.effect_due,
        escalate,
    )
    return sum(_tried(act, by) for act in acts)


def _tried(act: Act, by: Actor) -> int:
    """One act. What the database refuses is undone and told; it keeps nobody else's hand-over from going on."""
    try:
        return act(by=by)
    except IntegrityError:
        log.exception("%s was refused by the database", act.__name__)
        return 0


def begin_models(*, by: Actor) -> int:
    """Propose everyone who stands in a transfer model on the day it comes into use. Answers how many were proposed."""
    waiting = set(
        AdoptedModel.objects.filter(state="approved", begun_at__isnull=True).values_list("pk", flat=True)
    )
    due = [
        each
        for each in in_use_all(timezone.localdate())
        if each.id in waiting and each.transfer_type == MOVES
    ]
    return sum(_begin(each.id, each.model, by) for each in due)


def _begin(adopted: UUID, model: str, by: Actor) -> int:
    """In portions; the model has begun when the last is written. Who is proposed already is passed over."""
    people, proposed = eligibility.members(model), 0
    for first in range(0, len(people), AT_ONCE):
        proposed += actions.propose(by=by, adoption=adopted, people=people[first : first + AT_ONCE])
    with transaction.atomic():
        adoption.begun(by=by, adoption=adopted)
    return proposed
