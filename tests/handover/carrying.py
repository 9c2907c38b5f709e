"""A hand-over carried as far as a test needs it, by those whose turn it is."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from handover.world import FIVE, ONE, TWO, adopt, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain
from pages.world import user

FREE = {"bif": {"EX1": False, "EX3": False}, "sof": {"need": True, "EX2": False}}
"""Answers that let a citizen go on."""
WORKERS = {ONE: "soeren", TWO: "kim", FIVE: "maja"}
"""A caseworker of each receiving unit."""
STATES = ("proposed", "assessed", "asked", "consented", "offered", "accepted", "effective")


def propose(people: Sequence[UUID], adoption: AdoptedModel | None = None) -> list[Chain]:
    """These citizens proposed under 5A, adopted now unless told; in the order given."""
    terms = adoption or AdoptedModel.objects.filter(model="5A", state="approved").first() or adopt("5A")
    actions.propose(by=SYSTEM, adoption=terms.pk, people=people)
    return [Chain.objects.filter(person_key=person).latest("opened_at") for person in people]


def half(chain: Chain, side: str, note: str = "", **said: bool) -> None:
    """One side's half, answered so that the citizen goes on, except for what is said."""
    family = {"family": True} if chain.family and side == "sof" else {}
    by = user("bente" if side == "bif" else WORKERS[chain.to_unit])
    actions.assess(by=by, chain=chain.pk, side=side, answers=Answers(FREE[side] | family | said, note))


def carried(
    person: UUID, state: str, effective_on: date | None = None, adoption: AdoptedModel | None = None
) -> Chain:
    """A citizen's chain in a state, on the way there everything was as it should be."""
    [chain] = propose([person], adoption)
    carry(chain, state, effective_on)
    return chain


def carry(chain: Chain, state: str, effective_on: date | None = None, *, after: str = "proposed") -> None:
    """Carry a chain on to a state, from the one it has come to."""
    for step in STATES[STATES.index(after) + 1 : STATES.index(state) + 1]:
        _STEPS[step](chain, effective_on or timezone.localdate())
    chain.refresh_from_db()


def _assess(chain: Chain, _day: date) -> None:
    half(chain, "bif")
    half(chain, "sof")


def _ask(chain: Chain, _day: date) -> None:
    asked = consent(chain.person_key, to=chain.to_unit, answer="")
    actions.bind(by=user(WORKERS[chain.to_unit]), chain=chain.pk, consent=asked)


def _give(chain: Chain, _day: date) -> None:
    chain.refresh_from_db()
    consent(chain.person_key, asked=chain.consent)
    actions.hear_answers(by=SYSTEM)


def _decide(chain: Chain, day: date) -> None:
    actions.decide(by=user("bente"), chain=chain.pk, effective_on=day, note="Samlet indsats ét sted.")


def _accept(chain: Chain, _day: date) -> None:
    actions.accept(by=user(WORKERS[chain.to_unit]), chain=chain.pk)


def _effect(chain: Chain, _day: date) -> None:
    assert actions.effect(by=user(WORKERS[chain.to_unit]), chain=chain.pk)


_STEPS = {
    "assessed": _assess,
    "asked": _ask,
    "consented": _give,
    "offered": _decide,
    "accepted": _accept,
    "effective": _effect,
}
