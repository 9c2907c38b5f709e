"""Families (model 4): the parents' hand-overs are tied together, and SOF says whether they move together; the child's case stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from handover.carrying import FREE, carry, half, propose
from handover.world import FIVE, World, adopt
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions, effecting, returning
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain, Step
from helhed.coordination.handover.chain.replaying import replay
from helhed.coordination.handover.work import bulk
from helhed.sharing import eligibility
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.actions import withdraw
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.ledger import standing
from helhed.sharing.refusal import Refused
from pages.world import user


@pytest.fixture
def parents(world: World) -> list[Chain]:
    """Hans' and Ida's chains, proposed."""
    return propose([world.hans, world.ida], adopt("4A"))


def casework(chain: Chain) -> str:
    return standing.holders(chain.person_key)["sagsbehandleransvar"].unit


def test_parents_of_a_child_with_a_case_are_one_family(world: World, parents):
    hans, ida = parents
    assert hans.family is not None and hans.family == ida.family and hans.to_unit == FIVE
    found = eligibility.families([world.hans, world.eva])
    assert set(found) == {world.hans} and set(found[world.hans].parents) == {world.hans, world.ida}
    assert found[world.hans].children == (world.liv,) and found[world.hans].unit == FIVE


def test_one_who_comes_later_comes_to_the_same_family(world: World):
    terms = adopt("4A")
    [hans] = propose([world.hans], terms)
    [ida] = propose([world.ida], terms)
    assert hans.family == ida.family


def test_under_another_model_nobody_is_asked_about_a_family(world: World):
    [eva] = propose([world.eva])
    assert eva.family is None
    with pytest.raises(Refused, match="hvert spørgsmål"):
        half(eva, "sof", family=True)


def test_sof_says_whether_the_family_moves_together(parents):
    hans, _ida = parents
    with pytest.raises(Refused, match="hvert spørgsmål"):
        actions.assess(by=user("maja"), chain=hans.pk, side="sof", answers=Answers(FREE["sof"]))
    half(hans, "sof")
    half(hans, "bif")
    hans.refresh_from_db()
    assert hans.state == "assessed"


def test_together_nobody_moves_before_both_are_accepted(parents):
    hans, ida = parents
    carry(hans, "accepted")
    with pytest.raises(Refused, match="Hele familien"):
        actions.effect(by=user("maja"), chain=hans.pk)
    assert actions.effect_due(by=SYSTEM) == 0
    carry(ida, "accepted")
    assert actions.effect_due(by=SYSTEM) == 2
    assert (casework(hans), casework(ida)) == (FIVE, FIVE)


def at(chain: Chain) -> object:
    return Chain.objects.get(pk=chain.pk).effective_at


def test_one_act_moves_both_in_one_transaction(parents):
    hans, ida = parents
    for chain in parents:
        carry(chain, "accepted")
    assert actions.effect(by=user("maja"), chain=ida.pk)
    assert (casework(hans), casework(ida)) == (FIVE, FIVE)
    told = Event.objects.filter(action="handover-effective").values_list("person_key", flat=True)
    assert set(told) == {hans.person_key, ida.person_key}


def test_who_waits_for_the_family_is_accepted_all_the_same(parents):
    """From the desk: the first is accepted and waits, the second takes the first along."""
    for chain, states in zip(parents, ["accepted", "effective"], strict=True):
        carry(chain, "offered")
        assert bulk.accept(by=user("maja"), chains=[chain.pk], language="da").done == 1
        assert Chain.objects.get(pk=chain.pk).state == states
    assert (casework(parents[0]), casework(parents[1])) == (FIVE, FIVE)


@pytest.mark.parametrize("first", [0, 1])
def test_none_moves_if_one_cannot(parents, first):
    hans, ida = parents
    for chain in parents:
        carry(chain, "accepted")
    withdraw(by=SYSTEM, consent=ida.consent)
    assert not actions.effect(by=user("maja"), chain=parents[first].pk)
    states = [Chain.objects.get(pk=chain.pk).state for chain in parents]
    assert states == ["accepted", "declined"]
    assert (at(hans), at(ida)) == (None, None) and casework(hans) != FIVE


def test_none_moves_if_the_second_is_refused_half_way(parents, monkeypatch):
    """Whatever stops the last of them undoes the first."""
    hans, ida = parents
    for chain in parents:
        carry(chain, "accepted")
    moved = []

    def fails(*, person, **said):
        moved.append(person)
        if len(moved) % 2 == 0:
            raise Refused("no")
        return move(person=person, **said)

    move = ledger.move
    monkeypatch.setattr(ledger, "move", fails)
    assert actions.effect_due(by=SYSTEM) == 0
    assert len(moved) == 4, "each of the two was tried, with the other"
    assert casework(hans) != FIVE and casework(ida) != FIVE
    assert {Chain.objects.get(pk=chain.pk).state for chain in parents} == {"accepted"}


def test_they_move_on_the_last_of_their_days(parents):
    hans, ida = parents
    carry(hans, "accepted")
    carry(ida, "accepted", timezone.localdate() + timedelta(days=3))
    with pytest.raises(Refused, match="sidste af de dage"):
        actions.effect(by=user("maja"), chain=hans.pk)
    assert actions.effect_due(by=SYSTEM) == 0


def test_the_database_lets_no_parent_move_alone(parents, monkeypatch):
    """Even where the program forgets the others."""
    hans, ida = parents
    for chain in parents:
        carry(chain, "accepted")
    monkeypatch.setattr(effecting, "_whole", lambda _chain: False)
    with pytest.raises(IntegrityError, match="moves together"), transaction.atomic():
        actions.effect(by=user("maja"), chain=hans.pk)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert casework(ida) != FIVE


def test_apart_one_moves_alone(parents):
    hans, ida = parents
    half(hans, "bif")
    half(hans, "sof", family=False)
    carry(hans, "effective", after="assessed")
    assert casework(hans) == FIVE and casework(ida) != FIVE


def test_the_other_came_to_nothing_so_sof_answers_anew(parents):
    hans, ida = parents
    carry(hans, "accepted")
    actions.cancel(by=user("bente"), chain=ida.pk, reason="aftale", note="Ida flytter til Aarhus.")
    with pytest.raises(Refused, match="standset"):
        actions.effect(by=user("maja"), chain=hans.pk)
    with pytest.raises(NoAccess):
        actions.assess_family(by=user("bente"), chain=hans.pk, whole=True, note="Hans alene.")
    with pytest.raises(Refused, match="hvorfor"):
        actions.assess_family(by=user("maja"), chain=hans.pk, whole=True, note=" ")
    actions.assess_family(
        by=user("maja"), chain=hans.pk, whole=True, note="Ida er fraflyttet; Hans er familien."
    )
    assert actions.effect(by=user("maja"), chain=hans.pk) and casework(hans) == FIVE


def test_the_childs_case_stays(world: World, parents):
    for chain in parents:
        carry(chain, "accepted")
    actions.effect_due(by=SYSTEM)
    assert standing.holders(world.liv) == {}
    assert not Chain.objects.filter(person_key=world.liv).exists()


def goes_and_comes_back(chain: Chain, meanwhile: Chain, *, whole: bool) -> None:
    """Alone, and back again; another, who moves with the whole family or alone, is accepted in the meantime."""
    for one, family in ((chain, False), (meanwhile, whole)):
        half(one, "bif")
        half(one, "sof", family=family)
    carry(chain, "effective", after="assessed")
    carry(meanwhile, "accepted", after="assessed")
    back = returning.open_return(by=user("maja"), chain=chain.pk, cause="request", note="Et ønske.")
    returning.write_note(by=user("maja"), chain=back, note="Aftalt med borgeren.")
    actions.accept(by=user("bente"), chain=back)
    assert actions.effect(by=SYSTEM, chain=back)


def test_on_the_way_back_nobody_is_asked_about_the_family(parents):
    hans, ida = parents
    for chain in parents:
        half(chain, "bif")
        half(chain, "sof", family=False)
        chain.refresh_from_db()
        carry(chain, "accepted", after="assessed")
    assert actions.effect(by=user("maja"), chain=ida.pk)
    back = returning.open_return(by=user("maja"), chain=ida.pk, cause="request", note="Ida vil tilbage.")
    returning.write_note(by=user("maja"), chain=back, note="Sagen er klar.")
    for name in ("bente", "maja"):
        with pytest.raises((Refused, NoAccess)):
            actions.assess_family(by=user(name), chain=back, whole=True, note="Samlet igen.")


def test_the_other_went_back_so_sof_answers_anew(parents):
    """What was undone does not count as having moved: together says that they are in one place."""
    hans, ida = parents
    goes_and_comes_back(ida, hans, whole=True)
    with pytest.raises(Refused, match="standset"):
        actions.effect(by=user("maja"), chain=hans.pk)
    actions.assess_family(by=user("maja"), chain=hans.pk, whole=True, note="Ida bliver i BIF.")
    assert actions.effect(by=user("maja"), chain=hans.pk)
    assert casework(hans) == FIVE and casework(ida) != FIVE
    assert replay(hans.pk).holds


def test_apart_one_moves_though_the_other_went_back(parents):
    """It is pinned that the other did, and found again."""
    hans, ida = parents
    goes_and_comes_back(ida, hans, whole=False)
    assert actions.effect(by=user("maja"), chain=hans.pk)
    effective = Step.objects.get(chain=hans.pk, kind="effective")
    assert effective.pinned["gate"]["inputs"]["family"]["others"] == {str(ida.pk): "returned"}
    assert replay(hans.pk).holds
