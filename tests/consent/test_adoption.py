"""Consents the case systems deliver become rows, night after night; what is withdrawn here stays withdrawn."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consent.conftest import citizen
from helhed.audit.actions import SYSTEM
from helhed.register.questions import KeyedFact
from helhed.sharing.consent import actions, adoption
from helhed.sharing.consent.models import Consent, Receipt
from helhed.sharing.consent.standing import holding, holding_for_handover
from helhed.sharing.refusal import Refused

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=300)


@pytest.fixture
def deliver(db, monkeypatch):
    """Take in what the case systems say now."""

    def delivered(*facts: KeyedFact, people=None) -> int:
        monkeypatch.setattr(adoption.register, "facts_of_kind", lambda kind: list(facts))
        return actions.adopt_delivered(by=SYSTEM, people=people)

    return delivered


def fact(person, key="K1", code="deling", start=LONG_AGO, end: date | None = None) -> KeyedFact:
    return KeyedFact(person, code, start, end, "bif-fagsystem", "BIF_SAMTYKKER", key)


def states(person) -> list[str]:
    return list(
        Consent.objects.filter(person_key=person).order_by("requested_at").values_list("state", flat=True)
    )


def test_a_row_for_each_and_twice_changes_nothing(deliver):
    one, two = uuid4(), uuid4()
    plan = fact(two, "K2", "helhedsorienteret-plan")
    assert deliver(fact(one), plan) == 2
    assert deliver(fact(one), plan) == 0
    (held,) = holding(one, lock=True)
    assert held.sources == held.recipients == ("bif", "sof")
    assert held.opens_to("sof/driftscenter-1") and "note" in held.categories
    assert not holding(two, lock=True), "the plan opens no sharing"
    assert holding_for_handover(two, "sof/driftscenter-1")
    assert not holding_for_handover(one, "sof/driftscenter-1"), "and sharing moves no case"


def test_what_is_over_is_not_adopted(deliver):
    person = uuid4()
    assert deliver(fact(person, end=TODAY)) == 0
    assert deliver(fact(person, "K2", end=TODAY + timedelta(days=1))) == 1


def test_what_begins_later_opens_nothing_yet(deliver):
    person = uuid4()
    deliver(fact(person, start=TODAY + timedelta(days=2)))
    assert states(person) == ["given"] and not holding(person, lock=True)


def test_withdrawn_here_stays_withdrawn(deliver):
    who = citizen()
    deliver(fact(who.person_key))
    number = Consent.objects.get(person_key=who.person_key).pk
    actions.withdraw(by=who, consent=number)
    assert Receipt.objects.get(consent=number).event == "withdrawn"
    for again in (fact(who.person_key), fact(who.person_key, start=TODAY), fact(who.person_key, end=None)):
        assert deliver(again) == 0
        assert states(who.person_key) == ["withdrawn"] and not holding(who.person_key, lock=True)


def test_an_end_told_later_ends_it(deliver):
    person = uuid4()
    deliver(fact(person))
    assert deliver(fact(person, end=TODAY)) == 1
    assert not holding(person, lock=True), "at once, before anybody has written it as expired"
    assert actions.expire(by=SYSTEM) == 1
    assert states(person) == ["expired"]
    assert deliver(fact(person, end=TODAY)) == 0


def test_a_later_end_prolongs_it(deliver):
    person = uuid4()
    deliver(fact(person, end=TODAY + timedelta(days=1)))
    assert deliver(fact(person, end=TODAY + timedelta(days=90))) == 1
    assert states(person) == ["given"]


def test_a_row_that_is_gone_ends_it_and_may_come_again(deliver):
    person = uuid4()
    deliver(fact(person))
    assert deliver() == 1
    assert states(person) == ["invalidated"]
    assert deliver(fact(person)) == 1
    assert states(person) == ["invalidated", "given"]
    assert deliver(fact(person)) == 0


def test_a_row_that_says_something_else_begins_anew(deliver):
    """Another day, another person after a merge: what was given is not changed, it ends."""
    person, other = uuid4(), uuid4()
    deliver(fact(person))
    assert deliver(fact(person, start=LONG_AGO + timedelta(days=1))) == 2
    assert deliver(fact(other, start=LONG_AGO + timedelta(days=1))) == 2
    assert states(person) == ["invalidated", "invalidated"] and states(other) == ["given"]


def test_some_people_only(deliver):
    one, two = uuid4(), uuid4()
    deliver(fact(one), fact(two, "K2"))
    assert deliver(people=[one]) == 1
    assert (states(one), states(two)) == (["invalidated"], ["given"])


def test_it_cannot_be_renewed_here(deliver):
    who = citizen()
    deliver(fact(who.person_key))
    with pytest.raises(Refused):
        actions.renew(by=who, consent=Consent.objects.get(person_key=who.person_key).pk, language="da")


def test_questions_nobody_answers_lapse(db, monkeypatch):
    from_now = timedelta(0)
    who = citizen()
    number = actions.ask(by=who, person=who.person_key, question=_question(), language="da")
    assert actions.expire(by=SYSTEM) == 0
    monkeypatch.setattr(actions, "UNANSWERED", from_now)
    assert actions.expire(by=SYSTEM) == 1
    assert Consent.objects.get(pk=number).state == "expired"


def _question():
    return actions.Question("deling", adoption.Choices(("benefit",), ("bif",), ("sof",), days=30))
