"""Why a hand-over is undone or comes to nothing, seen by the program: who came and went, consents that fell, models that ended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from conftest import TEST_DATABASE, _owner_connection
from handover import acts
from handover.world import GKL, ONE, TWO, adopt, benefit_resumes, benefit_stops, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.chain import actions, causes, rounds
from helhed.coordination.handover.chain.models import Cause, Chain, Evidence, Heard, Message
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.chain.rounds import begin_models, one_round
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices
from helhed.sharing.ledger.models import Offer
from helhed.sharing.refusal import Refused
from pages.world import user

TODAY = timezone.localdate


def settled() -> None:
    """Rounds until there is nothing to do: a worker that stands still."""
    for _round in range(5):
        if not one_round(by=SYSTEM):
            return
    raise AssertionError("the rounds do not come to rest")


def waiting(chain: Chain) -> dict[str, object]:
    rows = Cause.objects.filter(chain=chain, state="waiting")
    return dict(rows.values_list("cause", "opens_on"))


def test_a_model_begins_with_everyone_who_stands_in_it(world):
    adopted = adopt("5A")
    assert begin_models(by=SYSTEM) == 3
    assert set(Chain.objects.values_list("person_key", flat=True)) == {world.eva, world.finn, world.jon}
    adopted.refresh_from_db()
    assert adopted.begun_at is not None
    assert begin_models(by=SYSTEM) == 0


def test_a_draft_and_a_joint_entrance_propose_nobody(world):
    adopt("5A", mode="draft", valid_to=None)
    adopt("8B", ground="LAB-40-3")
    assert begin_models(by=SYSTEM) == 0 and not Chain.objects.exists()


def test_who_comes_in_later_is_proposed(world):
    adopt("5A")
    benefit_stops(world)
    settled()
    assert not Chain.objects.filter(person_key=world.jon).exists()
    benefit_resumes(world)
    settled()
    assert Chain.objects.get(person_key=world.jon).state == "proposed"


def test_a_counting_is_heard_once(world):
    adopt("5A")
    settled()
    heard = Heard.objects.count()
    benefit_stops(world)
    assert causes.hear_changes(by=SYSTEM) == 1
    assert causes.hear_changes(by=SYSTEM) == 0
    assert Heard.objects.count() == heard + 1
    assert Heard.objects.latest("pk").lapsed == 1


def test_what_has_not_taken_effect_ends_with_the_criteria(world):
    chain = acts.decided(world.jon)
    benefit_stops(world)
    settled()
    chain = acts.fresh(chain)
    assert (chain.state, chain.end_reason) == ("lapsed", "lapsed")


def test_what_has_taken_effect_gets_the_grace(world):
    chain = acts.effective(world.jon)
    benefit_stops(world)
    settled()
    assert waiting(chain) == {"lapsed": TODAY() + timedelta(days=56)}
    assert not Chain.objects.filter(returns=chain).exists()


def test_who_comes_back_within_the_grace_stays(world):
    chain = acts.effective(world.jon)
    benefit_stops(world)
    settled()
    benefit_resumes(world)
    settled()
    assert waiting(chain) == {}
    assert Cause.objects.get(chain=chain).state == "gone"


def test_after_the_grace_the_return_opens_on_evidence(world):
    adopt("5A", grace_days=0)
    chain = acts.effective(world.jon)
    benefit_stops(world)
    settled()
    back = Chain.objects.get(returns=chain)
    assert (back.cause, back.state) == ("lapsed", "proposed")
    assert Evidence.objects.get(pk=back.evidence).verdict == "false"


def test_a_cause_that_is_not_true_any_more_opens_nothing(world):
    """The criteria are looked at once more before a return is opened, whatever a counting has said."""
    adopt("5A", grace_days=0)
    chain = acts.effective(world.jon)
    benefit_stops(world)
    causes.hear_changes(by=SYSTEM)
    benefit_resumes(world)
    assert waiting(chain) and causes.open_due(by=SYSTEM) == 0
    assert not waiting(chain) and not Chain.objects.filter(returns=chain).exists()


def test_a_withdrawn_consent_opens_the_return_at_once(world):
    chain = acts.effective(world.eva)
    consents.withdraw(by=user("eva"), consent=chain.consent)
    assert waiting(chain) == {"consent": TODAY()}
    settled()
    back = Chain.objects.get(returns=chain)
    assert back.cause == "consent" and waiting(chain) == {}


@pytest.mark.parametrize("further, stays", [(ONE, True), (TWO, False)])
def test_another_consent_to_the_unit_keeps_the_handover(world, further, stays):
    chain = acts.effective(world.eva)
    consent(world.eva, further)
    consents.withdraw(by=user("eva"), consent=chain.consent)
    assert (waiting(chain) == {}) is stays


def test_the_last_of_two_consents_does_not(world):
    chain = acts.effective(world.eva)
    second = consent(world.eva)
    consents.withdraw(by=user("eva"), consent=chain.consent)
    consents.withdraw(by=user("eva"), consent=second)
    assert waiting(chain) == {"consent": TODAY()}


def test_a_consent_given_again_before_the_worker_came_keeps_it(world):
    chain = acts.effective(world.eva)
    consents.withdraw(by=user("eva"), consent=chain.consent)
    consent(world.eva)
    assert causes.open_due(by=SYSTEM) == 0
    assert Cause.objects.get(chain=chain).state == "gone"
    assert not Chain.objects.filter(returns=chain).exists()


def test_a_withdrawn_consent_to_sharing_undoes_nothing(world):
    chain = acts.effective(world.eva)
    words = Choices(("benefit",), ("bif",), (ONE,), "", 30)
    question = Question("deling", words, asked_unit=GKL)
    asked = consents.ask(by=user("bente"), person=world.eva, question=question, language="da")
    consents.give(by=SYSTEM, consent=asked, language="da")
    consents.withdraw(by=user("eva"), consent=asked)
    assert waiting(chain) == {}


def test_a_model_that_ends_takes_all_back(world):
    moved, open_one = acts.effective(world.eva), acts.decided(world.finn)
    adoption.end(by=user("lene"), adoption=moved.adoption, on=TODAY(), reason="Forsøget er slut.")
    settled()
    open_one = acts.fresh(open_one)
    assert (open_one.state, open_one.end_reason) == ("lapsed", "end-of-model")
    assert Chain.objects.get(returns=moved).cause == "end-of-model"


def test_a_model_adopted_anew_takes_nobody_back(world):
    """Who is on the way is proposed again, on the new terms."""
    chain, on_the_way = acts.effective(world.eva), acts.proposed(world.finn)
    adoption.end(by=user("lene"), adoption=chain.adoption, on=TODAY(), reason="Nye frister fra i dag.")
    anew = adopt("5A", valid_from=TODAY())
    settled()
    assert not Chain.objects.filter(returns=chain).exists() and waiting(chain) == {}
    assert acts.fresh(on_the_way).state == "lapsed"
    assert Chain.objects.get(person_key=world.finn, state="proposed").adoption == anew.pk


def test_what_the_database_refuses_stops_nobody_else(world, monkeypatch, caplog):
    def refused(*, by):
        raise IntegrityError("no")

    monkeypatch.setattr(rounds, "hear_changes", refused)
    adopt("5A")
    assert rounds.one_round(by=SYSTEM) == 3
    assert "was refused by the database" in caplog.text


def test_two_workers_do_not_carry_on_at_once(world):
    """Each would propose the same citizens. The second one lets the first do it, and does its own round later."""
    adopt("5A")
    with _owner_connection(TEST_DATABASE) as another:
        another.execute("SELECT pg_advisory_lock(%s, %s)", rounds.LOCK)
        assert rounds.one_round(by=SYSTEM) == 0 and not Chain.objects.exists()
        another.execute("SELECT pg_advisory_unlock(%s, %s)", rounds.LOCK)
    assert rounds.one_round(by=SYSTEM) > 0 and Chain.objects.count() == 3


def gone_back(chain: Chain) -> Chain:
    return Chain.objects.filter(returns=chain).latest("opened_at")


def told_it_stays(chain: Chain, back: Chain) -> bool:
    units = set(Message.objects.filter(chain=back, what="ended").values_list("unit", flat=True))
    letters = Letter.objects.filter(about=back.pk, kind="not-moved", unit=chain.to_unit)
    return units == {ONE, GKL} and letters.count() == 1


def lapsed_and_opened(world) -> Chain:
    """Jon's hand-over, whose return is open because the criteria lapsed."""
    adopt("5A", grace_days=0)
    chain = acts.effective(world.jon)
    benefit_stops(world)
    settled()
    assert gone_back(chain).state == "proposed"
    return chain


