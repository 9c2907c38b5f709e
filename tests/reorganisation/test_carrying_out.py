"""The reorganisation of the first of January 2025, carried out: all goes along in one act, and whole or not at all."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from handover.acts import fresh
from handover.world import GKL, ONE, TWO, consent
from helhed.accounts.models import Appointment
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.advis.models import Notice
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.standing import in_use
from helhed.coordination.handover.chain import actions as handovers
from helhed.coordination.handover.chain.models import Chain, Message, Step
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.reorganisation import actions
from helhed.coordination.handover.reorganisation.changes import changes_on
from helhed.coordination.handover.reorganisation.models import Reorganisation, UnitChange
from helhed.coordination.handover.reorganisation.placing import Placing
from helhed.coordination.handover.reorganisation.preview import preview
from helhed.coordination.handover.tasks import questions as tasks
from helhed.coordination.handover.tasks.actions import Wish, write
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import Holding, Offer, Worker
from helhed.sharing.refusal import Refused
from pages.world import user
from reorganisation.conftest import (
    ADULTS,
    BENEFIT,
    CASEWORK,
    HOMELESS,
    OFFERS,
    SOCIAL_BENEFITS,
    Before,
    assessed,
    at,
    name_receiver,
    settled,
)

DAY = date(2025, 1, 1)
REST = "sof/driftscenter-6/oevrige"
OTHERWISE = {ADULTS: REST}
WHY = "Omlægningen af Socialforvaltningen er vedtaget."


def approved(day: date = DAY) -> UUID:
    made = actions.propose(by=user("lene"), day=day, otherwise=OTHERWISE, reason=WHY)
    actions.approve(by=user("birgit"), reorganisation=made)
    return made


def carried_out() -> tuple[UUID, dict[str, int]]:
    made = approved()
    moved = actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    settled()
    return made, dict(moved)


def units(person: UUID) -> dict[str, str]:
    return {part: row.unit for part, row in ledger.holders(person).items()}


def everything() -> list[object]:
    """All that a reorganisation touches, as it stands."""
    return [
        list(Holding.objects.order_by("pk").values()),
        list(Worker.objects.order_by("pk").values()),
        list(Offer.objects.order_by("pk").values()),
        list(Chain.objects.order_by("pk").values()),
        list(Step.objects.order_by("pk").values("pk", "hash")),
        list(Message.objects.order_by("pk").values()),
        list(AdoptedModel.objects.order_by("pk").values()),
        list(Appointment.objects.order_by("pk").values()),
        list(Notice.objects.order_by("pk").values()),
        list(Letter.objects.order_by("pk").values("pk")),
        list(Reorganisation.objects.order_by("pk").values()),
        Event.objects.count(),
    ]


def test_every_responsibility_goes_to_the_unit_that_takes_over(then: Before):
    carried_out()
    world = then.world
    assert units(world.eva)[CASEWORK] == units(world.eva)[OFFERS] == ONE
    assert units(world.anna)[BENEFIT] == "bif/ydelsesservice"
    assert units(world.anna)[CASEWORK] == GKL, "what does not give way stays"


def test_of_a_unit_that_is_divided_each_goes_where_their_case_lies(then: Before):
    carried_out()
    assert units(then.world.gry)[CASEWORK] == TWO, "her primary case is in operations centre 2"
    assert units(then.world.bo)[CASEWORK] == REST, "he has no social case"


def test_there_is_a_holder_at_every_instant_and_the_moment_is_one(then: Before):
    made, _ = carried_out()
    moments = set(Holding.objects.filter(ref=made).values_list("since", flat=True))
    assert len(moments) == 1
    for person in (then.world.eva, then.world.gry, then.world.bo, then.world.anna):
        for part, rows in _by_part(person).items():
            assert [row.until for row in rows[:-1]] == [row.previous_until for row in rows[1:]], part
            assert rows[-1].until is None


def test_who_works_with_a_citizen_goes_along_and_keeps_role_and_limits(then: Before):
    _, moved = carried_out()
    assert ledger.worker_of(then.world.eva, CASEWORK) == "hanne"
    hanne, yann = user("hanne"), user("yann")
    assert (hanne.unit, hanne.administration, hanne.clearance, hanne.protected_address) == (
        ONE,
        "sof",
        2,
        True,
    )
    assert (yann.unit, yann.administration) == ("bif/ydelsesservice", "bif")
    assert moved["staff"] == 2


def test_tasks_go_along_because_they_lie_with_the_part(then: Before):
    wish = Wish(CASEWORK, "Ring til botilbuddet", "", timezone.localdate() + timedelta(days=3))
    write(by=user("hanne"), person=then.world.eva, wish=wish)
    carried_out()
    assert tasks.open_of(then.world.eva, [CASEWORK]) == 1
    write(by=user("soeren"), person=then.world.eva, wish=wish)


def test_an_open_hand_over_goes_on_where_the_citizens_yes_reaches(then: Before):
    made, moved = carried_out()
    chain = fresh(then.offered)
    assert (chain.state, chain.from_unit, chain.to_unit) == ("offered", GKL, ONE)
    assert [row.unit for row in Offer.objects.filter(ref=chain.pk, closed_at__isnull=True)] == [ONE]
    last = chain.taken.get(number=chain.steps)
    assert (last.kind, last.reason, last.pinned["reorganisation"]) == ("redirected", "reorganised", str(made))
    assert moved["chains"] == 2
    assert set(chain.messages.filter(done_at__isnull=True).values_list("unit", flat=True)) == {ONE}
    handovers.accept(by=user("hanne"), chain=chain.pk)
    assert handovers.effect(by=SYSTEM, chain=chain.pk) and units(then.world.jon)[CASEWORK] == ONE


def test_where_the_yes_does_not_reach_the_citizen_is_asked_again(then: Before):
    consent(then.world.finn, HOMELESS)
    assessed(then.proposed)
    assert fresh(then.proposed).state == "consented"
    carried_out()
    chain = fresh(then.proposed)
    assert (chain.state, chain.to_unit, chain.consent) == ("assessed", ONE, None)
    assert chain.due_on == timezone.localdate() + timedelta(days=28)
    handovers.bind(by=user("bente"), chain=chain.pk, consent=consent(then.world.finn, ONE))
    handovers.hear_answers(by=SYSTEM)
    assert fresh(chain).state == "consented"


def test_a_hand_over_that_would_stay_within_one_administration_ends_with_its_model(then: Before):
    name_receiver(then.proposed, SOCIAL_BENEFITS)
    AdoptedModel.objects.filter(pk=then.model).update(receiving=SOCIAL_BENEFITS)
    carried_out()
    chain, model = fresh(then.proposed), AdoptedModel.objects.get(pk=then.model)
    assert (chain.state, chain.end_reason) == ("cancelled", "end-of-model")
    assert (model.state, model.receiving) == ("ended", "bif/ydelsesservice")


def test_adopted_models_receive_in_the_unit_that_takes_over(then: Before):
    assert in_use("5A", timezone.localdate()).receiving == HOMELESS
    carried_out()
    assert in_use("5A", timezone.localdate()).receiving == ONE


def test_a_model_whose_unit_is_divided_receives_where_each_citizens_case_lies(then: Before):
    AdoptedModel.objects.filter(pk=then.model).update(receiving=ADULTS)
    carried_out()
    assert in_use("5A", timezone.localdate()).receiving == "sof"


def test_a_citizen_nobody_thought_of_is_placed_too(then: Before):
    changes = Reorganisation.objects.get(pk=approved()).changes.all()
    placing = Placing(changes, people=[])
    assert placing.unit(then.world.gry, ADULTS) == TWO
    assert placing.unit(then.world.bo, ADULTS) == REST
    assert placing.unit(uuid4(), ADULTS) == REST
    assert placing.unit(then.world.gry, GKL) == placing.whole(GKL) == GKL


def test_notices_that_wait_follow(then: Before):
    notice = Notice.objects.filter(unit=ONE).first()
    Notice.objects.filter(pk=notice.pk).update(unit=HOMELESS)
    _, moved = carried_out()
    assert moved["notices"] == 1
    assert Notice.objects.get(pk=notice.pk).unit == ONE


def test_each_citizen_whose_caseworkers_gave_way_is_told_once(then: Before):
    _, moved = carried_out()
    told = Letter.objects.filter(kind="reorganised")
    assert {row.person_key for row in told} == {then.world.eva, then.world.gry, then.world.bo}
    assert moved["letters"] == told.count() == 3
    assert {row.unit for row in told} == {ONE, TWO, REST}


def test_nothing_is_left_with_a_unit_that_gave_way(then: Before):
    carried_out()
    old = [change.old for change in changes_on(DAY)]
    assert not Holding.objects.filter(unit__in=old, until__isnull=True).exists()
    assert not Chain.objects.filter(to_unit__in=old, ended_at__isnull=True).exists()
    assert not Message.objects.filter(unit__in=old, done_at__isnull=True).exists()
    assert not Worker.objects.filter(unit__in=old, until__isnull=True).exists()
    assert all(along.empty for along in preview(changes_on(DAY), by=user("lene"), day=DAY))


def test_carrying_out_twice_does_nothing_more(then: Before):
    made, moved = carried_out()
    before = everything()
    assert actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse) == moved
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 0
    assert everything() == before


def test_what_comes_to_an_old_unit_afterwards_can_be_taken_along_too(then: Before):
    carried_out()
    at(then.world.hans, HOMELESS)
    carried_out()
    assert units(then.world.hans)[CASEWORK] == ONE


@pytest.mark.parametrize(
    "broken",
    [
        "moving.staff",
        "moving.models",
        "chains.follow",
        "chains.messages",
        "moving.teams",
        "moving.holdings",
        "moving.letters",
    ],
)
def test_an_error_at_any_point_leaves_all_as_it_was(then: Before, monkeypatch, broken: str):
    made = approved()
    before = everything()

    def fails(*_args, **_named):
        raise ConnectionError("the disk is full")

    monkeypatch.setattr(f"helhed.coordination.handover.reorganisation.{broken}", fails)
    with pytest.raises(ConnectionError):
        actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    assert everything() == before
    monkeypatch.undo()
    actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    settled()
    assert units(then.world.eva)[CASEWORK] == ONE


def test_the_database_takes_no_reorganisation_that_leaves_something_behind(then: Before, monkeypatch):
    made = approved()
    monkeypatch.setattr("helhed.coordination.handover.reorganisation.moving.holdings", lambda *_a, **_n: 0)
    before = everything()
    with pytest.raises(IntegrityError, match="leaves nothing behind"):
        actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 0, "the worker goes on"
    assert everything() == before


def test_the_preview_counts_what_will_go_along_and_hides_small_numbers(then: Before, settings):
    settings.SMALL_COUNT = 1
    shown = {along.change.old: along for along in preview(changes_on(DAY), by=user("lene"), day=DAY)}
    homeless = shown[HOMELESS]
    assert (homeless.models, homeless.staff, homeless.teams) == (("5A",), ("Hanne Vig",), 0)
    settings.SMALL_COUNT = 5
    shown = {along.change.old: along for along in preview(changes_on(DAY), by=user("lene"), day=DAY)}
    assert shown[HOMELESS].parts[CASEWORK].hidden and shown[HOMELESS].chains.hidden
    assert shown["sof/kriminalpraeventive-indsatser"].empty and not shown[HOMELESS].empty
    with pytest.raises(NoAccess):
        preview(changes_on(DAY), by=user("bente"), day=DAY)


def test_two_persons_of_both_administrations_decide(then: Before):
    made = actions.propose(by=user("lene"), day=DAY, otherwise=OTHERWISE, reason=WHY)
    with pytest.raises(NoAccess):
        actions.approve(by=user("lene"), reorganisation=made)
    with pytest.raises(NoAccess):
        actions.propose(by=user("bente"), day=DAY, otherwise=OTHERWISE, reason=WHY)
    with pytest.raises(Refused):
        actions.propose(by=user("birgit"), day=DAY, otherwise=OTHERWISE, reason=WHY)
    with pytest.raises(Refused):
        actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    actions.reject(by=user("birgit"), reorganisation=made, reason="Vi er ikke klar endnu.")
    with pytest.raises(Refused):
        actions.approve(by=user("birgit"), reorganisation=made)
    again = approved()
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 1
    assert Reorganisation.objects.get(pk=again).state == "carried_out"


@pytest.mark.parametrize(
    ("day", "otherwise", "reason"),
    [(date(2025, 1, 2), OTHERWISE, WHY), (DAY, {}, WHY), (DAY, {ADULTS: GKL}, WHY), (DAY, OTHERWISE, "kort")],
)
def test_what_cannot_be_proposed_is_refused(then: Before, day, otherwise, reason):
    with pytest.raises(Refused):
        actions.propose(by=user("lene"), day=day, otherwise=otherwise, reason=reason)
    assert not Reorganisation.objects.exists()


def test_nothing_is_carried_out_before_its_day(then: Before, monkeypatch):
    made = approved()
    monkeypatch.setattr(
        "helhed.coordination.handover.reorganisation.actions.timezone.localdate", lambda: date(2024, 12, 31)
    )
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 0
    with pytest.raises(Refused):
        actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)


def test_the_database_changes_nothing_of_what_was_proposed(then: Before):
    made = approved()
    for table, change in (
        (Reorganisation.objects.filter(pk=made), {"state": "proposed", "decided_by": ""}),
        (Reorganisation.objects.filter(pk=made), {"reason": "noget andet"}),
        (UnitChange.objects.filter(reorganisation=made), {"otherwise": ONE}),
    ):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            table.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitChange.objects.create(
            reorganisation_id=made, old=GKL, successors=[ONE], otherwise=ONE, kind="moved"
        )


def _by_part(person: UUID) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {}
    for row in ledger.history(person):
        found.setdefault(row.part, []).append(row)
    return found
