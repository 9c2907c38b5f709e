"""From what stands now to the inputs of the gate."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.chain.models import Chain, Evidence, Step
from helhed.coordination.handover.chain.moving import follow
from helhed.sharing.consent.models import Record
from helhed.sharing.consent.standing import Standing, holding_for_handover

MOVES = "ressortflyt"


def inputs_of(
    chain: Chain, evidence: Evidence | None, consent: Standing | None, effective_on: date
) -> dict[str, Any]:
    """All the gate asks for, as plain values. The holdings are kept as they are until the transaction ends."""
    today = timezone.localdate()
    adopted = adoption.adopted(chain.adoption)
    in_use = adoption.in_use(chain.model, today)
    return {
        "day": today.isoformat(),
        "effective_on": effective_on.isoformat(),
        "criteria": evidence.verdict if evidence else "unknown",
        "assessed": assessments(chain),
        "consent": _consent(consent),
        "adoption": {
            "id": str(adopted.id),
            "mode": adopted.mode,
            "in_use": in_use is not None and in_use.id == adopted.id,
            "moves": adopted.transfer_type == MOVES,
        },
        "ground": adopted.ground,
        "holder": follow(chain, lock=True),
    }


def held_consent(chain: Chain) -> Standing | None:
    """The consent that lets the receiving unit take over, kept as it is until the transaction ends: the one the chain was
    bound to, or else the newest."""
    held = holding_for_handover(chain.person_key, chain.to_unit)
    bound = [one for one in held if one.id == chain.consent]
    return (bound or held or [None])[-1]


def assessments(chain: Chain) -> dict[str, Mapping[str, bool]]:
    """What each side answered last, since the chain was last proposed."""
    since = Step.objects.filter(chain=chain, kind="proposed").aggregate(Max("number"))["number__max"] or 0
    halves = Step.objects.filter(chain=chain, kind__in=["assessed-bif", "assessed-sof"], number__gt=since)
    rows = halves.order_by("number").values_list("kind", "pinned")
    return {kind.removeprefix("assessed-"): pinned["answers"] for kind, pinned in rows}


def named(consent: UUID) -> dict[str, str]:
    """A consent as it is pinned: which, and the hash of its newest record."""
    record = (
        Record.objects.filter(consent=consent).order_by("-version").values_list("hash", flat=True).first()
    )
    return {"id": str(consent), "record": record or ""}


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


def _consent(consent: Standing | None) -> dict[str, Any]:
    if consent is None:
        return {}
    return {"id": str(consent.id), "in_force": True, "covers": True, "recipients": list(consent.recipients)}
