"""How a hand-over ends before it takes effect, and who is told why."""

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.models import OVER, Chain, Step
from helhed.coordination.handover.chain.telling import letter, settle, tell
from helhed.sharing.clock import moment
from helhed.sharing.ledger.actions import close_offer

REFUSED, WITHDRAWN, UNANSWERED, LAPSED, MODEL_ENDED = "EX4", "consent", "expired", "lapsed", "end-of-model"
"""Why one ended: the citizen said no; took the yes back; did not answer; the criteria are not true any more; the model is
not in use any more."""
ASKED = ("asked", "consented", "decided", "offered", "refused", "accepted")
"""From here on the citizen knows of it, and is told that it came to nothing."""


def end(chain: Chain, state: str, *, by: Actor, reason: str, note: str = "") -> Step:
    """End a chain that is held: close the offer, tell both units, and the citizen if the citizen had been asked."""
    known = chain.direction == OVER and chain.state in ASKED
    changed = {"ended_at": moment(), "end_reason": reason, "due_on": None}
    step = steps.enter(chain, state, by=by, reason=reason, note=note, changed=changed)
    close_offer(by=by, ref=chain.pk)
    settle(chain, by=by, what=("proposed", "offered", "accepted", "refused", "returning", "overdue"))
    tell(chain, step, "ended", chain.from_unit, chain.to_unit)
    if known:
        words = {"from_unit": chain.from_unit, "reason": reason}
        letter(chain, step, "not-moved", by=by, unit=chain.from_unit, words=words)
    return step
