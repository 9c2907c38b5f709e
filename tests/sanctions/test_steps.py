"""A sanction from draft to effect: who may take which step, when, and what the citizen is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from handover.world import GKL, ONE
from helhed.audit.models import Event
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.models import Sanction, SanctionStep
from helhed.coordination.handover.sanctions.money import later
from helhed.coordination.handover.sanctions.questions import drafts_of, running_of
from helhed.coordination.handover.sanctions.turns import ready
from helhed.coordination.handover.sanctions.wishes import Sum
from helhed.sharing.refusal import Refused
from pages.world import user
from sanctions.split import ASSESSMENT, BENEFIT, REASON, WHY, brought, hand_over, this_month, wish, yesterday


def test_from_draft_to_effect(world):
    row = brought(world.eva, "heard")
    actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg den dag.", own=True)
    actions.uphold(by=user("bente"), sanction=row.pk, why=WHY)
    actions.effect(by=user("yrsa"), sanction=row.pk)
    row = Sanction.objects.get(pk=row.pk)
    assert (row.state, row.deciding_unit, row.amount_oere) == ("effected", GKL, 50_000)
    kinds = list(row.taken.order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "drafted",
        "decided",
        "received",
        "calculated",
        "heard",
        "answered",
        "upheld",
        "effected",
    ]
    assert row.steps == len(kinds) and row.due_on is None and row.ended_at is not None


def test_the_citizen_is_told_when_heard_and_when_it_took_effect(world):
    row = brought(world.eva, "heard")
    (letter,) = Letter.objects.filter(about=row.pk)
    assert (letter.kind, letter.unit, letter.channel) == ("sanction-hearing", "bif/ydelsesservice", "portal")
    assert "500,00 kr." in str(letter.texts["da"]) and REASON in str(letter.texts["en"])
    actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg den dag.", own=True)
    actions.uphold(by=user("bente"), sanction=row.pk, why=WHY)
    actions.effect(by=user("yrsa"), sanction=row.pk)
    effected = Letter.objects.get(about=row.pk, kind="sanction-effected")
    assert "Aktivlovens §" in str(effected.texts["da"]["parts"]), "a decision names its rule"
    assert "klage" in effected.texts["da"]["appeal"]
    told = str([each.texts for each in Letter.objects.filter(about=row.pk)])
    assert ASSESSMENT not in told and WHY not in told


def test_annulled_after_the_answer_tells_the_citizen_why(world):
    row = brought(world.eva, "heard")
    actions.answer(by=user("yrsa"), sanction=row.pk, words="Ringede: datteren var indlagt.", own=False)
    actions.annul(by=user("bente"), sanction=row.pk, why="Du havde en rimelig grund.")
    letter = Letter.objects.get(about=row.pk, kind="sanction-cancelled")
    assert "rimelig grund" in str(letter.texts) and letter.unit == GKL
    assert Sanction.objects.get(pk=row.pk).state == "annulled"


def test_a_draft_moves_with_the_casework_and_the_carrying_out_stays(world):
    """After the hand-over the drafts are SOF's, and Ydelsesservice still carries out."""
    row = brought(world.eva, "draft")
    assert drafts_of(world.eva) == 1
    hand_over(world.eva, ONE)
    with pytest.raises(Refused):
        actions.decide(by=user("bente"), sanction=row.pk)
    actions.decide(by=user("signe"), sanction=row.pk)
    with pytest.raises(Refused):
        actions.receive(by=user("signe"), sanction=row.pk)
    actions.receive(by=user("yrsa"), sanction=row.pk)
    row.refresh_from_db()
    assert (row.state, row.deciding_unit, row.decided_by) == ("received", ONE, "signe")
    assert (drafts_of(world.eva), running_of(world.eva)) == (0, 1)


def test_an_answer_after_the_hand_over_goes_to_who_has_the_casework_now(world):
    row = brought(world.eva, "heard")
    hand_over(world.eva, ONE)
    actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg den dag.", own=True)
    with pytest.raises(Refused):
        actions.uphold(by=user("bente"), sanction=row.pk, why=WHY)
    actions.annul(by=user("signe"), sanction=row.pk, why="Sygdom er en rimelig grund.")
    row.refresh_from_db()
    assert (row.state, row.deciding_unit) == ("annulled", GKL)


@pytest.mark.parametrize("name", ["soeren", "kim", "yrsa"])
def test_who_has_not_the_casework_drafts_nothing(world, name):
    with pytest.raises(Refused):
        actions.draft(by=user(name), person=world.eva, wish=wish())


def test_who_decided_does_not_carry_out_though_both_parts_are_theirs(world):
    """Somebody placed over both units decides; a colleague must carry it out."""
    both = user("bente")
    both.unit = "bif"
    row = brought(world.eva, "draft")
    actions.decide(by=both, sanction=row.pk)
    with pytest.raises(Refused, match="selv besluttet"):
        actions.receive(by=both, sanction=row.pk)
    colleague = user("bodil")
    colleague.unit = "bif"
    actions.receive(by=colleague, sanction=row.pk)


