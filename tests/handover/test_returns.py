"""The way back: opened with a deadline, handed over in words, offered to BIF, taken back; carried through where nobody does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover import acts
from handover.world import EVA, GKL, ONE, adopt, count
from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, escalating, pingpong, rounds
from helhed.coordination.handover.chain.models import Chain, Message, Step
from helhed.coordination.handover.chain.returning import open_return, redirect, write_note
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent import actions as consents
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import Offer
from helhed.sharing.refusal import Refused
from pages.world import PASSWORD, deliver, user

OTHER = "bif/center-for-beskaeftigelse-og-afklaring"
CASEWORK = "sagsbehandleransvar"
NOTE = "Plan aftalt 1. juni; venter på læge."


def opened(world, cause: str = "request") -> Chain:
    """A return of Eva's hand-over."""
    over = acts.effective(world.eva)
    return Chain.objects.get(
        pk=open_return(by=user("soeren"), chain=over.pk, cause=cause, note="Efter aftale.")
    )


def holder(world) -> str:
    return ledger.holders(world.eva)[CASEWORK].unit


def told(chain: Chain, what: str) -> set[str]:
    return set(Message.objects.filter(chain=chain, what=what).values_list("unit", flat=True))


def kinds(chain: Chain) -> list[str]:
    return list(Step.objects.filter(chain=chain).order_by("number").values_list("kind", flat=True))


def days_pass(chain: Chain, days: int) -> Chain:
    """The deadline was so many days ago."""
    Chain.objects.filter(pk=chain.pk).update(due_on=timezone.localdate() - timedelta(days=days))
    return acts.fresh(chain)


def test_it_opens_with_a_deadline_and_everybody_is_told(world):
    back = opened(world)
    assert (back.from_unit, back.to_unit, back.state) == (ONE, GKL, "proposed")
    assert back.due_on == timezone.localdate() + timedelta(days=28)
    assert told(back, "returning") == {ONE, GKL}
    assert Letter.objects.filter(person_key=world.eva, kind="returning").count() == 1
    assert holder(world) == ONE, "nothing has moved yet"


def test_the_whole_way_back(world):
    back = opened(world)
    write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    assert acts.fresh(back).state == "offered" and told(back, "offered") == {GKL}
    assert Offer.objects.filter(ref=back.pk, unit=GKL, closed_at=None).exists()
    assert holder(world) == ONE
    actions.accept(by=user("bente"), chain=back.pk)
    actions.effect_due(by=SYSTEM)
    assert acts.fresh(back).state == "effective"
    held = ledger.holders(world.eva)
    assert {part: row.unit for part, row in held.items()} == {
        "forvaltningsansvar": "bif",
        CASEWORK: GKL,
        "beskaeftigelsesindsats": GKL,
        "ydelsesansvar": "bif/ydelsesservice",
    }
    assert {row.beside for row in held.values()} == {""}
    assert kinds(back) == ["proposed", "noted", "offered", "accepted", "effective"]
    assert not Offer.objects.filter(ref=back.pk, closed_at=None).exists()


@pytest.mark.parametrize("state", ["proposed", "offered", "accepted"])
def test_a_handover_that_is_not_in_effect_has_no_way_back(world, state):
    chain = acts.proposed(world.eva) if state == "proposed" else acts.decided(world.eva)
    if state == "accepted":
        actions.accept(by=user("soeren"), chain=chain.pk)
    with pytest.raises(Refused):
        open_return(by=user("soeren"), chain=chain.pk, cause="request")


def test_there_is_one_way_back(world):
    back = opened(world)
    with pytest.raises(Refused):
        open_return(by=user("soeren"), chain=back.returns_id, cause="death")
    with pytest.raises(Refused):
        open_return(by=user("soeren"), chain=back.pk, cause="request")


def test_a_cause_that_is_none_is_refused(world):
    over = acts.effective(world.eva)
    with pytest.raises(Refused):
        open_return(by=user("soeren"), chain=over.pk, cause="criteria")


def test_without_a_note_nothing_goes_back(world):
    back = opened(world)
    with pytest.raises(Refused):
        write_note(by=user("soeren"), chain=back.pk, note="  ")
    with pytest.raises(NoAccess):
        write_note(by=user("bente"), chain=back.pk, note=NOTE)


def test_it_cannot_be_refused_but_sent_on_within_bif(world):
    back = opened(world)
    write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    with pytest.raises(Refused):
        actions.refuse(by=user("bente"), chain=back.pk, reason="kapacitet", note="fuldt")
    for unit in (ONE, GKL, "bif/findes-ikke", "sof/driftscenter-2"):
        with pytest.raises(Refused):
            redirect(by=user("bente"), chain=back.pk, unit=unit, reason="Forkert enhed.")
    redirect(by=user("bente"), chain=back.pk, unit=OTHER, reason="Er i afklaring dér.")
    sent = Letter.objects.filter(person_key=back.person_key, kind="returning").latest("written_at")
    assert "Først skrev vi, at sagen skulle til" in sent.texts["da"]["parts"][0]["text"]
    back = acts.fresh(back)
    assert (back.to_unit, back.state) == (OTHER, "offered")
    assert told(back, "offered") == {GKL, OTHER}
    assert list(Offer.objects.filter(ref=back.pk, closed_at=None).values_list("unit", flat=True)) == [OTHER]
    with pytest.raises(NoAccess):
        actions.accept(by=user("bente"), chain=back.pk)
    login = Login("cille", "Cille Bo", "caseworker", "bif", OTHER)
    appoint(by=SYSTEM, login=login, password=PASSWORD)
    actions.accept(by=user("cille"), chain=back.pk)
    assert actions.effect(by=SYSTEM, chain=back.pk) and holder(world) == OTHER


