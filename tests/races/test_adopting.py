"""Two proposals of the same model for the same days, approved at once: one is in use, and the other is refused."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

from django.db import connection
from django.utils import timezone

from helhed.coordination.handover.adoption import actions
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.terms import Terms
from helhed.sharing.refusal import Refused
from pages.world import World, user

ROUNDS = 8


def test_one_of_two_approved_at_once_is_in_use(world: World):
    for turn in range(ROUNDS):
        proposals = [_proposed(turn), _proposed(turn)]
        barrier, outcome = Barrier(2), []
        presses = [Thread(target=_approve, args=(each, barrier, outcome)) for each in proposals]
        for press in presses:
            press.start()
        for press in presses:
            press.join()
        assert sorted(outcome) == ["approved", "refused"]
        assert AdoptedModel.objects.filter(pk__in=proposals, state="approved").count() == 1


def _proposed(turn: int) -> UUID:
    first = timezone.localdate() + timedelta(days=1000 + 40 * turn)
    terms = Terms(
        model="2B",
        mode="trial",
        valid_from=first,
        valid_to=first + timedelta(days=30),
        receiving="sof/driftscenter-1",
        ground="LOV-1750-2025",
        reason="To forslag på samme tid.",
    )
    return actions.propose(by=user("birgit"), terms=terms)


def _approve(adoption: UUID, barrier: Barrier, outcome: list[str]) -> None:
    lene = user("lene")
    barrier.wait()
    try:
        actions.approve(by=lene, adoption=adoption)
        outcome.append("approved")
    except Refused:
        outcome.append("refused")
    finally:
        connection.close()
