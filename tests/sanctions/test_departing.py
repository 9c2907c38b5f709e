"""A sanction is not begun on, nor carried on against, a citizen who has died; it can be let go."""

import pytest

from handover.registered import taken_back, told
from handover.world import EVA
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.models import Sanction, SanctionStep
from helhed.coordination.handover.sanctions.wishes import Sum
from helhed.sharing.refusal import Refused
from pages.world import user
from sanctions.split import BENEFIT, STATES, WHY, brought, this_month, wish

DEAD = "90"


def test_none_is_begun(world):
    told(world, EVA, DEAD)
    with pytest.raises(Refused, match="død"):
        actions.draft(by=user("bente"), person=world.eva, wish=wish())
    assert not Sanction.objects.exists() and not SanctionStep.objects.exists()


@pytest.mark.parametrize("state", STATES)
def test_none_is_carried_on_and_each_can_be_let_go(world, state):
    row = brought(world.eva, state)
    month = Sum(this_month(), 50_000, BENEFIT)
    on = {
        "draft": lambda: actions.decide(by=user("bente"), sanction=row.pk),
        "decided": lambda: actions.receive(by=user("yrsa"), sanction=row.pk),
        "received": lambda: actions.calculate(by=user("yrsa"), sanction=row.pk, sum=month),
        "calculated": lambda: actions.hear(by=user("yrsa"), sanction=row.pk),
        "heard": lambda: actions.uphold(by=user("bente"), sanction=row.pk, why=WHY),
    }
    if state == "heard":
        actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg.", own=True)
    told(world, EVA, DEAD, side="sof")
    with pytest.raises(Refused, match="død"):
        on[state]()
    let_go = actions.annul if state == "heard" else actions.withdraw
    let_go(by=user("bente"), sanction=row.pk, why="Borgeren er død.")
    assert Sanction.objects.get(pk=row.pk).state in ("withdrawn", "annulled")


def test_a_mistake_about_the_death_holds_nothing_up(world):
    told(world, EVA, DEAD)
    taken_back(world, EVA, DEAD)
    assert brought(world.eva, "heard").state == "heard"


def test_who_has_moved_can_be_sanctioned_for_what_was_before(world):
    told(world, EVA, "Anden kommune")
    assert brought(world.eva, "decided").state == "decided"
