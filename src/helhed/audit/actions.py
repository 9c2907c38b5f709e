"""The one verb of the log."""

from collections.abc import Iterable
from typing import Protocol, TypedDict, Unpack
from uuid import UUID

from helhed.audit.appending import append
from helhed.audit.covering import cover, deny
from helhed.audit.models import Event
from helhed.audit.requests import current


class Actor(Protocol):
    """Anyone who can stand in the log: accounts.User, or SYSTEM for the program itself."""

    username: str
    role: str
    unit: str


class System:
    """The program acting on its own: counting after a delivery, the worker, the demo."""

    username = "system"
    role = "system"
    unit = ""


SYSTEM = System()


class RestsOn(TypedDict, total=False):
    """What a line rests on, where it rests on anything."""

    decision: UUID | None
    mandate: UUID | None


def note(
    *,
    by: Actor,
    action: str,
    person_key: UUID | None = None,
    object: str = "",
    purpose: str = "",
    ground: str = "",
    fields: Iterable[str] = (),
    outcome: str = "allowed",
    **rests: Unpack[RestsOn],
) -> Event:
    """Append one line in the caller's transaction and answer it.

    `fields` are the categories of information shown or changed (kinds of facts, never contents). What it
    rests on may be named: the `decision` of the policy, and the `mandate` under which `by` acted for the person.
    """
    if (decision := rests.get("decision")) is not None:
        cover(decision)
    if outcome == "denied":
        deny()
    line = Event(
        actor=by.username,
        actor_role=by.role,
        actor_unit=by.unit,
        action=action,
        person_key=person_key,
        object=object,
        purpose=purpose,
        ground=ground,
        fields=sorted(fields),
        outcome=outcome,
        request_id=current.get(),
        **rests,
    )
    append(line)
    return line
