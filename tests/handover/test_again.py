"""Who was exempted or said no is left in peace for as long as the data says, and then proposed again, if the criteria still hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from handover import acts
from handover.world import adopt, benefit_stops, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, ending, gates
from helhed.coordination.handover.chain.again import propose_again
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.quiet import quiet, rests_until
from helhed.coordination.handover.chain.rounds import one_round
from helhed.sharing.consent import actions as consents
from pages.world import user

pytestmark = pytest.mark.usefixtures("owner")


def exempted(person, **said: bool) -> Chain:
    """A hand-over that BIF or SOF has stopped."""
    chain = acts.proposed(person)
    side = "bif" if said.keys() & {"EX1", "EX3"} else "sof"
    answers = Answers(acts.YES[side] | said, "Snart i job.")
    actions.assess(by=user(acts.WORKER[side]), chain=chain.pk, side=side, answers=answers)
    return acts.fresh(chain)


def years_pass(chain: Chain, days: int) -> None:
    """It all happened so many days earlier."""
    earlier = ", ".join(
        f"{column} = {column} - interval '{days} days'" for column in ("opened_at", "ended_at")
    )
    acts.alter("handover_chain", f"UPDATE handover_chain SET {earlier} WHERE id = '{chain.pk}'")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def newest(person) -> Chain:
    return Chain.objects.filter(person_key=person).latest("opened_at")


def test_each_reason_has_its_time():
    reasons = {*gates.QUESTIONS["bif"], "EX2", gates.NO_NEED, *actions.CANCELS}
    reasons |= {ending.REFUSED, ending.WITHDRAWN, ending.UNANSWERED, ending.MODEL_ENDED}
    assert reasons <= quiet().keys()
    assert all(timedelta(0) <= time <= timedelta(days=365) for time in quiet().values())
    assert quiet()[ending.REFUSED] > quiet()["EX1"], "a no is not asked about again and again"


@pytest.mark.parametrize("said", [{"EX1": True}, {"EX3": True}, {"EX2": True}, {"need": False}])
def test_who_was_exempted_is_proposed_again_when_the_time_is_over(world, said):
    chain = exempted(world.eva, **said)
    time = quiet()[chain.end_reason].days
    years_pass(chain, time - 1)
    assert propose_again(by=SYSTEM) == 0
    years_pass(chain, 1)
    assert propose_again(by=SYSTEM) == 1
    assert newest(world.eva).state == "proposed" and newest(world.eva).pk != chain.pk
    assert propose_again(by=SYSTEM) == 0, "once"


def test_who_said_no_is_asked_again_much_later(world):
    chain = acts.proposed(world.eva)
    for side, answers in acts.YES.items():
        actions.assess(by=user(acts.WORKER[side]), chain=chain.pk, side=side, answers=Answers(answers))
    asked = consent(world.eva, answer="")
    actions.bind(by=user("bente"), chain=chain.pk, consent=asked)
    consents.refuse(by=SYSTEM, consent=asked, language="da")
    one_round(by=SYSTEM)
    assert acts.fresh(chain).end_reason == ending.REFUSED
    years_pass(chain, quiet()["EX1"].days + 1)
    one_round(by=SYSTEM)
    assert newest(world.eva).pk == chain.pk
    years_pass(chain, quiet()[ending.REFUSED].days)
    one_round(by=SYSTEM)
    assert newest(world.eva).state == "proposed" and newest(world.eva).pk != chain.pk


def test_not_where_the_criteria_are_no_longer_true(world):
    chain = exempted(world.jon, EX3=True)
    benefit_stops(world)
    years_pass(chain, 400)
    one_round(by=SYSTEM)
    assert newest(world.jon).pk == chain.pk


def test_not_under_a_model_that_is_not_in_use(world):
    chain = exempted(world.eva, EX1=True)
    actions.propose(by=SYSTEM, adoption=adopt("5B", mode="draft", valid_to=None).pk, people=[])
    acts.alter("adoption_adoptedmodel", "UPDATE adoption_adoptedmodel SET mode = 'draft', valid_to = NULL")
    years_pass(chain, 400)
    assert propose_again(by=SYSTEM) == 0


def test_an_end_that_is_no_no_rests_not_at_all():
    now = timezone.now()
    assert rests_until("lapsed", "lapsed", now) == now
    assert rests_until("cancelled", "whatever", now) == now + max(quiet().values())
