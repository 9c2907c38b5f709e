"""Who is proposed under a model: those whose criteria are true, who are not moved already, and whom nobody has looked at lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption.lawful import models
from helhed.coordination.handover.adoption.standing import Adopted
from helhed.coordination.handover.chain import gates, steps
from helhed.coordination.handover.chain.deadlines import due
from helhed.coordination.handover.chain.evidence import keep
from helhed.coordination.handover.chain.gathering import said
from helhed.coordination.handover.chain.models import ENDED, OVER, Chain, Evidence, Message, Step
from helhed.coordination.handover.chain.moving import CASEWORK, current, side
from helhed.coordination.handover.chain.quiet import SAID_NO, quiet, rests_until
from helhed.sharing import departures, eligibility, policy
from helhed.sharing.clock import moment
from helhed.sharing.eligibility import Family, Found
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.standing import Held


@dataclass(frozen=True)
class Chosen:
    """One to be proposed: the evidence, the unit that has the casework, the one that is to have it, and what ties the chains of
    a family together; None where the model is not about families."""

    found: Found
    from_unit: str
    to_unit: str
    family: UUID | None


def fit(adopted: Adopted, people: Sequence[UUID]) -> list[Chosen]:
    """Those to be proposed."""
    free = sorted(set(people) - _busy(people))
    held = ledger.holders_of(free) if free else {}
    gone = departures.departed(held)
    here = [person for person, parts in held.items() if _in_place(parts) and person not in gone]
    if not here:
        return []
    found = eligibility.evidence(here, adopted.model)
    refused, places = _refused(found), eligibility.units_of(here)
    kin = eligibility.families(here) if models()[adopted.model].counts == "parents" else {}
    ties = _ties(kin)
    chosen = []
    for person, one in found.items():
        place = places[person][1] or (kin[person].unit if person in kin else "")
        from_unit, to_unit = held[person][CASEWORK].unit, receiving(adopted, place)
        if one.verdict == "true" and (person, one.hash) not in refused and from_unit != to_unit:
            chosen.append(Chosen(one, from_unit, to_unit, ties.get(person)))
    return chosen


def receiving(adopted: Adopted, primary: str) -> str:
    """The unit that is to take over: where the citizen's social case lies, if that is below the receiving unit; else that."""
    unit = current(primary) if primary else ""
    return unit if unit and adopted.receiving in policy.above(unit) else current(adopted.receiving)


def write(adopted: Adopted, chosen: Sequence[Chosen], by: Actor) -> list[Chain]:
    """The chains of those chosen, each with its evidence, first step and messages, in few queries."""
    if not chosen:
        return []
    evidence = keep(one.found for one in chosen)
    chains = [
        Chain(
            person_key=one.found.person_key,
            direction=OVER,
            model=adopted.model,
            adoption=adopted.id,
            from_unit=one.from_unit,
            to_unit=one.to_unit,
            family=one.family,
            evidence=evidence[one.found.person_key].pk,
            due_on=due(adopted, "proposed", timezone.localdate()),
            steps=1,
        )
        for one in chosen
    ]
    at = moment()
    pins = [_pinned(adopted, evidence[chain.person_key]) for chain in chains]
    taken = [
        steps.made(chain, "proposed", by=by, number=1, before="", at=at, pinned=pinned)
        for chain, pinned in zip(chains, pins, strict=True)
    ]
    Chain.objects.bulk_create(chains, batch_size=500)
    Step.objects.bulk_create(taken, batch_size=500)
    told = [
        Message(chain=step.chain, step=step, unit=unit, what="proposed")
        for step in taken
        for unit in (step.chain.from_unit, step.chain.to_unit)
    ]
    Message.objects.bulk_create(told, batch_size=1000)
    return chains


def _busy(people: Sequence[UUID]) -> set[UUID]:
    """Those of some citizens who have an open chain."""
    rows = Chain.objects.filter(person_key__in=people).exclude(state__in=ENDED)
    return set(rows.values_list("person_key", flat=True))


def _pinned(adopted: Adopted, evidence: Evidence) -> dict[str, str]:
    return said(evidence) | {"adoption": str(adopted.id), "mode": adopted.mode, "ground": adopted.ground}


def _ties(kin: Mapping[UUID, Family]) -> dict[UUID, UUID]:
    """What ties the hand-overs of a family together, by person: that of a hand-over one of its parents has already, or new."""
    parents = {parent for family in kin.values() for parent in family.parents}
    rows = Chain.objects.filter(person_key__in=parents, direction=OVER, family__isnull=False)
    there = rows.exclude(state__in=gates.STOPPED).order_by("opened_at")
    known = dict(there.values_list("person_key", "family"))
    for person in sorted(kin):
        tie = next((known[parent] for parent in kin[person].parents if parent in known), uuid4())
        known |= {parent: known.get(parent, tie) for parent in kin[person].parents}
    return known


def _in_place(parts: dict[str, Held]) -> bool:
    """Whether the casework lies where the law puts it: a hand-over that runs has taken it elsewhere."""
    return CASEWORK in parts and side(parts[CASEWORK].unit) == policy.BIF


def _refused(found: dict[UUID, Found]) -> set[tuple[UUID, str]]:
    """Who was found exempt, said no or was cancelled and is to be left in peace for a time yet, with the evidence of then."""
    now = timezone.now()
    ends = Chain.objects.filter(
        person_key__in=found, state__in=SAID_NO, ended_at__gt=now - max(quiet().values())
    )
    said = ends.values_list("evidence", "person_key", "state", "end_reason", "ended_at")
    last = {number: person for number, person, *end in said if rests_until(*end) > now}
    hashes = Evidence.objects.filter(pk__in=last).values_list("pk", "hash")
    return {(last[number], digest) for number, digest in hashes}
