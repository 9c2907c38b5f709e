"""Verbs of a hand-over, in the order they follow each other. Each holds the chain first, then what it rests on."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.audit.appending import together
from helhed.coordination.handover.adoption.standing import adopted
from helhed.coordination.handover.chain import consenting, effecting, proposing, receiving, steps
from helhed.coordination.handover.chain.acting import held, held_each, leads, must_be_of, sorted_out, standing
from helhed.coordination.handover.chain.assessing import Answers, check, exemption
from helhed.coordination.handover.chain.deciding import decided
from helhed.coordination.handover.chain.ending import ASKED, end
from helhed.coordination.handover.chain.gates import FAMILY
from helhed.coordination.handover.chain.gathering import MOVES, assessments
from helhed.coordination.handover.chain.models import BACK, OPEN, OVER, UNACCEPTED, Chain
from helhed.coordination.handover.chain.moving import sides
from helhed.coordination.handover.chain.offering import offer
from helhed.coordination.handover.chain.returning import STOPPABLE
from helhed.coordination.handover.chain.seals import about, seals
from helhed.coordination.handover.chain.telling import letter, settle, settle_each, tell
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.refusal import Refused

Turned = dict[UUID, Refused | NoAccess]
"""Chains that an act on several left as they were, each with why."""
TARGET, INFORMATION, CAPACITY = "maalgruppe", "oplysninger", "kapacitet"
REFUSALS = (TARGET, INFORMATION, CAPACITY)
"""Why a unit says no: not of its target group; something is missing; no room now."""
CANCELS = ("fejl", "andet-forloeb", "aftale", "oenske", "kapacitet")
"""Why one is cancelled: a mistake; another course began; the units agree; the citizen wishes it; no room."""


@transaction.atomic
def propose(*, by: Actor, adoption: UUID, people: Sequence[UUID]) -> int:
    """Propose those of these citizens whose criteria are true under an adopted model; answers how many.

    Left out: who has an open chain, who is moved already, and who was exempted, said no or was cancelled on the same
    evidence and is to be left in peace for a time yet (quiet.yaml). Refused where the model moves no responsibility.
    """
    terms = adopted(adoption)
    if terms.transfer_type != MOVES:
        raise Refused(_("En fælles indgang flytter ikke ansvar, så der er intet at foreslå."))
    chains = proposing.write(terms, proposing.fit(terms, people), by)
    note(by=by, action="handover-propose", object=f"{len(chains)} under {terms.model} {adoption}")
    return len(chains)


@transaction.atomic
def assess(*, by: Actor, chain: UUID, side: str, answers: Answers) -> None:
    """One side's half of the assessment ("bif" or "sof"). An exemption ends the chain; with both halves in it goes on, and
    past the question where a consent to the receiving unit holds already."""
    _one(assess_each(by=by, chains=[chain], side=side, answers=answers))


@transaction.atomic
def assess_each(*, by: Actor, chains: Collection[UUID], side: str, answers: Answers) -> Turned:
    """The same answers for several chains. Answers which were turned away, and why."""
    reason = exemption(answers)
    rows, turned = _fit(by, chains, "proposed", lambda row: (sides(row).get(side, ""),))
    rows, more = sorted_out(rows, lambda row: check(side, answers, row.family is not None))
    turned |= more
    said = {chain.pk: {"unit": sides(chain)[side]} for chain in rows}
    pinned = {"answers": dict(answers.said)}
    steps.take_many(
        rows, f"assessed-{side}", by=by, each=said, reason=reason, note=answers.note, pinned=pinned
    )
    _note(by, "assess", rows, f"{side} {reason}".strip())
    if reason:
        for row in rows:
            end(row, "exempted", by=by, reason=reason)
        return turned
    there = assessments(rows)
    both = [row for row in rows if set(there[row.pk]) == set(sides(row))]
    steps.save_each([row for row in rows if row not in both], ["steps"])
    settle_each(both, by=by, what=("proposed",))
    consenting.assessed(both, by)
    return turned


@transaction.atomic
def assess_family(*, by: Actor, chain: UUID, whole: bool, note: str) -> None:
    """SOF answers anew, until it takes effect, whether the whole family's case moves together; the rest of its half stands."""
    row = held(chain)
    standing(row, *(("assessed", *ASKED) if row.direction == OVER else ()))
    must_be_of(by, row.to_unit)
    if row.family is None or not note.strip():
        raise Refused(_("Skriv, hvorfor familien skal flytte samlet eller hver for sig."))
    answers = {**assessments([row])[row.pk]["sof"], FAMILY: whole}
    steps.take(row, "assessed-sof", by=by, unit=row.to_unit, note=note, pinned={"answers": answers})
    row.save(update_fields=["steps"])
    _note(by, "assess", [row], "family")


