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
from helhed.coordination.handover.chain import causes, rounds
from helhed.coordination.handover.chain.models import Cause, Chain, Evidence, Heard
from helhed.coordination.handover.chain.rounds import begin_models, one_round
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices
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
