"""A citizen has died or moved away, as the case systems tell it from the population register.

What has not taken effect ends; what has gets a cause to be undone at once. A correction takes that back while nobody has
accepted the return. What a person has written down as the cause of a return is not taken back by the register.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.chain import actions, ending, still_acting
from helhed.coordination.handover.chain.causes import GONE, OPENED, WAITING, give_cause, not_undone
from helhed.coordination.handover.chain.models import BACK, ENDED, OVER, UNACCEPTED, Cause, Chain
from helhed.sharing import departures
from helhed.sharing.clock import moment
from helhed.sharing.departures import CAUSES, Departed
from helhed.sharing.refusal import Refused


def hear_departures(*, by: Actor) -> int:
    """Bring hand-overs and returns to what the register says of their citizens now. Answers how many changed; each in a
    transaction of its own, and doing it twice changes nothing."""
    gone = departures.departed(_concerned())
    return _end_open(gone, by) + _give(gone, by) + _take_back(gone, by) + still_acting.forget(gone)


def _concerned() -> set[UUID]:
    """The citizens whom what the register says makes a difference to."""
    rows = Chain.objects.exclude(state__in=ENDED) | not_undone()
    return set(rows.values_list("person_key", flat=True))


def _end_open(gone: Mapping[UUID, Departed], by: Actor) -> int:
    """The hand-overs that have not taken effect come to nothing."""
    rows = Chain.objects.filter(direction=OVER, person_key__in=gone).exclude(state__in=ENDED)
    found = rows.order_by("opened_at", "pk").values_list("pk", "person_key")
    return sum(_lapsed(pk, gone[person].cause, by, gone[person]) for pk, person in list(found))


def _give(gone: Mapping[UUID, Departed], by: Actor) -> int:
    """Those in effect are to be undone, from today on; not where Copenhagen still acts for who has moved."""
    today = timezone.localdate()
    rows = not_undone().filter(person_key__in=gone).exclude(pk__in=still_acting.settled(gone))
    rows = rows.order_by("opened_at", "pk")
    return sum(
        give_cause(by=by, chain=row.pk, cause=gone[row.person_key].cause, opens_on=today)
        for row in list(rows)
    )


def _take_back(gone: Mapping[UUID, Departed], by: Actor) -> int:
    """Causes that wait, and returns that nobody has accepted, go away where the register does not say so any more."""
    waiting = Cause.objects.filter(state=WAITING, cause__in=CAUSES).select_related("chain").order_by("pk")
    done = sum(
        _forgotten(row, by) for row in list(waiting) if not _says(gone, row.chain.person_key, row.cause)
    )
    seen = Cause.objects.filter(chain=OuterRef("returns"), cause=OuterRef("cause"), state=OPENED)
    rows = Chain.objects.filter(Exists(seen), direction=BACK, state__in=UNACCEPTED, cause__in=CAUSES)
    found = list(rows.order_by("opened_at", "pk").values_list("pk", "person_key", "cause"))
    return done + sum(
        _lapsed(pk, ending.CORRECTED, by) for pk, person, cause in found if not _says(gone, person, cause)
    )


def _says(gone: Mapping[UUID, Departed], person: UUID, cause: str) -> bool:
    return person in gone and cause in gone[person].causes


@transaction.atomic
def _forgotten(row: Cause, by: Actor) -> bool:
    """A cause that waits is gone."""
    if not Cause.objects.filter(pk=row.pk, state=WAITING).update(state=GONE, ended_at=moment()):
        return False
    said = f"{row.chain_id} {row.cause}"
    note(by=by, action="return-cause-gone", person_key=row.chain.person_key, object=said, fields={"handover"})
    return True


def _lapsed(chain: UUID, reason: str, by: Actor, one: Departed | None = None) -> bool:
    """End a chain, unless somebody has meanwhile carried it on."""
    try:
        actions.lapse(by=by, chain=chain, reason=reason, pinned=one.told if one else None)
    except Refused:
        return False
    return True
