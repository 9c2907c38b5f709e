"""Who is told of a step: the units it concerns, once each, and the citizen by letter."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain.models import Chain, Message, Step
from helhed.coordination.handover.letters.actions import Draft, write, write_many
from helhed.sharing.clock import moment


def tell(chain: Chain, step: Step, what: str, *units: str, to_leader: bool = False) -> None:
    """Tell units of a step, each once. `to_leader`: it waits for the unit's leader, not for its caseworkers."""
    tell_each([(chain, step, units)], what, to_leader=to_leader)


def tell_each(
    told: Iterable[tuple[Chain, Step, Sequence[str]]], what: str, *, to_leader: bool = False
) -> None:
    """The same of several chains at once: each with its step and the units to be told."""
    rows = [
        Message(chain=chain, step=step, unit=unit, what=what, to_leader=to_leader)
        for chain, step, units in told
        for unit in dict.fromkeys(units)
    ]
    Message.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def settle(chain: Chain, *, by: Actor, what: Iterable[str]) -> None:
    """What units were told of a chain and waited for is done: somebody has acted on it."""
    settle_each([chain], by=by, what=what)


def settle_each(chains: Sequence[Chain], *, by: Actor, what: Iterable[str]) -> None:
    """The same of several chains at once."""
    if not chains:
        return
    waiting = Message.objects.filter(
        chain__in=[chain.pk for chain in chains], what__in=tuple(what), done_at__isnull=True
    )
    waiting.update(done_at=moment(), done_by=by.username)


def letter(chain: Chain, step: Step, kind: str, *, by: Actor, unit: str, words: Mapping[str, Any]) -> None:
    """A letter from a unit to the citizen about a step; none to one who has died."""
    if chain.cause == "death":
        return
    write(by=by, person=chain.person_key, kind=kind, words=words, unit=unit, chain=chain.pk, step=step.pk)


def letters(written: Sequence[tuple[Chain, Step, Mapping[str, Any]]], kind: str, *, by: Actor) -> None:
    """Letters of one kind from the units that hand over, each about a chain's step, with its words."""
    drafts: dict[str, list[Draft]] = {}
    for chain, step, words in written:
        draft = Draft(chain.person_key, words, step.pk, chain.pk)
        drafts.setdefault(chain.from_unit, []).append(draft)
    for unit, each in drafts.items():
        write_many(by=by, kind=kind, unit=unit, letters=each)
