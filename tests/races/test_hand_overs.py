"""Hand-overs raced on several connections of a real server: whatever two do at once, it comes out as one of them.

A pair is one citizen whose hand-over has come to a state, and two acts that begin at the same moment. The citizens are made
for it and used up one by one.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from handover.carrying import carried
from handover.world import GKL, ONE, adopt, crowd, extended
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Cause, Chain, Message, Step
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.consent.actions import withdraw
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import standing
from helhed.sharing.refusal import Refused
from pages.world import World, user

PAIRS = 15
WHY = "neither changed|has ended|changes only|stays"
Act = Callable[[Chain], object]


@pytest.fixture(scope="module")
def citizens(lasting: World, tmp_path_factory) -> Iterator[UUID]:
    """Citizens in 5A who are not used yet."""
    folder = tmp_path_factory.mktemp("raced")
    extended(lasting, folder)
    adopt("5A")
    return iter(crowd(folder, 6 * PAIRS))


def accept(chain: Chain) -> object:
    return actions.accept(by=user("soeren"), chain=chain.pk)


def accept_too(chain: Chain) -> object:
    return actions.accept(by=user("signe"), chain=chain.pk)


def effect(chain: Chain) -> object:
    return actions.effect(by=SYSTEM, chain=chain.pk)


def cancel(chain: Chain) -> object:
    return actions.cancel(by=user("bente"), chain=chain.pk, reason="aftale", note="Vi venter til næste år.")


def take_back(chain: Chain) -> object:
    return withdraw(by=SYSTEM, consent=chain.consent)


def raced(citizens: Iterator[UUID], state: str, one: Act, other: Act) -> Iterator[tuple[Chain, bool, bool]]:
    """Pairs: the chain afterwards, and whether each act was done (and did not answer that it came to nothing)."""
    random = Random(7)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(PAIRS):
            chain = carried(next(citizens), state)
            gate = threading.Barrier(2)
            late = random.uniform(-0.01, 0.01)
            futures = [
                pool.submit(_begin, act, chain, gate, wait)
                for act, wait in ((one, max(0.0, late)), (other, max(0.0, -late)))
            ]
            done = [future.result() for future in futures]
            chain.refresh_from_db()
            yield chain, *done
        list(pool.map(lambda _: connections.close_all(), range(2)))


def _begin(act: Act, chain: Chain, gate: threading.Barrier, wait: float) -> bool:
    gate.wait()
    time.sleep(wait)
    try:
        return act(chain) is not False
    except Refused:
        return False


def casework(chain: Chain) -> str:
    return standing.holders(chain.person_key)["sagsbehandleransvar"].unit


def taken(chain: Chain, kind: str) -> int:
    return Step.objects.filter(chain=chain, kind=kind).count()


def letters(chain: Chain) -> list[str]:
    return list(Letter.objects.filter(about=chain.pk).order_by("written_at").values_list("kind", flat=True))


def told(chain: Chain, what: str) -> int:
    return Message.objects.filter(chain=chain, what=what).count()


def test_accepted_by_two_at_once_it_is_accepted_once(citizens):
    for chain, one, other in raced(citizens, "offered", accept, accept_too):
        assert (one, other) in ((True, False), (False, True))
        assert chain.state == "accepted" and taken(chain, "accepted") == 1 and told(chain, "accepted") == 1


def test_an_effect_and_a_withdrawal(citizens):
    """Whichever comes first: moved, and then on its way back; or not moved, and the citizen is told that it came to nothing."""
    moved = 0
    for chain, effective, withdrawn in raced(citizens, "accepted", effect, take_back):
        consent = Consent.objects.get(pk=chain.consent)
        assert withdrawn and consent.state == "withdrawn"
        if effective:
            moved += 1
            assert chain.state == "effective" and chain.effective_at < consent.ended_at
            assert casework(chain) == ONE and letters(chain) == ["decision", "moved"]
            assert Cause.objects.get(chain=chain).cause == "consent"
        else:
            assert chain.state == "declined" and casework(chain) == GKL
            assert (
                letters(chain) == ["decision", "not-moved"] and not Cause.objects.filter(chain=chain).exists()
            )
    assert 0 < moved < PAIRS, "both sides win sometimes, or it is no race"


def test_an_acceptance_and_a_withdrawal(citizens):
    """However it comes out, it does not take effect."""
    for chain, _accepted, withdrawn in raced(citizens, "offered", accept, take_back):
        assert withdrawn
        if chain.state == "accepted":
            assert effect(chain) is False
        actions.hear_answers(by=SYSTEM)
        chain.refresh_from_db()
        assert (chain.state, chain.end_reason) == ("declined", "consent") and casework(chain) == GKL
        assert taken(chain, "declined") == 1 and letters(chain) == ["decision", "not-moved"]


def test_an_effect_and_a_cancellation(citizens):
    for chain, effective, cancelled in raced(citizens, "accepted", effect, cancel):
        assert effective != cancelled
        assert chain.state == ("effective" if effective else "cancelled")
        assert casework(chain) == (ONE if effective else GKL)
        assert letters(chain) == ["decision", "moved" if effective else "not-moved"]
        assert taken(chain, "effective") + taken(chain, "cancelled") == 1


def test_two_effects_at_once_move_once(citizens):
    for chain, one, other in raced(citizens, "accepted", effect, effect):
        assert one != other and casework(chain) == ONE
        assert taken(chain, "effective") == 1 and told(chain, "effective") == 2
        assert len(standing.moves(chain.person_key)) == 1


def test_not_even_the_owner_of_the_tables_edits_what_was_decided(citizens):
    chain = carried(next(citizens), "effective")
    for statement in (
        "UPDATE handover_step SET pinned = '{}' WHERE chain_id = %s",
        "DELETE FROM handover_step WHERE chain_id = %s",
        "UPDATE handover_evidence SET facts = '[]' WHERE id = (SELECT evidence FROM handover_chain WHERE id = %s)",
        "UPDATE handover_chain SET consent = NULL WHERE id = %s",
        "UPDATE handover_chain SET person_key = gen_random_uuid() WHERE id = %s",
        "DELETE FROM handover_chain WHERE id = %s",
        "UPDATE handover_message SET what = 'ended' WHERE chain_id = %s",
        "UPDATE ledger_holding SET unit = 'sof' WHERE ref = %s",
    ):
        with pytest.raises(IntegrityError, match=WHY), connections["owner"].cursor() as cursor:
            cursor.execute(statement, [chain.pk])
    assert Chain.objects.get(pk=chain.pk).effective_on == timezone.localdate()
