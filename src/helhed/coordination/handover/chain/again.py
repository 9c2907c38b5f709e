"""Proposed again: citizens whose hand-over came to nothing, who have been left in peace for long enough, and whose criteria are
still true. Who comes into the group anew is proposed when a counting sees it; who never left it is found here."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.adoption.standing import Adopted
from helhed.coordination.handover.chain import actions, proposing
from helhed.coordination.handover.chain.gathering import MOVES
from helhed.coordination.handover.chain.models import OVER, Chain
from helhed.coordination.handover.chain.quiet import SAID_NO, quiet
from helhed.sharing import eligibility


def propose_again(*, by: Actor) -> int:
    """Propose anew who has rested, under each model in use. Answers how many."""
    used = adoption.in_use_all(timezone.localdate())
    return sum(_again(each, by) for each in used if each.transfer_type == MOVES)


def _again(terms: Adopted, by: Actor) -> int:
    rested = _rested(terms.model)
    standing = sorted(rested.intersection(eligibility.members(terms.model))) if rested else []
    chosen = [one.found.person_key for one in proposing.fit(terms, standing)] if standing else []
    return actions.propose(by=by, adoption=terms.id, people=chosen) if chosen else 0


def _rested(model: str) -> set[UUID]:
    """Those whose newest hand-over under a model came to nothing, and whose time of quiet is over."""
    now = timezone.now()
    over = Q()
    for reason, time in quiet().items():
        over |= Q(end_reason=reason, ended_at__lte=now - time)
    later = Chain.objects.filter(
        person_key=OuterRef("person_key"), model=model, direction=OVER, opened_at__gt=OuterRef("opened_at")
    )
    rows = Chain.objects.filter(~Exists(later), over, model=model, direction=OVER, state__in=SAID_NO)
    return set(rows.values_list("person_key", flat=True))
