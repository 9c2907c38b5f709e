"""The decision: the criteria looked at anew, the gate asked, and all of it pinned."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import gates, steps
from helhed.coordination.handover.chain.evidence import fresh
from helhed.coordination.handover.chain.gathering import held_consent, inputs_of, named, said
from helhed.coordination.handover.chain.models import Chain, Evidence
from helhed.sharing.consent.standing import Standing
from helhed.sharing.refusal import Refused


def decision(chain: Chain, *, by: Actor, effective_on: date, note: str) -> None:
    """Let a held chain be decided, effective from a day at the earliest. Refused, with what is lacking."""
    consent = held_consent(chain)
    evidence = fresh(chain.person_key, chain.model)
    inputs = inputs_of(chain, evidence, consent, effective_on)
    pinned = passed(inputs, evidence, consent)
    changed = {
        "evidence": evidence.pk,
        "consent": consent.id,
        "effective_on": effective_on,
        "from_unit": chain.from_unit,
        "escalated_at": None,
    }
    steps.enter(chain, "decided", by=by, unit=chain.from_unit, note=note, pinned=pinned, changed=changed)


def passed(inputs: dict[str, Any], evidence: Evidence | None, consent: Standing | None) -> dict[str, Any]:
    """What a step that passed the gate pins: the gate's inputs and outcome, evidence and consent. Refused where it says no."""
    outcome = gates.decide(inputs)
    if not outcome.move or evidence is None or consent is None:
        raise Refused(lack(outcome.lacking[0]))
    gate = {"inputs": inputs, "move": outcome.move, "lacking": list(outcome.lacking)}
    return {**said(evidence), "consent": named(consent.id), "ground": inputs["ground"], "gate": gate}


def lack(code: str) -> str:
    """What is lacking, in a sentence."""
    return {
        "criteria": _("Kriterierne for modellen er ikke opfyldt efter det, der er kendt i dag."),
        "bif": _("Beskæftigelses- og Integrationsforvaltningen mangler sin del af vurderingen."),
        "sof": _("Socialforvaltningen mangler sin del af vurderingen."),
        "exempted": _("En konkret grund i vurderingen taler imod, at borgeren flyttes."),
        "consent": _("Borgerens samtykke gælder ikke længere, så overdragelsen kan ikke fortsætte."),
        "model": _("Modellen er ikke i brug i dag."),
        "ground": _("Der er intet retsgrundlag for modellen."),
        "holder": _("Den afgivende forvaltning har ikke længere ansvaret for borgeren."),
        "day": _("Dagen for overdragelsen kan ikke ligge før i dag."),
    }[code]
