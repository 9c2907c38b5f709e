"""Who is told of a step: the units it concerns, once each, and the citizen by letter."""

from collections.abc import Iterable, Mapping
from typing import Any

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain.models import Chain, Message, Step
from helhed.coordination.handover.letters.actions import write
from helhed.sharing.clock import moment


def tell(chain: Chain, step: Step, what: str, *units: str, to_leader: bool = False) -> None:
    """Tell units of a step, each once. `to_leader`: it waits for the unit's leader, not for its caseworkers."""
    told = dict.fromkeys(units)
    rows = [Message(chain=chain, step=step, unit=unit, what=what, to_leader=to_leader) for unit in told]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def settle(chain: Chain, *, by: Actor, what: Iterable[str]) -> None:
    """What units were told of a chain and waited for is done: somebody has acted on it."""
    waiting = Message.objects.filter(chain=chain, what__in=tuple(what), done_at__isnull=True)
    waiting.update(done_at=moment(), done_by=by.username)


def letter(chain: Chain, step: Step, kind: str, *, by: Actor, unit: str, words: Mapping[str, Any]) -> None:
    """A letter from a unit to the citizen about a step."""
    write(by=by, person=chain.person_key, kind=kind, words=words, unit=unit, chain=chain.pk, step=step.pk)
