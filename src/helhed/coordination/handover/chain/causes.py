"""Why a hand-over is undone, or comes to nothing, seen by the program itself: criteria that lapsed or came true, a model that
is no longer used, a consent that fell (a trigger in migrations/0004_causes.py writes that down as it happens)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.adoption.standing import Adopted
from helhed.coordination.handover.chain import actions, ending
from helhed.coordination.handover.chain.acting import held
from helhed.coordination.handover.chain.evidence import fresh
from helhed.coordination.handover.chain.gathering import MOVES
from helhed.coordination.handover.chain.models import BACK, ENDED, OPEN, OVER, Cause, Chain, Heard, Merged
from helhed.coordination.handover.chain.returning import UNDONE, open_return, returned
from helhed.sharing import departures, eligibility
from helhed.sharing.clock import moment
from helhed.sharing.consent.standing import PLAN, holding
from helhed.sharing.eligibility import IN, OUT, Moved
from helhed.sharing.refusal import Refused

GONE, OPENED, WAITING = "gone", "opened", "waiting"


def hear_changes(*, by: Actor) -> int:
    """Turn what countings found into proposals, lapses and causes of a return: who came into a model in use is proposed; who
    left it ends where nothing has taken effect, and is given the model's grace where it has. Answers how many countings
    were heard. Each is a transaction of its own; hearing one twice does nothing."""
    heard = set(Heard.objects.values_list("recount", flat=True))
    new = [recount for recount in eligibility.countings() if recount not in heard]
    for recount in new:
        _hear(recount, by)
    return len(new)


def end_of_model(*, by: Actor) -> int:
    """What hangs on an adoption that is over: open hand-overs end; those in effect get a cause to be undone, unless the model
    was adopted anew. Answers how many."""
    today, done = timezone.localdate(), 0
    used = {each.model for each in _transfers(adoption.in_use_all(today))}
    for adopted in adoption.over(today):
        for pk in _open_over([adopted.model]).filter(adoption=adopted.id).values_list("pk", flat=True):
            done += _ended(pk, ending.MODEL_ENDED, by)
        if adopted.model in used:
            continue
        for pk in _in_effect([adopted.model]).filter(adoption=adopted.id).values_list("pk", flat=True):
            done += give_cause(by=by, chain=pk, cause="end-of-model", opens_on=today)
    return done


def open_due(*, by: Actor) -> int:
    """Open a return for each cause whose day has come and that still holds. Answers how many were opened."""
    due = Cause.objects.filter(state=WAITING, opens_on__lte=timezone.localdate()).order_by("opens_on", "pk")
    busy = Chain.objects.exclude(state__in=ENDED).values("person_key")
    waiting = due.exclude(chain__person_key__in=busy).exclude(chain__person_key__in=read_as_another())
    waiting = waiting.values_list("pk", flat=True)
    return sum(_open(pk, by) for pk in list(waiting))


@transaction.atomic
def give_cause(*, by: Actor, chain: UUID, cause: str, opens_on: date) -> bool:
    """Write down why a hand-over in effect should be undone, unless that waits already, or is why it is on its way back. True
    when it is new. It waits beside a return that was opened for something else, and has its turn if that comes to nothing."""
    row = held(chain)
    back = Chain.objects.filter(returns=row).exclude(state__in=UNDONE)
    if row.state != "effective" or back.filter(Q(state="effective") | Q(cause=cause)).exists():
        return False
    _cause, new = Cause.objects.get_or_create(
        chain=row, cause=cause, state=WAITING, defaults={"opens_on": opens_on}
    )
    if new:
        said = f"{row.pk} {cause}, opens {opens_on}"
        note(by=by, action="return-cause", person_key=row.person_key, object=said, fields={"handover"})
    return new


@transaction.atomic
def _hear(recount: int, by: Actor) -> None:
    models = _in_hand()
    changes = eligibility.moved(recount, sorted(models))
    came = {model: _of(changes, model, IN) for model in models}
    left = {model: _of(changes, model, OUT) for model in models}
    proposed = lapsed = 0
    for model, terms in models.items():
        inside = set(eligibility.members(model)) if came[model] or left[model] else set()
        back = {person: on for person, on in came[model].items() if person in inside}
        gone = {person: on for person, on in left[model].items() if person not in inside}
        _forgive(model, back)
        lapsed += _lapse(model, gone, terms, by)
        if terms is not None and back:
            proposed += actions.propose(by=by, adoption=terms.id, people=sorted(back))
    Heard.objects.create(recount=recount, proposed=proposed, lapsed=lapsed)
    note(by=by, action="handover-heard", object=f"recount {recount}: {proposed} proposed, {lapsed} lapsed")


def _in_hand() -> dict[str, Adopted | None]:
    """The transfer models that matter: in use today, with their terms; and those that only still have chains."""
    used = {each.model: each for each in _transfers(adoption.in_use_all(timezone.localdate()))}
    still = Chain.objects.filter(direction=OVER, state__in=(*OPEN, "effective"))
    return dict.fromkeys(still.values_list("model", flat=True).distinct()) | used


def _of(changes: Sequence[Moved], model: str, what: str) -> dict[UUID, date]:
    return {each.person_key: each.on for each in changes if each.group == model and each.what == what}


def _forgive(model: str, people: Collection[UUID]) -> None:
    """Who is in the group again within the grace stays: the cause is gone."""
    waiting = Cause.objects.filter(state=WAITING, cause="lapsed", chain__in=not_undone([model]))
    waiting.filter(chain__person_key__in=people).update(state=GONE, ended_at=moment())


def _lapse(model: str, gone: dict[UUID, date], terms: Adopted | None, by: Actor) -> int:
    """Of those who left the group: what has not taken effect ends, what has gets the grace of its model."""
    lapsed, today = 0, timezone.localdate()
    for pk in _open_over([model]).filter(person_key__in=gone).values_list("pk", flat=True):
        lapsed += _ended(pk, ending.LAPSED, by)
    for row in not_undone([model]).filter(person_key__in=gone):
        grace = timedelta(days=(terms or adoption.adopted(row.adoption)).grace_days)
        opens_on = max(gone[row.person_key] + grace, today)
        lapsed += give_cause(by=by, chain=row.pk, cause="lapsed", opens_on=opens_on)
    return lapsed


def _ended(chain: UUID, reason: str, by: Actor) -> bool:
    """End a hand-over that has not taken effect, unless it has meanwhile."""
    try:
        actions.lapse(by=by, chain=chain, reason=reason)
    except Refused:
        return False
    return True


@transaction.atomic
def _open(cause: int, by: Actor) -> bool:
    """Open the return of one cause, if it still holds. True when it was opened."""
    row = Cause.objects.select_for_update().select_related("chain").get(pk=cause)
    if row.state != WAITING:
        return False
    if returned(row.chain):
        _done(row, GONE)
        return False
    holds, rests, found = _still(row.chain, row.cause)
    if holds is None:
        return False
    if holds:
        open_return(by=by, chain=row.chain_id, cause=row.cause, evidence=found, pinned=rests)
    _done(row, OPENED if holds else GONE)
    return holds


def _still(chain: Chain, cause: str) -> tuple[bool | None, dict[str, Any], UUID | None]:
    """Whether a cause holds now (None: it cannot be said), what that rests on, and the evidence if there is any."""
    if cause == "consent":
        standing = holding(chain.person_key, kind=PLAN, lock=False)
        return not any(one.opens_to(chain.to_unit) for one in standing), {"consent": str(chain.consent)}, None
    if cause in departures.CAUSES:
        gone = departures.departed([chain.person_key]).get(chain.person_key)
        return gone is not None and cause in gone.causes, gone.told if gone else {}, None
    if cause != "lapsed":
        return True, {}, None
    found = fresh(chain.person_key, chain.model)
    if found is None or found.verdict == "unknown":
        return None, {}, None
    rests = {"evidence": str(found.pk), "evidence_hash": found.hash, "rules": found.rules}
    return found.verdict == "false", rests, found.pk


def _done(row: Cause, state: str) -> None:
    row.state, row.ended_at = state, moment()
    row.save(update_fields=["state", "ended_at"])


def _transfers(each: Sequence[Adopted]) -> list[Adopted]:
    """Those that move responsibility."""
    return [one for one in each if one.transfer_type == MOVES]


def _open_over(models: Collection[str]) -> QuerySet[Chain]:
    return Chain.objects.filter(direction=OVER, model__in=models).exclude(state__in=ENDED)


def _in_effect(models: Collection[str]) -> QuerySet[Chain]:
    """Hand-overs that have taken effect and are not undone, nor on their way back."""
    back = Chain.objects.filter(direction=BACK).exclude(state__in=UNDONE).values("returns")
    return not_undone(models).exclude(pk__in=back)


def not_undone(models: Collection[str] | None = None) -> QuerySet[Chain]:
    """Hand-overs that have taken effect, on their way back or not; of some models, or of all."""
    undone = Chain.objects.filter(direction=BACK, state="effective").values("returns")
    rows = (
        Chain.objects.filter(direction=OVER, state="effective")
        .exclude(pk__in=undone)
        .exclude(person_key__in=read_as_another())
    )
    return rows if models is None else rows.filter(model__in=models)


def read_as_another() -> QuerySet[Merged]:
    """The keys of those who are read as another person: what took effect for them is history."""
    return Merged.objects.filter(parted_at__isnull=True).values("gone")
