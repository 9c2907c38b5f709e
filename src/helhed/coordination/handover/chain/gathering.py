"""From what stands now to the inputs of the gate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.adoption.standing import Adopted
from helhed.coordination.handover.chain.gates import RETURNED, STOPPED
from helhed.coordination.handover.chain.models import BACK, OVER, Chain, Evidence, Step
from helhed.coordination.handover.chain.moving import follow
from helhed.sharing.consent.models import Record
from helhed.sharing.consent.standing import Standing, holding_for_handover, holding_of_each
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.standing import Held

MOVES = "ressortflyt"
HALVES = ("assessed-bif", "assessed-sof")


@dataclass(frozen=True)
class Around:
    """What stands around some chains now: the terms of their models, which of these are in use, what each side answered, and
    who holds what of the citizens, kept as it is until the transaction ends."""

    today: date
    terms: Mapping[UUID, Adopted]
    in_use: frozenset[UUID]
    assessed: Mapping[UUID, Mapping[str, Mapping[str, bool]]]
    others: Mapping[UUID, Mapping[str, str]]
    held: Mapping[UUID, Mapping[str, Held]]


def around(chains: Sequence[Chain]) -> Around:
    """Read it, in few queries however many chains."""
    today = timezone.localdate()
    used = {each.id: each for each in adoption.in_use_all(today)}
    return Around(
        today,
        used | terms_of(chain for chain in chains if chain.adoption not in used),
        frozenset(used),
        assessments(chains),
        others_of(chains),
        ledger.holders_of([chain.person_key for chain in chains], lock=True),
    )


def terms_of(chains: Iterable[Chain]) -> dict[UUID, Adopted]:
    """The adoptions that chains are under, by their keys."""
    return {number: adoption.adopted(number) for number in {chain.adoption for chain in chains}}


def inputs_of(
    chain: Chain, evidence: Evidence | None, consent: Standing | None, effective_on: date, known: Around
) -> dict[str, Any]:
    """All the gate asks for, as plain values."""
    adopted = known.terms[chain.adoption]
    family = {"family": {"others": dict(known.others[chain.pk])}} if chain.family else {}
    return family | {
        "step": "effective" if chain.state == "accepted" else "decided",
        "day": known.today.isoformat(),
        "effective_on": effective_on.isoformat(),
        "criteria": evidence.verdict if evidence else "unknown",
        "assessed": known.assessed.get(chain.pk, {}),
        "consent": _consent(consent),
        "adoption": {
            "id": str(adopted.id),
            "mode": adopted.mode,
            "in_use": adopted.id in known.in_use,
            "moves": adopted.transfer_type == MOVES,
        },
        "ground": adopted.ground,
        "holder": follow(chain, known.held.get(chain.person_key, {})),
    }


def held_consent(chain: Chain) -> Standing | None:
    """The consent that lets the receiving unit take over, kept as it is until the transaction ends: the one the chain was
    bound to, or else the newest; None where there is none."""
    return _chosen(chain, holding_for_handover(chain.person_key, chain.to_unit))


def held_consents(chains: Sequence[Chain]) -> dict[UUID, Standing]:
    """The same of several chains, by chain; one without is left out."""
    held = holding_of_each([chain.person_key for chain in chains])
    found = {}
    for chain in chains:
        reaching = [one for one in held.get(chain.person_key, ()) if one.opens_to(chain.to_unit)]
        if (one := _chosen(chain, reaching)) is not None:
            found[chain.pk] = one
    return found


def assessments(chains: Sequence[Chain]) -> dict[UUID, dict[str, Mapping[str, bool]]]:
    """What each side answered last of each chain, since it was last proposed: by chain and side."""
    rows = Step.objects.filter(chain__in=[chain.pk for chain in chains], kind__in=("proposed", *HALVES))
    found: dict[UUID, dict[str, Mapping[str, bool]]] = {}
    for chain, kind, pinned in rows.order_by("chain", "number").values_list("chain", "kind", "pinned"):
        if kind == "proposed":
            found[chain] = {}
        else:
            found[chain][kind.removeprefix("assessed-")] = pinned["answers"]
    return found


def others_of(chains: Sequence[Chain]) -> dict[UUID, dict[str, str]]:
    """Of chains of families, the newest hand-overs of the other parents and their states, by chain; RETURNED where the parent
    has gone back. One that ended, or was undone, before SOF last answered is left out: the answer was given in the knowledge
    of it."""
    asked = {chain.pk: chain for chain in chains if chain.family}
    if not asked:
        return {}
    rows = Chain.objects.filter(family__in={chain.family for chain in asked.values()}, direction=OVER)
    newest = {(row.family, row.person_key): row for row in rows.order_by("opened_at")}
    undone = undone_of(row.pk for row in newest.values())
    halves = Step.objects.filter(chain__in=asked, kind="assessed-sof").order_by("number")
    answered = dict(halves.values_list("chain", "at"))
    return {
        chain.pk: {
            str(row.pk): RETURNED if row.pk in undone else row.state
            for (family, person), row in newest.items()
            if family == chain.family and person != chain.person_key
            if (row.state not in STOPPED and row.pk not in undone)
            or undone.get(row.pk, row.ended_at) > answered.get(chain.pk, row.opened_at)
        }
        for chain in asked.values()
    }


def undone_of(chains: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the hand-overs that were undone were, by hand-over: their return took effect."""
    rows = Chain.objects.filter(returns__in=list(chains), direction=BACK, state="effective")
    return dict(rows.values_list("returns", "effective_at"))


def named(consents: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Consents as they are pinned: which, and the hash of its newest record."""
    asked = set(consents)
    newest = Record.objects.filter(consent__in=asked).order_by("consent", "-version").distinct("consent")
    hashes = dict(newest.values_list("consent", "hash"))
    return {consent: {"id": str(consent), "record": hashes.get(consent, "")} for consent in asked}


def said(evidence: Evidence) -> dict[str, str]:
    """Evidence as it is pinned."""
    return {
        "evidence": str(evidence.pk),
        "evidence_hash": evidence.hash,
        "rules": evidence.rules,
        "day": evidence.day.isoformat(),
        "known_at": evidence.known_at.isoformat(),
        "verdict": evidence.verdict,
    }


def _chosen(chain: Chain, reaching: Sequence[Standing]) -> Standing | None:
    bound = [one for one in reaching if one.id == chain.consent]
    return next(reversed(bound or reaching), None)


def _consent(consent: Standing | None) -> dict[str, Any]:
    if consent is None:
        return {}
    return {"id": str(consent.id), "in_force": True, "covers": True, "recipients": list(consent.recipients)}
