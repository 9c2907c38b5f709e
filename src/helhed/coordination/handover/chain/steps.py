"""Steps of a chain: taken once, numbered, each sealed with the hash of the one before."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from helhed.audit.actions import Actor
from helhed.audit.canonical import canonical
from helhed.coordination.handover.chain.models import Chain, Step
from helhed.sharing.clock import moment

SAVED = SQL("UPDATE handover_chain c SET {} FROM unnest({}) AS v ({}) WHERE c.id = v.id")
NOTHING: Mapping[UUID, Mapping[str, Any]] = MappingProxyType({})


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
    return take_many([chain], kind, by=by, each={chain.pk: said})[chain.pk]


def take_many(
    chains: Sequence[Chain],
    kind: str,
    *,
    by: Actor,
    each: Mapping[UUID, Mapping[str, Any]] = NOTHING,
    **said: Any,
) -> dict[UUID, Step]:
    """The same step of several chains, in three queries. `said` is said of all of them, `each` of one beside it."""
    if not chains:
        return {}
    before, at = newest(chain for chain in chains if chain.steps), moment()
    taken = {}
    for chain in chains:
        words = {**said, **each.get(chain.pk, {})}
        number, last = chain.steps + 1, before.get(chain.pk, "")
        taken[chain.pk] = made(chain, kind, by=by, number=number, before=last, at=at, **words)
        chain.steps, chain.newest = number, (number, taken[chain.pk].hash)
    Step.objects.bulk_create(taken.values())
    return taken


def newest(chains: Iterable[Chain]) -> dict[UUID, str]:
    """The hash of the newest step of each chain; asked of the database only where it was not taken through this very row."""
    asked = {chain.pk: chain for chain in chains}
    taken = {pk: chain.newest[1] for pk, chain in asked.items() if chain.newest[0] == chain.steps > 0}
    if unknown := asked.keys() - taken.keys():
        rows = Step.objects.filter(chain__in=unknown).order_by("chain", "-number").distinct("chain")
        taken |= dict(rows.values_list("chain", "hash"))
    return taken


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
    return enter_many([chain], state, by=by, changed={chain.pk: changed or {}}, **said)[chain.pk]


def enter_many(
    chains: Sequence[Chain],
    state: str,
    *,
    by: Actor,
    changed: Mapping[UUID, Mapping[str, Any]] = NOTHING,
    **said: Any,
) -> dict[UUID, Step]:
    """The same of several chains, in few queries. `changed`: what else of each changes."""
    taken = take_many(chains, state, by=by, **said)
    for chain in chains:
        for name, value in {"state": state, **changed.get(chain.pk, {})}.items():
            setattr(chain, name, value)
    save_each(chains, {"state", "steps", *(name for each in changed.values() for name in each)})
    return taken


def save_each(chains: Sequence[Chain], names: Collection[str]) -> None:
    """Save these fields of chains, in one statement however many and however different."""
    if not chains:
        return
    fields = [Chain._meta.get_field(name) for name in ("id", *sorted(names))]
    listed = [
        [field.get_db_prep_save(getattr(chain, field.attname), connection) for chain in chains]
        for field in fields
    ]
    columns = [Identifier(field.column) for field in fields]
    given = [SQL("%s::{}[]").format(SQL(field.db_type(connection).split("(")[0])) for field in fields]
    becomes = [SQL("{} = v.{}").format(column, column) for column in columns[1:]]
    saved = SAVED.format(SQL(", ").join(becomes), SQL(", ").join(given), SQL(", ").join(columns))
    with connection.cursor() as cursor:
        cursor.execute(saved.as_string(None), listed)


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
