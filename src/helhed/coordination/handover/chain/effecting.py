"""Responsibility moves: consent held, criteria looked at once more, the ledger written, everybody told, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.acting import held_each, standing
from helhed.coordination.handover.chain.deciding import NotYet, passed
from helhed.coordination.handover.chain.ending import LAPSED, WITHDRAWN, end
from helhed.coordination.handover.chain.evidence import fresh_of
from helhed.coordination.handover.chain.gates import FAMILY
from helhed.coordination.handover.chain.gathering import (
    around,
    assessments,
    held_consents,
    inputs_of,
    named,
    others_of,
)
from helhed.coordination.handover.chain.models import BACK, OVER, Chain, Evidence
from helhed.coordination.handover.chain.moving import CASEWORK, GROUNDS, current, destination, follow
from helhed.coordination.handover.chain.telling import letter, settle, tell
from helhed.coordination.handover.sanctions.questions import drafts_of
from helhed.coordination.handover.tasks.questions import open_of
from helhed.sharing import departures
from helhed.sharing.clock import moment
from helhed.sharing.consent.standing import Standing
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.ledger.standing import holders
from helhed.sharing.refusal import Refused


def together(chain: UUID) -> list[Chain]:
    """The chain and those that take effect with it, all held: where the whole family's case moves, the other parents' that
    are accepted too. A return, and a citizen whose case moves alone, goes alone."""
    row = Chain.objects.get(pk=chain)
    others: Sequence[UUID] = ()
    if row.family and row.direction == OVER and _whole(row):
        family = Chain.objects.filter(family=row.family, direction=OVER, state="accepted")
        others = list(family.values_list("pk", flat=True))
    return held_each([chain, *others])


def effect(chains: Sequence[Chain], asked: Chain, by: Actor) -> bool:
    """Let what held chains move, move, all of them or none. False where one of them ended instead: the others stay accepted.

    `asked` is the one whose turn it is; who is not accepted any more of the others is left out. It goes to the unit that has
    taken over from a closed receiving unit where the consent reaches that too; else to the unit the citizen said yes to, from
    which a reorganisation takes it on.
    """
    standing(asked, "accepted")
    today = timezone.localdate()
    if asked.effective_on > today:
        raise NotYet(_("Ansvaret flytter først den dag, der er besluttet."))
    if max(chain.effective_on for chain in chains) > today:
        raise NotYet(_("Hele familien flytter samlet, den sidste af de dage, der er besluttet."))
    if asked.direction == BACK:
        return _back(asked, by)
    consents, evidence = held_consents(chains), fresh_of(chains)
    if _fallen(chains, consents, evidence, by):
        return False
    known, names = around(chains), named(one.id for one in consents.values())
    # The one whose turn it is goes first, so that what each step pins of the others does not hang on how they were held.
    for chain in sorted(chains, key=lambda one: (one.pk != asked.pk, one.opened_at)):
        found, consent = evidence.get(chain.person_key), consents[chain.pk]
        now = replace(known, others=others_of([chain]))
        pinned = passed(inputs_of(chain, found, consent, today, now), found, names[consent.id])
        successor = current(chain.to_unit)
        unit = successor if consent.opens_to(successor) else chain.to_unit
        _move(chain, unit, by, pinned, {"evidence": found.pk, "consent": consent.id})
    return True


def _fallen(
    chains: Sequence[Chain],
    consents: Mapping[UUID, Standing],
    evidence: Mapping[UUID, Evidence],
    by: Actor,
) -> bool:
    """End those whose consent or criteria have fallen, or who have died or moved away. Answers whether there were any."""
    ended, gone = 0, departures.departed(chain.person_key for chain in chains)
    for chain in chains:
        found = evidence.get(chain.person_key)
        if chain.person_key in gone:
            one = gone[chain.person_key]
            end(chain, "lapsed", by=by, reason=one.cause, pinned=one.told)
        elif chain.pk not in consents:
            end(chain, "declined", by=by, reason=WITHDRAWN)
        elif found is not None and found.verdict == "false":
            end(chain, "lapsed", by=by, reason=LAPSED)
        else:
            continue
        ended += 1
    return ended > 0


def _whole(chain: Chain) -> bool:
    """Whether SOF has said that the whole family's case moves together."""
    return assessments([chain]).get(chain.pk, {}).get("sof", {}).get(FAMILY) is True


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
