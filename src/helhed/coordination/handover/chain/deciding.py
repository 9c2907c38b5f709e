"""The decision: the criteria looked at anew, the gate asked, and all of it pinned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import gates, steps
from helhed.coordination.handover.chain.acting import sorted_out
from helhed.coordination.handover.chain.evidence import fresh_of
from helhed.coordination.handover.chain.gathering import around, held_consents, inputs_of, named, said
from helhed.coordination.handover.chain.models import Chain, Evidence
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.standing import Standing
from helhed.sharing.refusal import Refused

Pins = dict[str, Any]


class NotYet(Refused):
    """Nothing is wrong with the hand-over, but it cannot take effect before its day, or before the rest of the family is
    accepted: the program's rounds let it when that has come."""


def decided(
    chains: Sequence[Chain], by: Actor, effective_on: date, note: str
) -> tuple[list[Chain], dict[UUID, Refused | NoAccess]]:
    """Let held chains be decided, effective from a day at the earliest. Answers which were, and what the others lack."""
    consents, evidence, known = held_consents(chains), fresh_of(chains), around(chains)
    names = named(one.id for one in consents.values())
    pins: dict[UUID, Pins] = {}

    def fit(chain: Chain) -> None:
        found, consent = evidence.get(chain.person_key), consents.get(chain.pk)
        inputs = inputs_of(chain, found, consent, effective_on, known)
        _within(consent, effective_on)
        pins[chain.pk] = passed(inputs, found, names[consent.id] if consent else None)

    fitting, lacking = sorted_out(chains, fit)
    changed = {
        chain.pk: {
            "evidence": evidence[chain.person_key].pk,
            "consent": consents[chain.pk].id,
            "effective_on": effective_on,
            "from_unit": chain.from_unit,
            "escalated_at": None,
        }
        for chain in fitting
    }
    each = {chain.pk: {"pinned": pins[chain.pk], "unit": chain.from_unit} for chain in fitting}
    steps.enter_many(fitting, "decided", by=by, note=note, each=each, changed=changed)
    return fitting, lacking


def passed(inputs: Pins, evidence: Evidence | None, consent: Mapping[str, str] | None) -> Pins:
    """What a step that passed the gate pins: the gate's inputs and outcome, evidence and consent. Refused where it says no,
    NotYet where all it lacks is the rest of the family."""
    outcome = gates.decide(inputs)
    if outcome.lacking == ("family",):
        raise NotYet(lack("family"))
    if not outcome.move or evidence is None:
        raise Refused(lack(outcome.lacking[0]))
    gate = {"inputs": inputs, "move": outcome.move, "lacking": list(outcome.lacking)}
    return {**said(evidence), "consent": consent, "ground": inputs["ground"], "gate": gate}


def _within(consent: Standing | None, day: date) -> None:
    """Refused where the consent ends before the day: the hand-over would come to nothing while everybody waits for it."""
    if consent is not None and consent.valid_to is not None and day >= timezone.localdate(consent.valid_to):
        words = {"day": date_format(timezone.localdate(consent.valid_to), "DATE_FORMAT")}
        raise Refused(_("Borgerens samtykke gælder til %(day)s. Vælg en dag før det.") % words)


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
        "family": _(
            "Hele familien flytter samlet. Den anden forælders overdragelse er ikke nået så langt endnu."
        ),
        "family-again": _(
            "Den anden forælders overdragelse er standset. Tag igen stilling til, om familien skal flytte samlet."
        ),
        "day": _("Dagen for overdragelsen kan ikke ligge før i dag."),
    }[code]
