"""In whatever order the two systems tell, correct and tell again, and whenever the program looks: what stands afterwards is
what the register says then. A hand-over in effect goes back if somebody says the citizen is gone, and stays if nobody does."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handover import acts
from handover.registered import taken_back, told
from handover.world import EVA, ONE
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import rounds
from helhed.coordination.handover.chain.models import BACK, ENDED, Cause, Chain
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.departures import departed
from helhed.sharing.ledger import standing as ledger

CAUSE = {"90": "death", "Anden kommune": "moved-away"}
LOOK = ("look", "")
tells = st.tuples(st.sampled_from(["bif", "sof"]), st.sampled_from(sorted(CAUSE)))
events = st.lists(st.one_of(tells, st.just(LOOK)), min_size=1, max_size=7)


def settled() -> None:
    while rounds.one_round(by=SYSTEM):
        pass


def played(world, story) -> set[tuple[str, str]]:
    """Each tells what it has not told, or takes back what it has; the program looks now and then. What is said at the end."""
    said: set[tuple[str, str]] = set()
    for one in story:
        if one == LOOK:
            rounds.one_round(by=SYSTEM)
            continue
        side, status = one
        say = taken_back if one in said else told
        say(world, EVA, status, side=side)
        said ^= {one}
    settled()
    return said


def holds(world, over: Chain, said: set[tuple[str, str]]) -> None:
    causes = {CAUSE[status] for _side, status in said}
    gone = departed([world.eva]).get(world.eva)
    assert (gone.causes if gone else set()) == causes
    (back,) = Chain.objects.filter(returns=over).exclude(state__in=ENDED) or [None]
    assert (back is not None) == bool(causes)
    if back:
        assert back.direction == BACK and back.cause in causes and back.due_on
    waiting = set(Cause.objects.filter(chain=over, state="waiting").values_list("cause", flat=True))
    assert waiting <= causes
    assert ledger.holders(world.eva)["sagsbehandleransvar"].unit == ONE
    if "death" in causes:
        before = Letter.objects.filter(person_key=world.eva).count()
        settled()
        assert Letter.objects.filter(person_key=world.eva).count() == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=events)
def test_any_order_leaves_what_the_register_says(world, story):
    with transaction.atomic():
        over = acts.effective(world.eva)
        settled()
        holds(world, over, played(world, story))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "order", [("bif", "sof", "taken"), ("bif", "taken", "sof"), ("sof", "bif", "taken")], ids="-".join
)
def test_the_same_statements_end_the_same(world, order):
    """SOF says the citizen has died; BIF said so too and took it back: it goes back for the death, once."""
    over = acts.effective(world.eva)
    settled()
    for one in order:
        if one == "taken":
            taken_back(world, EVA, "90", side="bif")
        else:
            told(world, EVA, "90", side=one)
    settled()
    (back,) = Chain.objects.filter(returns=over)
    assert (back.state, back.cause) == ("proposed", "death")
