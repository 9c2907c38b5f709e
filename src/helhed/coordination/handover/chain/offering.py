"""A citizen is offered to the receiving unit, which may know who it is about until it has answered."""

from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption.standing import adopted
from helhed.coordination.handover.chain.consenting import moved
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.telling import letter, tell
from helhed.sharing.ledger import actions as ledger


def offer(chain: Chain, *, by: Actor) -> None:
    """Offer a held, decided chain's citizen; the first time the citizen gets the decision in writing."""
    first = chain.state == "decided"
    step = moved(chain, "offered", by)
    ledger.offer(by=by, person=chain.person_key, unit=chain.to_unit, ref=chain.pk)
    tell(chain, step, "offered", chain.to_unit)
    if first:
        day = max(chain.effective_on, timezone.localdate())
        words = {"from_unit": chain.from_unit, "to_unit": chain.to_unit, "day": day}
        words["ground"] = adopted(chain.adoption).ground
        letter(chain, step, "decision", by=by, unit=chain.from_unit, words=words)