@transaction.atomic
def bind(*, by: Actor, chain: UUID, consent: UUID, how: str = "portal") -> None:
    """Tie the question that was put to the citizen to the chain; its answer carries the chain on. `how` the citizen was
    asked: "portal" or "letter". Refused for a question of another kind, to another citizen or about another unit."""
    _one(bind_each(by=by, consents={chain: consent}, how=how))


@transaction.atomic
def bind_each(*, by: Actor, consents: Mapping[UUID, UUID], how: str = "portal") -> Turned:
    """The same for several chains, each with its question. Answers which were turned away, and why."""
    asked = Consent.objects.in_bulk(set(consents.values()))
    rows, turned = _fit(by, consents, "assessed", lambda row: (row.from_unit, row.to_unit))
    rows, more = sorted_out(rows, lambda row: consenting.fit_to_ask(row, asked.get(consents[row.pk])))
    consenting.bound(rows, consents, by, how)
    _note(by, "ask", rows, how)
    return turned | more


def hear_answers(*, by: Actor) -> int:
    """Carry on chains whose question was answered, and end those whose consent fell before they took effect. Answers how
    many changed; each in a transaction of its own."""
    return sum(_hear(by, chain) for chain in consenting.unheard())


@transaction.atomic
def decide(*, by: Actor, chain: UUID, effective_on: date, note: str = "") -> None:
    """Decide that the citizen moves, on evidence made anew, and offer the citizen to the receiving unit in the same act.
    Refused, with what is lacking, where the gate says no."""
    _one(decide_each(by=by, chains=[chain], effective_on=effective_on, note=note))


@transaction.atomic
def decide_each(*, by: Actor, chains: Collection[UUID], effective_on: date, note: str = "") -> Turned:
    """The same for several chains. Answers which were turned away, and what they lack."""
    rows, turned = _fit(by, chains, "consented", lambda row: (row.from_unit,))
    rows, lacking = decided(rows, by, effective_on, note)
    offer(rows, by=by)
    _note(by, "decide", rows, effective_on.isoformat())
    return turned | lacking


@transaction.atomic
def accept(*, by: Actor, chain: UUID, on_behalf: bool = False) -> None:
    """The receiving unit takes over from the day decided. `on_behalf`: its leader does it for a unit that lets it lie; a
    return that is overdue may be accepted by the leader of either unit."""
    _one(accept_each(by=by, chains=[chain], on_behalf=on_behalf))


@transaction.atomic
def accept_each(*, by: Actor, chains: Collection[UUID], on_behalf: bool = False) -> Turned:
    """The same for several chains. Answers which were turned away, and why."""
    rows, turned = sorted_out(held_each(chains), lambda row: receiving.fit(row, by, on_behalf))
    rows, lacking = receiving.accepted(rows, by, on_behalf)
    _note(by, "accept", rows, "on behalf" if on_behalf else "")
    return turned | lacking


@transaction.atomic
def refuse(*, by: Actor, chain: UUID, reason: str, note: str) -> None:
    """The receiving unit says no, for one of REFUSALS: not of the target group (assessed again), something missing (the
    sender supplies it), no room (both leaders are told at once). A return cannot be refused."""
    row = held(chain)
    standing(row, "offered")
    must_be_of(by, row.to_unit)
    if row.direction == BACK:
        raise Refused(_("En tilbageførsel kan ikke afvises. Send den videre til den rette enhed i BIF."))
    if reason not in REFUSALS or not note.strip():
        raise Refused(_("Vælg en grund, og skriv med egne ord, hvorfor enheden siger nej."))
    step = consenting.moved([row], "refused", by, reason=reason, note=note, unit=row.to_unit)[row.pk]
    ledger.close_offer(by=by, ref=row.pk)
    settle(row, by=by, what=("offered",))
    told = (row.from_unit, row.to_unit) if reason == CAPACITY else (row.from_unit,)
    tell(row, step, "refused", *told, to_leader=reason == CAPACITY)
    words = {"from_unit": row.from_unit, "to_unit": row.to_unit, "reason": reason}
    letter(row, step, "delayed", by=by, unit=row.from_unit, words=words)
    _note(by, "refuse", [row], reason)


@transaction.atomic
def answer(*, by: Actor, chain: UUID, note: str) -> None:
    """Answer a refusal: the assessment is made again, or the citizen is offered again with what was missing. Where there
    was no room a leader of either unit decides that it is offered again."""
    row = held(chain)
    standing(row, "refused")
    reason = row.taken.filter(kind="refused").order_by("-number").values_list("reason", flat=True).first()
    if reason == CAPACITY and not leads(by, row.from_unit, row.to_unit):
        raise NoAccess(_("Når der ikke er plads, er det en leder i en af de to enheder, der afgør det."))
    must_be_of(by, row.from_unit, row.to_unit) if reason == CAPACITY else must_be_of(by, row.from_unit)
    if not note.strip():
        raise Refused(_("Skriv, hvad du svarer enheden."))
    steps.take(row, "answered", by=by, note=note, reason=reason or "")
    settle(row, by=by, what=("refused", "overdue"))
    if reason == TARGET:
        step = consenting.moved([row], "proposed", by)[row.pk]
        tell(row, step, "proposed", row.from_unit, row.to_unit)
    else:
        offer([row], by=by)
    _note(by, "answer", [row], reason or "")