@pytest.mark.parametrize(
    ("sum", "words"),
    [
        (Sum(this_month(), BENEFIT + 1, BENEFIT), "mere, end ydelsen er"),
        (Sum(this_month(), 0, BENEFIT), "hvor meget"),
        (Sum(later(this_month(), -2), 100, BENEFIT), "før hændelsen"),
        (Sum(later(this_month(), 5), 100, BENEFIT), "tre hele kalendermåneder"),
    ],
)
def test_what_cannot_be_deducted(world, sum, words):
    row = brought(world.eva, "received")
    with pytest.raises(Refused, match=words):
        actions.calculate(by=user("yrsa"), sanction=row.pk, sum=sum)


def test_the_whole_benefit_can_be_deducted_and_one_where_none_is_known(world):
    row = brought(world.eva, "received")
    actions.calculate(by=user("yrsa"), sanction=row.pk, sum=Sum(this_month(), BENEFIT, BENEFIT))
    actions.calculate(by=user("yrsa"), sanction=row.pk, sum=Sum(this_month(), 5, None))
    assert Sanction.objects.get(pk=row.pk).amount_oere == 5


def test_nothing_is_deducted_before_the_citizen_was_heard(world):
    row = brought(world.eva, "heard")
    with pytest.raises(Refused, match="ikke hørt færdig"):
        actions.effect(by=user("yrsa"), sanction=row.pk)
    actions.answer(by=user("eva"), sanction=row.pk, words="Jeg var syg den dag.", own=True)
    with pytest.raises(Refused, match="ikke hørt færdig"):
        actions.effect(by=user("yrsa"), sanction=row.pk)
    actions.uphold(by=user("bente"), sanction=row.pk, why=WHY)
    actions.answer(by=user("eva"), sanction=row.pk, words="Her er lægens brev.", own=True)
    with pytest.raises(Refused, match="ikke hørt færdig"):
        actions.effect(by=user("yrsa"), sanction=row.pk)


def test_silence_until_the_day_after_the_deadline_counts_as_heard():
    today = timezone.localdate()
    row = Sanction(state="heard", hearing_due=today)
    assert not ready(row, today)
    assert ready(row, today + timedelta(days=1))


def test_the_citizen_gets_at_least_a_week(world):
    row = brought(world.eva, "calculated")
    with pytest.raises(Refused, match="mindst 7 dage"):
        actions.hear(by=user("yrsa"), sanction=row.pk, days=6)


@pytest.mark.parametrize("state", ["draft", "decided", "received", "calculated"])
def test_withdrawn_before_the_citizen_is_heard(world, state):
    row = brought(world.eva, state)
    actions.withdraw(by=user("bente"), sanction=row.pk, why="Borgeren var til lægen.")
    assert Sanction.objects.get(pk=row.pk).state == "withdrawn"
    assert not Letter.objects.filter(about=row.pk).exists()


def test_what_is_decided_is_not_written_anew(world):
    row = brought(world.eva, "draft")
    actions.revise(by=user("bodil"), sanction=row.pk, wish=wish(reason="Mødte ikke til samtalen i går."))
    actions.decide(by=user("bente"), sanction=row.pk)
    with pytest.raises(Refused, match="kan ikke skrives om"):
        actions.revise(by=user("bente"), sanction=row.pk, wish=wish())
    assert Sanction.objects.get(pk=row.pk).reason == "Mødte ikke til samtalen i går."


@pytest.mark.parametrize(
    "wrong",
    [
        {"ground": "LOUB-6-4"},
        {"ground": "findes-ikke"},
        {"reason": "kort"},
        {"reason": "x" * 2001},
        {"to_day": yesterday() - timedelta(days=3)},
        {"from_day": yesterday() - timedelta(days=120)},
        {"to_day": timezone.localdate() + timedelta(days=1)},
        {"assessment": "x" * 2001},
    ],
)
def test_a_wish_that_is_not_whole(world, wrong):
    with pytest.raises(Refused):
        actions.draft(by=user("bente"), person=world.eva, wish=wish(**wrong))


def test_an_event_too_old_is_not_decided(world):
    old = later(this_month(), -5)
    row = actions.draft(by=user("bente"), person=world.eva, wish=wish(from_day=old, to_day=old))
    with pytest.raises(Refused, match="tre hele kalendermåneder"):
        actions.decide(by=user("bente"), sanction=row)


def test_there_is_no_such_sanction(world):
    with pytest.raises(LookupError):
        actions.decide(by=user("bente"), sanction=uuid4())


def test_each_step_leaves_one_line(world):
    row = brought(world.eva, "heard")
    lines = Event.objects.filter(object=f"sanction {row.pk}").values_list("action", flat=True)
    acts = [
        "sanction-drafted",
        "sanction-decided",
        "sanction-received",
        "sanction-calculated",
        "sanction-heard",
    ]
    assert sorted(lines) == sorted(acts)
    assert SanctionStep.objects.filter(sanction=row).count() == len(acts)
