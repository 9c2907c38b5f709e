"""Steps of a chain: taken once, numbered, each sealed with the hash of the one before."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain.models import Chain, Step
from helhed.sharing.clock import moment


def take(
    chain: Chain,
    kind: str,
    *,
    by: Actor,
    unit: str = "",
    reason: str = "",
    note: str = "",
    pinned: Mapping[str, Any] | None = None,
    on_behalf: bool = False,
) -> Step:
    """Write the next step of a chain that is held by the caller, or new. `pinned`: plain values it rested on.

    The chain's number of steps goes up with it; the caller saves the chain (`enter` does both). `unit` is the one it was
    done for; the actor's own unless told.
    """
    said = {"unit": unit, "reason": reason, "note": note, "pinned": pinned, "on_behalf": on_behalf}
    step = made(chain, kind, by=by, number=chain.steps + 1, before=_newest(chain), at=moment(), **said)
    step.save(force_insert=True)
    chain.steps = step.number
    return step


def made(chain: Chain, kind: str, *, by: Actor, number: int, before: str, at: datetime, **said: Any) -> Step:
    """A step that is not written yet, with its hash."""
    step = Step(
        chain=chain,
        number=number,
        kind=kind,
        at=at,
        by=by.username,
        unit=said.get("unit") or by.unit,
        on_behalf=said.get("on_behalf", False),
        reason=said.get("reason", ""),
        note=(said.get("note") or "").strip(),
        pinned=json.loads(canonical(said.get("pinned") or {})),
        before=before,
    )
    step.hash = digest(step)
    return step


def enter(
    chain: Chain, state: str, *, by: Actor, changed: Mapping[str, Any] | None = None, **said: Any
) -> Step:
    """Take the step of this name and let the chain stand there, with what else of it changes."""
    step = take(chain, state, by=by, **said)
    columns = {"state": state, "steps": chain.steps, **(changed or {})}
    for name, value in columns.items():
        setattr(chain, name, value)
    chain.save(update_fields=list(columns))
    return step


def digest(step: Step) -> str:
    """The hash a step must have: SHA-256 over canonical JSON of all it says and the hash of the step before."""
    said = {
        "chain": str(step.chain_id),
        "number": step.number,
        "kind": step.kind,
        "at": step.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": step.by,
        "unit": step.unit,
        "on_behalf": step.on_behalf,
        "reason": step.reason,
        "note": step.note,
        "pinned": step.pinned,
        "before": step.before,
    }
    return sha256(canonical(said).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with keys in order and no spaces; days, moments and keys as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _newest(chain: Chain) -> str:
    if chain.steps == 0:
        return ""
    return Step.objects.values_list("hash", flat=True).get(chain=chain, number=chain.steps)