@transaction.atomic
def cancel(*, by: Actor, chain: UUID, reason: str, note: str) -> None:
    """Stop a chain before it takes effect, for one of CANCELS. A return that the law or the citizen's withdrawal demands
    cannot be stopped."""
    row = held(chain)
    standing(row, *OPEN)
    must_be_of(by, row.from_unit, row.to_unit)
    if reason not in CANCELS or not note.strip():
        raise Refused(_("Vælg en grund, og skriv med egne ord, hvorfor overdragelsen standses."))
    if row.direction == BACK and row.cause not in STOPPABLE:
        raise Refused(_("Tilbageførslen skal gennemføres, fordi grundlaget for overdragelsen er væk."))
    end(row, "cancelled", by=by, reason=reason, note=note)
    _note(by, "cancel", [row], reason)


@transaction.atomic
def lapse(
    *,
    by: Actor,
    chain: UUID,
    reason: str,
    note: str = "",
    rests: Mapping[str, UUID] | None = None,
    pinned: Mapping[str, Any] | None = None,
) -> None:
    """End a chain that has not taken effect because its criteria are not true any more (`lapsed`) or its model is not in
    use any more (`end-of-model`); a return that nobody has accepted, because what it was opened for went away. `rests`: the
    new "evidence" or "consent" that says so; `pinned`: how the step names it."""
    row = held(chain)
    standing(row, *(UNACCEPTED if row.direction == BACK else OPEN))
    end(row, "lapsed", by=by, reason=reason, note=note, rests=rests, pinned=pinned)
    _note(by, "lapse", [row], reason)


def effect(*, by: Actor, chain: UUID) -> bool:
    """Let responsibility move, with all the parts carry, at this moment; of a family whose whole case moves, that of all its
    parents or of none. False where consent or criteria have fallen: the chain, or that of another parent, has then ended
    instead. Refused where the gate says no; NotYet before its day, and before the rest of the family is accepted.
    """
    return _effect(by, chain) > 0


def effect_due(*, by: Actor) -> int:
    """Make effective what was accepted and whose day has come, each in a transaction of its own, a family in one. Answers how
    many moved."""
    due = Chain.objects.filter(state="accepted", effective_on__lte=timezone.localdate())
    rows = list(due.order_by("effective_on", "pk").values_list("pk", flat=True))
    return sum(_effect_if_due(by, chain) for chain in rows)


def _effect_if_due(by: Actor, chain: UUID) -> int:
    try:
        return _effect(by, chain)
    except Refused:
        return 0


@transaction.atomic
def _effect(by: Actor, chain: UUID) -> int:
    """Answers how many moved."""
    rows = effecting.together(chain)
    asked = next(row for row in rows if row.pk == chain)
    must_be_of(by, asked.from_unit, asked.to_unit)
    ready = [row for row in rows if row.state == "accepted" or row is asked]
    done = effecting.effect(ready, asked, by)
    _note(by, "effective" if done else "not-effective", ready)
    return len(ready) if done else 0


@transaction.atomic
def _hear(by: Actor, chain: UUID) -> bool:
    row = held(chain)
    before = row.state
    heard = consenting.hear(row, by)
    if heard:
        _note(by, "hear", [row], f"{before} → {row.state}")
    return heard


def _fit(
    by: Actor, chains: Iterable[UUID], state: str, units: Callable[[Chain], Iterable[str]]
) -> tuple[list[Chain], Turned]:
    """The chains, held, that stand in a state and whose turn it is for the actor's line; and why the others are turned away."""

    def fit(row: Chain) -> None:
        standing(row, state)
        if row.direction == BACK:
            raise Refused(
                _("En tilbageførsel vurderes og besluttes ikke. Den skal have et notat og tages imod.")
            )
        must_be_of(by, *units(row))

    return sorted_out(held_each(chains), fit)


def _one(turned: Turned) -> None:
    for refusal in turned.values():
        raise refusal


def _note(by: Actor, what: str, rows: Iterable[Chain], more: str = "") -> None:
    told = list(rows)
    newest = seals(told)
    with together():
        for row in told:
            note(
                by=by,
                action=f"handover-{what}",
                person_key=row.person_key,
                object=about(row, more, newest[row.pk]),
                fields={"handover"},
            )