@pytest.mark.parametrize("noted", [False, True])
def test_in_the_group_again_before_acceptance_the_return_comes_to_nothing(world, noted):
    chain = lapsed_and_opened(world)
    if noted:
        write_note(by=user("soeren"), chain=gone_back(chain).pk, note="Aftalt: intet.")
    benefit_resumes(world)
    settled()
    back = gone_back(chain)
    assert (back.state, back.end_reason) == ("lapsed", "criteria-again") and told_it_stays(chain, back)
    assert Evidence.objects.get(pk=back.evidence).verdict == "true"
    assert back.taken.latest("number").pinned["evidence"] == str(back.evidence)
    assert not Offer.objects.filter(ref=back.pk, closed_at=None).exists() and waiting(chain) == {}


def test_after_acceptance_it_is_carried_out(world):
    chain = lapsed_and_opened(world)
    back = gone_back(chain)
    write_note(by=user("soeren"), chain=back.pk, note="Aftalt: intet.")
    actions.accept(by=user("bente"), chain=back.pk)
    benefit_resumes(world)
    with pytest.raises(Refused):
        actions.lapse(by=SYSTEM, chain=back.pk, reason="criteria-again")
    settled()
    assert acts.fresh(back).state == "effective"


def test_once_more_out_it_goes_back_once_more(world):
    chain = lapsed_and_opened(world)
    benefit_resumes(world)
    settled()
    benefit_stops(world)
    settled()
    assert (gone_back(chain).state, gone_back(chain).cause) == ("proposed", "lapsed")


