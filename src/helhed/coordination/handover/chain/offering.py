"""A citizen is offered to the receiving unit, which may know who it is about until it has answered."""

from collections.abc import Sequence

from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain.consenting import moved, rebound
from helhed.coordination.handover.chain.deciding import lack
from helhed.coordination.handover.chain.gathering import held_consents, terms_of
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.telling import letters, tell_each
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.refusal import Refused


def offer(chains: Sequence[Chain], *, by: Actor) -> None:
    """Offer the citizens of held chains, on the consents that hold now; who is offered for the first time gets the decision in
    writing. Refused where a consent does not hold any more."""
    new = [chain for chain in chains if chain.state == "decided"]
    consents = held_consents(chains)
    if len(consents) < len(chains):
        raise Refused(lack("consent"))
    taken = moved(chains, "offered", by, changed=rebound(chains, consents))
    ledger.offer_many(by=by, offers=[(chain.person_key, chain.to_unit, chain.pk) for chain in chains])
    tell_each([(chain, taken[chain.pk], (chain.to_unit,)) for chain in chains], "offered")
    terms, today = terms_of(new), timezone.localdate()
    written = [
        (
            chain,
            taken[chain.pk],
            {
                "from_unit": chain.from_unit,
                "to_unit": chain.to_unit,
                "day": max(chain.effective_on, today),
                "ground": terms[chain.adoption].ground,
            },
        )
        for chain in new
    ]
    letters(written, "decision", by=by)
