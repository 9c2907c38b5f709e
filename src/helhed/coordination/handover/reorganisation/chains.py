"""Open hand-overs follow the units they are between. Where the citizen said yes to a unit that gives way, the yes does not
reach the new one: the citizen is asked again."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption.standing import adopted
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.ending import MODEL_ENDED, end
from helhed.coordination.handover.chain.models import BACK, OPEN, Chain, Message
from helhed.coordination.handover.reorganisation.models import Reorganisation
from helhed.coordination.handover.reorganisation.placing import Placing
from helhed.sharing.consent import standing as consents
from helhed.sharing.ledger.actions import close_offer, offer
from helhed.sharing.ledger.models import Offer
from helhed.sharing.policy import above

REASON = "reorganised"
NOT_YET_ASKED = ("proposed", "assessed")


def open_chains(placing_units: list[str]) -> list[Chain]:
    """The open hand-overs that name these units, kept from others in this transaction."""
    named = Q(from_unit__in=placing_units) | Q(to_unit__in=placing_units)
    rows = Chain.objects.select_for_update(no_key=True).filter(named, state__in=OPEN)
    return list(rows.order_by("pk"))


def follow(chains: list[Chain], placing: Placing, *, by: Actor, of: Reorganisation) -> int:
    """Each open hand-over goes on between the units that took over; one that would stay within an administration ends."""
    for chain in chains:
        old = (chain.from_unit, chain.to_unit)
        new = tuple(placing.unit(chain.person_key, unit) for unit in old)
        if above(new[0])[-1] == above(new[1])[-1]:
            end(chain, "cancelled", by=by, reason=MODEL_ENDED)
        else:
            _redirect(chain, new, by=by, of=of)
    return len(chains)


def messages(chains: list[Chain], placing: Placing) -> int:
    """What a unit was told of a hand-over and has not signed off waits for the unit that took over."""
    people = {chain.pk: chain.person_key for chain in chains}
    waiting = Message.objects.filter(unit__in=list(placing.changes), done_at__isnull=True).select_related(
        "chain"
    )
    rows = [row for row in waiting if row.chain_id in people or row.chain.ended_at]
    for row in rows:
        row.unit = placing.unit(row.chain.person_key, row.unit)
        row.save(update_fields=["unit"])
    return len(rows)


def _redirect(chain: Chain, new: tuple[str, ...], *, by: Actor, of: Reorganisation) -> None:
    before = [chain.from_unit, chain.to_unit]
    chain.from_unit, chain.to_unit = new
    pinned = {"reorganisation": str(of.pk), "before": before, "after": list(new)}
    steps.take(chain, "redirected", by=by, unit=chain.to_unit, reason=REASON, pinned=pinned)
    columns = ["from_unit", "to_unit", "steps"]
    if chain.direction == BACK or chain.state in NOT_YET_ASKED or _covered(chain):
        _offer_again(chain, by=by)
    else:
        close_offer(by=by, ref=chain.pk)
        chain.state, chain.consent, chain.effective_on = "assessed", None, None
        chain.due_on = timezone.localdate() + timedelta(days=adopted(chain.adoption).consent_days)
        columns += ["state", "consent", "effective_on", "due_on"]
    chain.save(update_fields=columns)


def _covered(chain: Chain) -> bool:
    """Whether the citizen's yes reaches the unit that receives now."""
    held = consents.holding_for_handover(chain.person_key, chain.to_unit)
    return any(one.id == chain.consent for one in held)


def _offer_again(chain: Chain, *, by: Actor) -> None:
    """An open offer names the unit it is made to."""
    row = Offer.objects.filter(ref=chain.pk, closed_at__isnull=True).first()
    if row is not None and row.unit != chain.to_unit:
        close_offer(by=by, ref=chain.pk)
        offer(by=by, person=chain.person_key, unit=chain.to_unit, ref=chain.pk)