def withdrawn_and_opened(world) -> Chain:
    chain = acts.effective(world.eva)
    consents.withdraw(by=user("eva"), consent=chain.consent)
    settled()
    assert gone_back(chain).state == "proposed"
    return chain


@pytest.mark.parametrize("to, stays", [(ONE, True), (TWO, False)])
def test_a_consent_to_the_unit_before_acceptance_keeps_the_case_there(world, to, stays):
    chain = withdrawn_and_opened(world)
    again = consent(world.eva, to)
    settled()
    back = gone_back(chain)
    assert (back.state == "lapsed") is stays
    if stays:
        assert (back.end_reason, back.consent) == ("consent-again", again) and told_it_stays(chain, back)
        assert back.taken.latest("number").pinned["consent"]["id"] == str(again)


def test_a_consent_after_acceptance_does_not(world):
    chain = withdrawn_and_opened(world)
    back = gone_back(chain)
    write_note(by=user("soeren"), chain=back.pk, note="Aftalt: intet.")
    actions.accept(by=user("bente"), chain=back.pk)
    consent(world.eva)
    settled()
    assert acts.fresh(back).state == "effective"


def test_another_cause_that_waits_keeps_the_return_open(world):
    """Jon says yes again, but has left the group meanwhile: there is still a reason to go back."""
    adopt("5A", grace_days=0)
    chain = acts.effective(world.jon)
    consents.withdraw(by=SYSTEM, consent=chain.consent)
    settled()
    benefit_stops(world)
    settled()
    assert waiting(chain) == {"lapsed": TODAY()}
    consent(world.jon)
    settled()
    assert gone_back(chain).state == "proposed"
    benefit_resumes(world)
    settled()
    assert gone_back(chain).end_reason == "consent-again" and waiting(chain) == {}


def test_a_return_that_was_wished_for_goes_by_rule_where_the_ground_fell_meanwhile(world):
    chain = acts.effective(world.eva)
    back = open_return(by=user("soeren"), chain=chain.pk, cause="request")
    consents.withdraw(by=user("eva"), consent=chain.consent)
    Chain.objects.filter(pk=back).update(due_on=TODAY() - timedelta(days=7))
    settled()
    assert Chain.objects.get(pk=back).state == "effective"
    assert Cause.objects.get(chain=chain).state == "gone"
