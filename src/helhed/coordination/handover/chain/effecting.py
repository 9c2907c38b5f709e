"""Responsibility moves: consent held, criteria looked at once more, the ledger written, everybody told, in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.acting import standing
from helhed.coordination.handover.chain.deciding import passed
from helhed.coordination.handover.chain.ending import LAPSED, WITHDRAWN, end
from helhed.coordination.handover.chain.evidence import fresh
from helhed.coordination.handover.chain.gathering import around, held_consent, inputs_of, named
from helhed.coordination.handover.chain.models import BACK, Chain
from helhed.coordination.handover.chain.moving import CASEWORK, GROUNDS, current, destination, follow
from helhed.coordination.handover.chain.telling import letter, settle, tell
from helhed.coordination.handover.sanctions.questions import drafts_of
from helhed.coordination.handover.tasks.questions import open_of
from helhed.sharing.clock import moment
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.ledger.standing import holders
from helhed.sharing.refusal import Refused


def effect(chain: Chain, by: Actor) -> bool:
    """Let what a held chain moves, move. False where it ended instead.

    It goes to the unit that has taken over from a closed receiving unit where the consent reaches that too; else to the unit the
    citizen said yes to, from which a reorganisation takes it on.
    """
    standing(chain, "accepted")
    today = timezone.localdate()
    if chain.effective_on > today:
        raise Refused(_("Ansvaret flytter først den dag, der er besluttet."))
    if chain.direction == BACK:
        return _back(chain, by)
    consent = held_consent(chain)
    if consent is None:
        end(chain, "declined", by=by, reason=WITHDRAWN)
        return False
    evidence = fresh(chain.person_key, chain.model)
    if evidence is not None and evidence.verdict == "false":
        end(chain, "lapsed", by=by, reason=LAPSED)
        return False
    inputs = inputs_of(chain, evidence, consent, today, around([chain]))
    pinned = passed(inputs, evidence, named([consent.id])[consent.id])
    successor = current(chain.to_unit)
    unit = successor if consent.opens_to(successor) else chain.to_unit
    _move(chain, unit, by, pinned, {"evidence": evidence.pk, "consent": consent.id})
    return True


def _back(chain: Chain, by: Actor) -> bool:
    if not follow(chain, holders(chain.person_key, lock=True)):
        raise Refused(_("Den afgivende forvaltning har ikke længere ansvaret for borgeren."))
    _move(chain, current(chain.to_unit), by, {"returns": str(chain.returns_id), "cause": chain.cause}, {})
    return True


def _along(chain: Chain, to: Mapping[str, str]) -> dict[str, int]:
    """How much goes along with the parts that move."""
    return {
        "tasks": open_of(chain.person_key, to),
        "sanction_drafts": drafts_of(chain.person_key) if CASEWORK in to else 0,
    }


def _move(chain: Chain, unit: str, by: Actor, pinned: dict[str, Any], rests: dict[str, Any]) -> None:
    to, beside = destination(chain, unit)
    ground = GROUNDS[chain.direction]
    pinned |= {"parts": to, "beside": beside, "ledger": ground, "along": _along(chain, to)}
    now = moment()
    changed = {
        "from_unit": chain.from_unit,
        "to_unit": unit,
        "effective_on": timezone.localdate(),
        "effective_at": now,
        "ended_at": now,
        "due_on": None,
        **rests,
    }
    step = steps.enter(chain, "effective", by=by, pinned=pinned, changed=changed)
    ledger.move(by=by, person=chain.person_key, to=to, ground=ground, ref=chain.pk, beside=beside)
    ledger.close_offer(by=by, ref=chain.pk)
    settle(chain, by=by, what=("proposed", "offered", "accepted", "refused", "returning", "overdue"))
    tell(chain, step, "effective", chain.from_unit, unit)
    words = {"from_unit": chain.from_unit, "to_unit": unit, "day": timezone.localdate()}
    kind = "returned" if chain.direction == BACK else "moved"
    letter(chain, step, kind, by=by, unit=unit, words=words)
