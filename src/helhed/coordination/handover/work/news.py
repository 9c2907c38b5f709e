"""What a unit is told of its hand-overs, as numbers: what came of them lately, and what waits for a leader. Nobody is named."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import Message
from helhed.coordination.handover.work.reach import reach_of

LATELY = 7
"""So many days something is news."""


def lately(*, by: User) -> Mapping[str, int]:
    """What units of the viewer's line were told these days: how many hand-overs "moved", went "back", "ended" with nothing moved, or
    were "refused"; and "leader": how many wait for a leader now, for want of room (for leaders only)."""
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        return {}
    told = Message.objects.filter(unit__in=reach.line)
    new = told.filter(at__gte=timezone.now() - timedelta(days=LATELY))
    found = new.aggregate(
        moved=_chains(Q(what="effective", chain__direction="over")),
        back=_chains(Q(what="effective", chain__direction="back")),
        ended=_chains(Q(what="ended")),
        refused=_chains(Q(what="refused")),
    )
    return {**found, "leader": _for_leader(told) if reach.leads else 0}


def _chains(which: Q) -> Count:
    return Count("chain", filter=which, distinct=True)


def _for_leader(told: QuerySet[Message]) -> int:
    waiting = told.filter(what="refused", to_leader=True, done_at__isnull=True)
    return waiting.values("chain").distinct().count()
