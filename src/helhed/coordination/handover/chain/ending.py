"""How a hand-over, or a return, ends before it takes effect, and who is told why."""

from collections.abc import Mapping
from typing import Any

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.models import BACK, Chain, Step
from helhed.coordination.handover.chain.telling import letter, settle, tell
from helhed.sharing.clock import moment
from helhed.sharing.ledger.actions import close_offer

REFUSED, WITHDRAWN, UNANSWERED, LAPSED, MODEL_ENDED = "EX4", "consent", "expired", "lapsed", "end-of-model"
"""Why one ended: the citizen said no; took the yes back; did not answer; the criteria are not true any more; the model is
not in use any more."""
IN_GROUP_AGAIN, CONSENT_AGAIN, CORRECTED = "criteria-again", "consent-again", "corrected"
STILL_ACTING = "still-acting"
"""Why a return came to nothing: the citizen stands in the group again; has said yes again; has not died or moved after all; has
moved, and Copenhagen still acts."""
ASKED = ("asked", "consented", "decided", "offered", "refused", "accepted")
"""From here on the citizen knows of it, and is told that it came to nothing."""


def end(
    chain: Chain,
    state: str,
    *,
    by: Actor,
    reason: str,
    note: str = "",
    rests: Mapping[str, Any] | None = None,
    pinned: Mapping[str, Any] | None = None,
) -> Step:
    """End a chain that is held: close the offer, tell both units, and the citizen if the citizen knows of it. `rests`: columns
    of what the end rests on; `pinned`: what the step pins of it."""
    known = chain.direction == BACK or chain.state in ASKED
    changed = {"ended_at": moment(), "end_reason": reason, "due_on": None, **(rests or {})}
    step = steps.enter(chain, state, by=by, reason=reason, note=note, pinned=pinned, changed=changed)
    close_offer(by=by, ref=chain.pk)
    settle(chain, by=by, what=("proposed", "offered", "accepted", "refused", "returning", "overdue"))
    tell(chain, step, "ended", chain.from_unit, chain.to_unit)
    if known:
        words = {"from_unit": chain.from_unit, "reason": reason, "way": chain.direction}
        letter(chain, step, "not-moved", by=by, unit=chain.from_unit, words=words)
    return step
