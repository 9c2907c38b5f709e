"""The way back: opened for a cause, handed over in words, offered to the unit the law gives the case to.

The unit that holds the responsibility keeps it until the return takes effect; nobody is ever without.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.adoption.standing import adopted
from helhed.coordination.handover.chain import steps, telling
from helhed.coordination.handover.chain.acting import held, must_be_of, standing
from helhed.coordination.handover.chain.models import BACK, ENDED, OVER, Chain
from helhed.coordination.handover.chain.moving import current, holder, side
from helhed.coordination.handover.chain.seals import about
from helhed.law import catalogue
from helhed.sharing import eligibility, policy
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.refusal import Refused

CAUSES = ("consent", "lapsed", "progression", "death", "moved-away", "request", "end-of-model")
SEEN = ("progression", "death", "moved-away", "request")
"""The causes that somebody sees and says; the others the program sees itself."""
UNDONE = ("cancelled", "lapsed")
"""The states of a return that came to nothing: the hand-over stands."""
STOPPABLE = ("request", "progression")
"""What a return may be opened for and still be given up: the others the law or the citizen's withdrawal demands."""


@transaction.atomic
def open_return(
    *,
    by: Actor,
    chain: UUID,
    cause: str,
    note: str = "",
    evidence: UUID | None = None,
    pinned: Mapping[str, Any] | None = None,
) -> UUID:
    """Open the return of a hand-over that has taken effect, for one of CAUSES. Answers the return's chain.

    `note`: in words, why. `evidence`: that the criteria are no longer true. Refused where there is nothing to undo, or
    something is under way for the citizen already.
    """
    over = held(chain)
    if cause not in CAUSES or over.direction != OVER or over.state != "effective":
        raise Refused(_("Kun en overflytning, der er trådt i kraft, kan føres tilbage."))
    if Chain.objects.filter(person_key=over.person_key).exclude(state__in=ENDED).exists() or returned(over):
        raise Refused(_("Borgeren er allerede på vej tilbage, eller sagen er under overdragelse."))
    back = _row(over, cause, evidence)
    if back.from_unit == back.to_unit:
        raise Refused(_("Ansvaret ligger allerede i den enhed, det skulle tilbage til."))
    back.save(force_insert=True)
    rests = {"returns": str(over.pk), "adoption": str(over.adoption), "cause": cause, **(pinned or {})}
    step = steps.enter(back, "proposed", by=by, reason=cause, note=note, pinned=rests)
    telling.tell(back, step, "returning", back.from_unit, back.to_unit)
    words = {"from_unit": back.from_unit, "to_unit": back.to_unit, "due": back.due_on, "cause": cause}
    telling.letter(back, step, "returning", by=by, unit=back.from_unit, words=words)
    _log(by, "return-open", back, cause)
    return back.pk


@transaction.atomic
def write_note(*, by: Actor, chain: UUID, note: str) -> None:
    """The unit that has the case hands it over in words; at once it is offered to the unit it goes back to."""
    row = _return(chain, "proposed")
    must_be_of(by, row.from_unit)
    if not note.strip():
        raise Refused(_("Skriv et overleveringsnotat: hvad er aftalt, hvad er i gang, og hvad venter."))
    hand_over(row, by=by, words=note)
    _log(by, "return-noted", row, row.to_unit)


@transaction.atomic
def redirect(*, by: Actor, chain: UUID, unit: str, reason: str) -> None:
    """The unit it was offered to sends it on to another unit of BIF. `reason`: in words. A return cannot be refused."""
    row = _return(chain, "offered")
    must_be_of(by, row.to_unit)
    if not receives(unit) or unit == row.to_unit:
        raise Refused(_("Vælg en anden enhed i BIF, som findes i dag."))
    if not reason.strip():
        raise Refused(_("Skriv, hvorfor sagen hører hjemme i den anden enhed."))
    before = row.to_unit
    row.to_unit = unit
    step = steps.take(row, "redirected", by=by, note=reason, pinned={"from": before, "to": unit})
    row.save(update_fields=["to_unit", "steps"])
    ledger.close_offer(by=by, ref=row.pk)
    ledger.offer(by=by, person=row.person_key, unit=unit, ref=row.pk)
    telling.settle(row, by=by, what=["offered"])
    telling.tell(row, step, "offered", unit)
    words = {"from_unit": row.from_unit, "to_unit": unit, "due": row.due_on, "cause": row.cause}
    words["before_unit"] = before
    telling.letter(row, step, "returning", by=by, unit=row.from_unit, words=words)
    _log(by, "return-redirected", row, unit)


def hand_over(row: Chain, *, by: Actor, words: str, reason: str = "", on_behalf: bool = False) -> None:
    """A return that is held and proposed: handed over in words, and offered."""
    said = {"unit": row.from_unit, "reason": reason, "on_behalf": on_behalf}
    steps.take(row, "noted", by=by, note=words, **said)
    row.state = "decided"
    row.save(update_fields=["state", "steps"])
    step = steps.enter(row, "offered", by=by, pinned={"to": row.to_unit}, **said)
    ledger.offer(by=by, person=row.person_key, unit=row.to_unit, ref=row.pk)
    telling.settle(row, by=by, what=["returning"])
    telling.tell(row, step, "offered", row.to_unit)


def returned(over: Chain) -> bool:
    """Whether a hand-over is on its way back, or has been undone."""
    return Chain.objects.filter(returns=over).exclude(state__in=UNDONE).exists()


def _return(chain: UUID, *states: str) -> Chain:
    row = held(chain)
    if row.direction != BACK:
        raise Refused(_("Det er ikke en tilbageførsel."))
    standing(row, *states)
    return row


def _row(over: Chain, cause: str, evidence: UUID | None) -> Chain:
    days = timedelta(days=adopted(over.adoption).return_days)
    return Chain(
        person_key=over.person_key,
        direction=BACK,
        model=over.model,
        adoption=over.adoption,
        from_unit=holder(over.person_key) or over.to_unit,
        to_unit=_home(over),
        cause=cause,
        returns=over,
        family=over.family,
        evidence=evidence,
        due_on=timezone.localdate() + days,
    )


def _home(over: Chain) -> str:
    """The unit in BIF that has the citizen's employment case now; else the one it was taken from, or what took over from it."""
    places = eligibility.units_of([over.person_key])
    unit = places[over.person_key][0] if over.person_key in places else ""
    return current(unit) if unit and receives(current(unit)) else current(over.from_unit)


def receives(unit: str) -> bool:
    """Whether this is a unit of BIF today that can have a citizen's case: not a group of units, and not the one that only has
    what stays whatever happens (the benefits service)."""
    units, duties = catalogue().units, catalogue().responsibilities.values()
    stays = {duty.holder_now for duty in duties if not duty.follows_case}
    if unit not in units or side(unit) != policy.BIF or unit in stays:
        return False
    return not units[unit].successors and units[unit].unit_type != "group_of_units"


def _log(by: Actor, action: str, row: Chain, what: str) -> None:
    note(by=by, action=action, person_key=row.person_key, object=about(row, what), fields={"handover"})
