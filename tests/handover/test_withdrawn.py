"""With the consent to the joint plan alone: what it opened ends with it, at once; what the responsibility opens has its own ground."""

import pytest

from handover import acts
from handover.carrying import carried
from handover.world import consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import rounds
from helhed.register.questions import persons_by_keys
from helhed.sharing.access import decisions
from helhed.sharing.consent.actions import withdraw
from helhed.sharing.ledger.models import Offer
from pages.world import user

PAIRS = (("identity", "both"), ("employment_case", "bif"), ("benefit", "bif"), ("note", "bif"))


def sees(who: str, person) -> set[str]:
    """What of PAIRS somebody sees in full in the course of the work."""
    row = persons_by_keys([person])[person]
    made = decisions.decide_each([row], by=user(who), purpose="sagsbehandling", pairs=PAIRS)[person]
    return {category for category, side in PAIRS if made.full(category, side)}


def ground(who: str, person) -> str:
    """On what somebody sees the employment case."""
    row = persons_by_keys([person])[person]
    asked = (("employment_case", "bif"),)
    made = decisions.decide_each([row], by=user(who), purpose="sagsbehandling", pairs=asked)[person]
    return made.verdict("employment_case", "bif").ground


def test_the_consent_to_the_plan_opens_nothing_by_itself(world):
    before = sees("soeren", world.eva)
    given = consent(world.eva)
    assert sees("soeren", world.eva) == before
    withdraw(by=user("eva"), consent=given)
    assert sees("soeren", world.eva) == before


@pytest.mark.parametrize("state", ["offered", "accepted"])
def test_an_offer_ends_in_the_withdrawal_itself(world, state):
    """Before the worker has come by."""
    chain = carried(world.eva, state)
    assert Offer.objects.filter(ref=chain.pk, closed_at=None).exists()
    withdraw(by=user("eva"), consent=chain.consent)
    assert not Offer.objects.filter(ref=chain.pk, closed_at=None).exists()
    rounds.one_round(by=SYSTEM)
    assert acts.fresh(chain).state == "declined"


def test_another_consent_to_the_unit_keeps_the_offer(world):
    chain = carried(world.eva, "offered")
    consent(world.eva)
    withdraw(by=user("eva"), consent=chain.consent)
    assert Offer.objects.filter(ref=chain.pk, closed_at=None).exists()


def test_who_holds_the_responsibility_sees_by_that_until_it_has_gone_back(world):
    """And by no consent."""
    chain = acts.effective(world.eva)
    had = sees("soeren", world.eva)
    assert "employment_case" in had
    withdraw(by=user("eva"), consent=chain.consent)
    assert sees("soeren", world.eva) == had
    assert not ground("soeren", world.eva).startswith("samtykke")
    assert ground("soeren", world.eva)
    assert "employment_case" not in sees("bente", world.eva)