def test_a_disabled_worker_blocks_nothing(world):
    """Who opened it is gone; anybody of the unit carries on."""
    back = opened(world)
    gone = user("soeren")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    write_note(by=user("signe"), chain=back.pk, note=NOTE)
    assert acts.fresh(back).state == "offered"


def test_past_the_deadline_both_leaders_are_told_once(world):
    back = days_pass(opened(world), 1)
    assert escalating.escalate(by=SYSTEM) == 1
    assert escalating.escalate(by=SYSTEM) == 0
    rows = Message.objects.filter(chain=back, what="overdue")
    assert {(row.unit, row.to_leader) for row in rows} == {(ONE, True), (GKL, True)}
    assert kinds(back)[-1] == "escalated" and acts.fresh(back).escalated_at is not None


def test_a_handover_past_its_deadline_is_told_too_at_each_step_anew(world):
    chain = days_pass(acts.proposed(world.eva), 1)
    escalating.escalate(by=SYSTEM)
    for side, answers in acts.YES.items():
        said = acts.Answers(answers)
        actions.assess(by=user(acts.WORKER[side]), chain=chain.pk, side=side, answers=said)
    chain = days_pass(chain, 1)
    assert chain.state == "assessed" and escalating.escalate(by=SYSTEM) == 1
    assert kinds(chain).count("escalated") == 2


def test_the_day_of_the_deadline_is_not_past_it(world):
    days_pass(opened(world), 0)
    assert escalating.escalate(by=SYSTEM) == 0


@pytest.mark.parametrize("noted", [False, True])
def test_without_a_ground_it_goes_back_by_itself_a_week_later(world, noted):
    over = acts.effective(world.eva)
    consents.withdraw(by=user("eva"), consent=over.consent)
    rounds.one_round(by=SYSTEM)
    back = Chain.objects.get(returns=over)
    if noted:
        write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    days_pass(back, 6)
    rounds.one_round(by=SYSTEM)
    assert holder(world) == ONE
    days_pass(back, 7)
    rounds.one_round(by=SYSTEM)
    assert acts.fresh(back).state == "effective" and holder(world) == GKL
    steps = Step.objects.filter(chain=back, reason="frist")
    assert set(steps.values_list("by", flat=True)) == {"system"}
    assert {step.kind for step in steps} >= {"accepted"} | (set() if noted else {"noted", "offered"})


def test_a_request_never_goes_back_by_itself(world):
    """The citizen's consent still holds: SOF has the ground to keep the case until somebody takes it."""
    back = days_pass(opened(world), 30)
    escalating.escalate(by=SYSTEM)
    assert acts.fresh(back).state == "proposed" and holder(world) == ONE


def test_a_leader_may_take_it_back_for_a_unit_that_lets_it_lie(world):
    back = opened(world)
    write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    days_pass(back, 1)
    actions.accept(by=user("birgit"), chain=back.pk, on_behalf=True)
    assert Step.objects.get(chain=back, kind="accepted").on_behalf


def test_back_and_forth_is_counted(world):
    back = opened(world)
    assert pingpong.of_person(world.eva) == pingpong.Moves(1, (), 0)
    write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    actions.accept(by=user("bente"), chain=back.pk)
    actions.effect(by=SYSTEM, chain=back.pk)
    assert pingpong.of_person(world.eva) == pingpong.Moves(2, (0,), 1)
    assert pingpong.of_person(world.finn) == pingpong.Moves(0, (), 0)
    [soon] = pingpong.back_soon(GKL)
    assert (soon.chain, soon.person_key, soon.cause, soon.days) == (back.pk, world.eva, "request", 0)
    assert pingpong.back_soon("sof/driftscenter-2") == []
    [line] = pingpong.counts(by=user("lene"))
    assert line.model == "5A" and line.over.hidden and line.back.hidden, "one citizen is nobody's business"
    with pytest.raises(NoAccess):
        pingpong.counts(by=user("bente"))


def test_the_deadline_is_the_model_s(world):
    adopt("5A", return_days=10)
    assert opened(world, "moved-away").due_on == timezone.localdate() + timedelta(days=10)


def test_it_goes_to_the_unit_that_has_the_employment_case_by_now(world):
    over = acts.effective(world.eva)
    head = "AENDRING;SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO"
    row = f"O;H-S-{EVA};{EVA};LAB § 6 nr. 3;Center for Beskæftigelse og Afklaring;01-02-2022;"
    count(deliver(world.folder / "moved", "bif-fagsystem", {"BIF_SAGER_AENDRING": [head, row]}, nights_ago=0))
    assert holder(world) == ONE, "the case system moves nothing that was handed over"
    back = Chain.objects.get(pk=open_return(by=user("soeren"), chain=over.pk, cause="request"))
    assert back.to_unit == OTHER


def test_nobody_is_written_to_who_has_died(world):
    back = opened(world, "death")
    write_note(by=user("soeren"), chain=back.pk, note=NOTE)
    actions.accept(by=user("bente"), chain=back.pk)
    assert actions.effect(by=SYSTEM, chain=back.pk)
    assert not Letter.objects.filter(person_key=world.eva, kind__in=["returning", "returned"]).exists()
