"""Somebody died or moved away, and the case systems say so: what runs ends, what took effect goes back, and a mistake is undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover import acts
from handover.registered import taken_back, told
from handover.world import EVA, ONE
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions, rounds
from helhed.coordination.handover.chain.departing import hear_departures
from helhed.coordination.handover.chain.models import BACK, Cause, Chain, Message, Step
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.ledger import standing as ledger
from pages.world import user

CASEWORK = "sagsbehandleransvar"
DEAD, ABROAD, LOST, ELSEWHERE = "90", "Udrejst", "Forsvundet", "Anden kommune"


def round_() -> int:
    return rounds.one_round(by=SYSTEM)


def effective(world) -> Chain:
    """Eva's case has moved, and the program has nothing left to do."""
    over = acts.effective(world.eva)
    while round_():
        pass
    return over


def back_of(over: Chain) -> Chain:
    return Chain.objects.filter(returns=over).latest("opened_at")


def letters(world) -> int:
    return Letter.objects.filter(person_key=world.eva).count()


@pytest.mark.parametrize(
    ("status", "cause"), [(DEAD, "death"), (ABROAD, "moved-away"), (ELSEWHERE, "moved-away")]
)
@pytest.mark.parametrize("side", ["bif", "sof"])
def test_what_took_effect_goes_back_with_its_deadline(world, status, cause, side):
    over = effective(world)
    told(world, EVA, status, side=side)
    assert round_() == 2
    back = back_of(over)
    assert (back.direction, back.state, back.cause) == (BACK, "proposed", cause)
    assert back.due_on == timezone.localdate() + timedelta(days=28)
    first = Step.objects.get(chain=back, number=1)
    assert [row["source"] for row in first.pinned["register"]] == [f"{side}-fagsystem"]
    assert set(Message.objects.filter(chain=back).values_list("unit", flat=True)) == {ONE, back.to_unit}
    assert ledger.holders(world.eva)[CASEWORK].unit == ONE, "nobody is without, meanwhile"
    assert round_() == 0, "once"


def test_who_has_disappeared_stays_where_the_case_is(world):
    over = effective(world)
    told(world, EVA, LOST)
    assert round_() == 0 and not Chain.objects.filter(returns=over).exists()


def test_what_has_not_happened_yet_waits_for_its_day(world):
    effective(world)
    told(world, EVA, ELSEWHERE, since=timezone.localdate() + timedelta(days=9))
    assert round_() == 0


@pytest.mark.parametrize("state", ["proposed", "offered", "accepted"])
@pytest.mark.parametrize(("status", "reason"), [(DEAD, "death"), (ELSEWHERE, "moved-away")])
def test_what_has_not_taken_effect_comes_to_nothing(world, state, status, reason):
    chain = acts.proposed(world.eva) if state == "proposed" else acts.decided(world.eva)
    if state == "accepted":
        actions.accept(by=user("soeren"), chain=chain.pk)
    before = letters(world)
    told(world, EVA, status)
    while round_():
        pass
    chain = acts.fresh(chain)
    assert (chain.state, chain.end_reason) == ("lapsed", reason)
    assert Step.objects.get(chain=chain, kind="lapsed").pinned["cause"] == reason
    asked = state != "proposed" and reason != "death"
    assert letters(world) == before + asked
    assert Chain.objects.filter(person_key=world.eva).count() == 1, "and nobody proposes the citizen again"


def test_a_hand_over_does_not_take_effect_for_the_dead(world):
    """The delivery came, and the round that hears it has not: whoever makes it take effect finds out."""
    chain = acts.decided(world.eva)
    actions.accept(by=user("soeren"), chain=chain.pk)
    told(world, EVA, DEAD)
    assert not actions.effect(by=SYSTEM, chain=chain.pk)
    assert (acts.fresh(chain).state, acts.fresh(chain).end_reason) == ("lapsed", "death")


@pytest.mark.parametrize("noted", [False, True])
def test_a_mistake_is_undone_while_nobody_has_accepted(world, noted):
    over = effective(world)
    told(world, EVA, DEAD)
    round_()
    back = back_of(over)
    if noted:
        write_note(by=user("soeren"), chain=back.pk, note="Boet orienteres ikke af os.")
    taken_back(world, EVA, DEAD)
    assert round_() == 1
    back = acts.fresh(back)
    assert (back.state, back.end_reason) == ("lapsed", "corrected")
    assert ledger.holders(world.eva)[CASEWORK].unit == ONE and round_() == 0
    told(world, EVA, DEAD)
    assert round_() == 2 and back_of(over).pk != back.pk, "and what is true the second time counts again"


def test_after_acceptance_it_goes_back_all_the_same(world):
    over = effective(world)
    told(world, EVA, ELSEWHERE)
    round_()
    write_note(by=user("soeren"), chain=back_of(over).pk, note="Plan aftalt.")
    actions.accept(by=user("bente"), chain=back_of(over).pk)
    taken_back(world, EVA, ELSEWHERE)
    round_()
    assert acts.fresh(back_of(over)).state == "effective"


def test_a_cause_that_waits_is_taken_back(world):
    """The citizen was on the way back for something else when the death was told."""
    over = effective(world)
    back = open_return(by=user("soeren"), chain=over.pk, cause="request", note="Efter aftale.")
    told(world, EVA, DEAD)
    round_()
    assert Cause.objects.get(chain=over).state == "waiting"
    taken_back(world, EVA, DEAD)
    round_()
    assert Cause.objects.get(chain=over).state == "gone"
    assert Event.objects.filter(action="return-cause-gone", person_key=world.eva).count() == 1
    assert acts.fresh(Chain.objects.get(pk=back)).state == "proposed"


def test_what_a_person_wrote_down_the_register_does_not_take_back(world):
    over = effective(world)
    back = open_return(by=user("soeren"), chain=over.pk, cause="death", note="Oplyst af hospitalet.")
    assert hear_departures(by=SYSTEM) == 0
    told(world, EVA, DEAD, side="sof")
    taken_back(world, EVA, DEAD, side="sof")
    hear_departures(by=SYSTEM)
    assert acts.fresh(Chain.objects.get(pk=back)).state == "proposed"


def test_one_system_is_enough_and_both_must_take_it_back(world):
    over = effective(world)
    told(world, EVA, DEAD, side="bif")
    told(world, EVA, DEAD, side="sof")
    round_()
    taken_back(world, EVA, DEAD, side="bif")
    assert round_() == 0 and back_of(over).state == "proposed"
    taken_back(world, EVA, DEAD, side="sof")
    assert round_() == 1 and back_of(over).state == "lapsed"


def test_death_goes_before_moving_away(world):
    over = effective(world)
    told(world, EVA, ELSEWHERE, side="bif")
    told(world, EVA, DEAD, side="sof")
    round_()
    assert back_of(over).cause == "death"


def test_no_letter_is_written_to_the_dead(world):
    effective(world)
    before = letters(world)
    told(world, EVA, DEAD)
    round_()
    assert letters(world) == before
