"""The question to the citizen, its answer, and what becomes of a chain whose consent falls."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.deadlines import due
from helhed.coordination.handover.chain.ending import REFUSED, UNANSWERED, WITHDRAWN, end
from helhed.coordination.handover.chain.gathering import held_consent, held_consents, named, terms_of
from helhed.coordination.handover.chain.models import OVER, Chain, Step
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.standing import PLAN, Standing, covers
from helhed.sharing.refusal import Refused

RESTING = ("consented", "decided", "offered", "refused", "accepted")
"""The states in which a hand-over rests on a consent."""


def moved(chains: Sequence[Chain], state: str, by: Actor, **said: Any) -> dict[UUID, Step]:
    """Let hand-overs come to a state, with the deadline of its next step. `changed`: what else changes, by chain."""
    terms, today = terms_of(chains), timezone.localdate()
    changed = said.pop("changed", {})
    columns = {
        chain.pk: {
            "due_on": due(terms[chain.adoption], state, today),
            "escalated_at": None,
            **changed.get(chain.pk, {}),
        }
        for chain in chains
    }
    return steps.enter_many(chains, state, by=by, changed=columns, **said)


def rebound(chains: Sequence[Chain], consents: Mapping[UUID, Standing]) -> dict[UUID, dict[str, UUID]]:
    """The consents that chains go over to, where another than the one they rest on holds now."""
    found = {chain.pk: consents[chain.pk].id for chain in chains if chain.pk in consents}
    return {
        chain.pk: {"consent": found[chain.pk]}
        for chain in chains
        if found.get(chain.pk, chain.consent) != chain.consent
    }


def assessed(chains: Sequence[Chain], by: Actor) -> None:
    """Both halves are in: the citizens are to be asked, unless a consent to the receiving unit holds already."""
    if not chains:
        return
    moved(chains, "assessed", by)
    consents = held_consents(chains)
    _consented([chain for chain in chains if chain.pk in consents], consents, by)


def bound(chains: Sequence[Chain], consents: Mapping[UUID, UUID], by: Actor, how: str) -> None:
    """The chains wait for the answers to these questions, by chain, or go on where one was answered with yes."""
    asked = Consent.objects.in_bulk([consents[chain.pk] for chain in chains])
    names = named(asked)
    each = {chain.pk: {"pinned": _asked(asked[consents[chain.pk]], names, how)} for chain in chains}
    changed = {chain.pk: {"consent": consents[chain.pk]} for chain in chains}
    moved(chains, "asked", by, each=each, changed=changed)
    for chain in chains:
        if asked[chain.consent].state == "given":
            hear(chain, by)


def fit_to_ask(chain: Chain, consent: Consent | None) -> None:
    """Refused unless the question is put to the chain's citizen, about the joint plan with the receiving unit, and open."""
    if (
        consent is None
        or (consent.person_key, consent.kind) != (chain.person_key, PLAN)
        or not any(covers(unit, chain.to_unit) for unit in consent.recipients)
    ):
        raise Refused(_("Spørgsmålet handler ikke om at flytte denne borger til den modtagende enhed."))
    if consent.state not in ("requested", "given"):
        raise Refused(_("Spørgsmålet er allerede besvaret eller lukket."))


def unheard() -> list[UUID]:
    """The chains whose consent is not as they rest on it."""
    rows = Consent.objects.filter(pk=OuterRef("consent"))
    waits, gone = ~Q(state="requested"), ~Q(state="given")
    chains = Chain.objects.filter(
        Q(Exists(rows.filter(waits)), state="asked") | Q(Exists(rows.filter(gone)), state__in=RESTING),
        direction=OVER,
    )
    return list(chains.order_by("opened_at", "pk").values_list("pk", flat=True))


def hear(chain: Chain, by: Actor) -> bool:
    """Take note of what became of the consent a held chain waits for or rests on. Answers whether it changed the chain."""
    if chain.direction != OVER or chain.state not in ("asked", *RESTING):
        return False
    consent = held_consent(chain)
    if consent is not None:
        return _goes_on(chain, consent, by)
    state = Consent.objects.values_list("state", flat=True).get(pk=chain.consent)
    if state == "requested":
        return False
    asked = chain.state == "asked"
    reason = REFUSED if state == "refused" else UNANSWERED if asked and state == "expired" else WITHDRAWN
    end(chain, "declined", by=by, reason=reason)
    return True


def _goes_on(chain: Chain, consent: Standing, by: Actor) -> bool:
    if chain.state == "asked":
        _consented([chain], {chain.pk: consent}, by)
        return True
    if consent.id == chain.consent:
        return False
    pinned = {"consent": named([consent.id])[consent.id]}
    steps.take(chain, "noted", by=by, reason="renewed", pinned=pinned)
    chain.consent = consent.id
    chain.save(update_fields=["consent", "steps"])
    return True


def _consented(chains: Sequence[Chain], consents: Mapping[UUID, Standing], by: Actor) -> None:
    names = named(consents[chain.pk].id for chain in chains)
    each = {chain.pk: {"pinned": _given(consents[chain.pk], names)} for chain in chains}
    changed = {chain.pk: {"consent": consents[chain.pk].id} for chain in chains}
    moved(chains, "consented", by, each=each, changed=changed)


def _asked(consent: Consent, names: Mapping[UUID, Mapping[str, str]], how: str) -> dict[str, Any]:
    notice = f"{consent.notice_key} v{consent.notice_version}"
    return {"consent": names[consent.pk], "notice": notice, "text": consent.notice_hash, "how": how}


def _given(consent: Standing, names: Mapping[UUID, Mapping[str, str]]) -> dict[str, Any]:
    return {"consent": names[consent.id], "from": consent.valid_from, "to": consent.valid_to}
