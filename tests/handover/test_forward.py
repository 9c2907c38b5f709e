"""A hand-over from proposal to effect, and everything that stops it on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DataError, transaction
from django.utils import timezone

from handover.carrying import carried, carry, half, propose
from handover.world import GKL, ONE, World, adopt, benefit_stops, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, effecting, gates, steps
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain, Evidence, Message, Step
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.tasks import actions as tasks
from helhed.coordination.handover.tasks.actions import Wish
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.actions import withdraw
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import standing
from helhed.sharing.ledger.models import Offer
from helhed.sharing.refusal import Refused
from pages.world import user

TODAY = timezone.localdate()


def kinds(chain: Chain) -> list[str]:
    return list(Step.objects.filter(chain=chain).order_by("number").values_list("kind", flat=True))


def units(person) -> dict[str, str]:
    return {part: held.unit for part, held in standing.holders(person).items()}


def test_from_proposal_to_effect(world: World):
    chain = carried(world.eva, "effective")
    assert kinds(chain) == [
        "proposed",
        "assessed-bif",
        "assessed-sof",
        "assessed",
        "asked",
        "consented",
        "decided",
        "offered",
        "accepted",
        "effective",
    ]
    held = standing.holders(world.eva)
    assert (held["sagsbehandleransvar"].unit, held["beskaeftigelsesindsats"].unit) == (ONE, ONE)
    assert (held["forvaltningsansvar"].unit, held["forvaltningsansvar"].beside) == ("sof", "bif")
    assert held["ydelsesansvar"].unit == "bif/ydelsesservice"
    assert chain.state == "effective" and chain.effective_on == TODAY and chain.ended_at
    letters = (
        Letter.objects.filter(person_key=world.eva).order_by("written_at").values_list("kind", flat=True)
    )
    assert list(letters) == ["decision", "moved"]
    told = Message.objects.filter(chain=chain).values_list("unit", "what")
    assert {(GKL, "effective"), (ONE, "effective"), (ONE, "offered"), (GKL, "accepted")} <= set(told)
    assert not Message.objects.filter(chain=chain, done_at=None).exclude(what="effective").exists()
    assert not Offer.objects.filter(ref=chain.pk, closed_at=None).exists()


def test_each_step_rests_on_the_one_before(world: World):
    chain = carried(world.eva, "effective")
    before = ""
    for number, step in enumerate(Step.objects.filter(chain=chain).order_by("number"), 1):
        assert (step.number, step.before, step.hash) == (number, before, steps.digest(step))
        before = step.hash


def test_the_decision_pins_what_it_rested_on_and_gives_the_same_again(world: World):
    chain = carried(world.eva, "offered")
    pinned = Step.objects.get(chain=chain, kind="decided").pinned
    evidence = Evidence.objects.get(pk=pinned["evidence"])
    assert (evidence.hash, evidence.verdict) == (pinned["evidence_hash"], "true")
    assert pinned["consent"]["id"] == str(chain.consent) and pinned["consent"]["record"]
    gate = pinned["gate"]
    assert gates.decide(gate["inputs"]) == gates.Outcome(True, ()) and gate["move"] is True
    assert gates.decide(gate["inputs"] | {"consent": {}}) == gates.Outcome(False, ("consent",))


def test_proposed_in_bulk_whoever_meets_the_criteria_and_nobody_twice(world: World):
    terms = adopt("5A")
    everyone = [world.eva, world.finn, world.jon, world.gry, world.anna]
    assert actions.propose(by=SYSTEM, adoption=terms.pk, people=everyone) == 3
    assert actions.propose(by=SYSTEM, adoption=terms.pk, people=everyone) == 0
    chain = Chain.objects.get(person_key=world.eva)
    assert (chain.from_unit, chain.to_unit, chain.state) == (GKL, ONE, "proposed")
    assert chain.due_on == TODAY + timedelta(days=terms.assess_days)
    assert Message.objects.filter(chain=chain, what="proposed").count() == 2
    assert Evidence.objects.get(pk=chain.evidence).facts


def test_a_joint_entrance_moves_no_responsibility(world: World):
    with pytest.raises(Refused, match="fælles indgang"):
        actions.propose(by=SYSTEM, adoption=adopt("8B").pk, people=[world.gry])


@pytest.mark.parametrize(
    ("side", "said", "reason"),
    [
        ("bif", {"EX1": True}, "EX1"),
        ("bif", {"EX3": True}, "EX3"),
        ("sof", {"EX2": True}, "EX2"),
        ("sof", {"need": False}, "no-need"),
    ],
)
def test_an_exemption_ends_it_with_its_reason_and_is_not_proposed_again(world: World, side, said, reason):
    terms = adopt("5A")
    [chain] = propose([world.eva], terms)
    with pytest.raises(Refused, match="konkrete grund"):
        half(chain, side, **said)
    half(chain, side, note="Det er aftalt i dag.", **said)
    chain.refresh_from_db()
    assert (chain.state, chain.end_reason) == ("exempted", reason)
    assert not Letter.objects.filter(person_key=world.eva).exists(), "the citizen had not been asked"
    assert actions.propose(by=SYSTEM, adoption=terms.pk, people=[world.eva]) == 0


def test_each_side_answers_its_own_half_and_all_of_it(world: World):
    [chain] = propose([world.eva])
    with pytest.raises(NoAccess):
        actions.assess(
            by=user("soeren"), chain=chain.pk, side="bif", answers=Answers({"EX1": False, "EX3": False})
        )
    with pytest.raises(Refused, match="hvert spørgsmål"):
        actions.assess(by=user("bente"), chain=chain.pk, side="bif", answers=Answers({"EX1": False}))
    with pytest.raises(NoAccess):
        half_by_kim = Answers({"need": True, "EX2": False})
        actions.assess(by=user("kim"), chain=chain.pk, side="sof", answers=half_by_kim)


def test_a_consent_that_holds_already_is_not_asked_for_again(world: World):
    consent(world.eva)
    chain = carried(world.eva, "assessed")
    assert chain.state == "consented" and kinds(chain)[-2:] == ["assessed", "consented"]


def test_a_consent_to_another_unit_does_not_count(world: World):
    consent(world.eva, to="sof/driftscenter-2")
    assert carried(world.eva, "assessed").state == "assessed"


@pytest.mark.parametrize(("answer", "reason"), [("refused", "EX4"), ("", "")])
def test_no_ends_it_and_silence_waits(world: World, answer, reason):
    chain = carried(world.eva, "asked")
    if answer:
        consent(world.eva, asked=chain.consent, answer=answer)
    actions.hear_answers(by=SYSTEM)
    chain.refresh_from_db()
    assert (chain.state, chain.end_reason) == (("declined", reason) if answer else ("asked", ""))
    if answer:
        assert Letter.objects.get(person_key=world.eva).kind == "not-moved"


def test_another_question_cannot_be_bound(world: World):
    chain = carried(world.eva, "assessed")
    for wrong in (consent(world.finn), consent(world.eva, to="sof/driftscenter-2", answer="")):
        with pytest.raises(Refused):
            actions.bind(by=user("bente"), chain=chain.pk, consent=wrong)


@pytest.mark.parametrize("state", ["consented", "offered", "accepted"])
def test_a_withdrawn_consent_ends_it_at_every_later_step(world: World, state):
    chain = carried(world.eva, state)
    withdraw(by=user("eva"), consent=chain.consent)
    assert actions.hear_answers(by=SYSTEM) == 1
    chain.refresh_from_db()
    assert (chain.state, chain.end_reason) == ("declined", "consent")
    assert not Offer.objects.filter(ref=chain.pk, closed_at=None).exists()
    assert units(world.eva)["sagsbehandleransvar"] == GKL


def test_the_day_lies_within_the_consent(world: World):
    """A year typed wrong would leave everybody waiting for a day the consent does not reach."""
    chain = carried(world.eva, "consented")
    end = timezone.localdate(Consent.objects.get(pk=chain.consent).valid_to)
    said = {"by": user("bente"), "chain": chain.pk, "note": ""}
    with pytest.raises(Refused, match="Vælg en dag før"):
        actions.decide(effective_on=end, **said)
    chain.refresh_from_db()
    assert chain.state == "consented"
    actions.decide(effective_on=end - timedelta(days=1), **said)


def test_nothing_is_decided_or_takes_effect_on_a_withdrawn_consent(world: World):
    early = carried(world.eva, "consented")
    withdraw(by=user("eva"), consent=early.consent)
    with pytest.raises(Refused, match="samtykke"):
        actions.decide(by=user("bente"), chain=early.pk, effective_on=TODAY)
    late = carried(world.finn, "accepted")
    withdraw(by=SYSTEM, consent=late.consent)
    assert actions.effect(by=SYSTEM, chain=late.pk) is False
    late.refresh_from_db()
    assert late.state == "declined" and units(world.finn)["sagsbehandleransvar"] == GKL


def test_criteria_are_looked_at_anew_at_decision_and_at_effect(world: World):
    early, late = carried(world.eva, "consented"), carried(world.jon, "accepted")
    benefit_stops(world)
    assert actions.effect(by=SYSTEM, chain=late.pk) is False
    late.refresh_from_db()
    assert (late.state, late.end_reason) == ("lapsed", "lapsed")
    actions.decide(by=user("bente"), chain=early.pk, effective_on=TODAY)
    early.refresh_from_db()
    assert early.state == "offered"


def test_only_the_unit_whose_turn_it_is(world: World):
    chain = carried(world.eva, "consented")
    with pytest.raises(NoAccess):
        actions.decide(by=user("soeren"), chain=chain.pk, effective_on=TODAY)
    actions.decide(by=user("bodil"), chain=chain.pk, effective_on=TODAY)
    for wrong in ("bente", "kim"):
        with pytest.raises(NoAccess):
            actions.accept(by=user(wrong), chain=chain.pk)
    with pytest.raises(NoAccess):
        actions.accept(by=user("signe"), chain=chain.pk, on_behalf=True)
    actions.accept(by=user("lene"), chain=chain.pk, on_behalf=True)
    assert Step.objects.get(chain=chain, kind="accepted").on_behalf


def test_not_before_its_day_and_then_by_the_program(world: World):
    chain = carried(world.eva, "accepted", TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="den dag"):
        actions.effect(by=user("soeren"), chain=chain.pk)
    assert actions.effect_due(by=SYSTEM) == 0
    other = carried(world.finn, "accepted")
    assert actions.effect_due(by=SYSTEM) == 1 and units(world.finn)["sagsbehandleransvar"] == ONE
    other.refresh_from_db()
    assert other.state == "effective"


def test_a_day_that_is_gone_is_refused(world: World):
    chain = carried(world.eva, "consented")
    with pytest.raises(Refused, match="før i dag"):
        actions.decide(by=user("bente"), chain=chain.pk, effective_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("maalgruppe", "er i tvivl om"),
        ("oplysninger", "mangler at få noget at vide"),
        ("kapacitet", "har ikke plads"),
    ],
)
def test_who_was_told_of_a_day_is_told_that_it_waits(world: World, reason, words):
    chain = carried(world.eva, "offered")
    actions.refuse(
        by=user("soeren"), chain=chain.pk, reason=reason, note="Det er for bekymrende til at stå i et brev."
    )
    letter = Letter.objects.get(person_key=world.eva, kind="delayed")
    assert letter.unit == chain.from_unit and words in letter.texts["da"]["parts"][0]["text"]
    assert "bekymrende" not in str(letter.texts) and letter.texts["da"]["appeal"] == ""


def test_refused_for_the_target_group_is_assessed_again(world: World):
    chain = carried(world.eva, "offered")
    actions.refuse(by=user("soeren"), chain=chain.pk, reason="maalgruppe", note="Hun bor ikke på herberg.")
    assert not Offer.objects.filter(ref=chain.pk, closed_at=None).exists()
    actions.answer(by=user("bente"), chain=chain.pk, note="Vi ser på det igen.")
    chain.refresh_from_db()
    assert chain.state == "proposed"
    half(chain, "bif")
    chain.refresh_from_db()
    assert chain.state == "proposed", "both halves are made again"
    half(chain, "sof")
    chain.refresh_from_db()
    assert chain.state == "consented", "the consent holds still"


def test_refused_for_want_of_information_is_offered_again(world: World):
    chain = carried(world.eva, "offered")
    actions.refuse(by=user("soeren"), chain=chain.pk, reason="oplysninger", note="Vi mangler CV.")
    actions.answer(by=user("bente"), chain=chain.pk, note="Det ligger i sagen.")
    chain.refresh_from_db()
    assert chain.state == "offered" and Offer.objects.filter(ref=chain.pk, closed_at=None).count() == 1
    assert Letter.objects.filter(person_key=world.eva, kind="decision").count() == 1


def test_refused_for_want_of_room_is_the_leaders(world: World):
    chain = carried(world.eva, "offered")
    actions.refuse(by=user("soeren"), chain=chain.pk, reason="kapacitet", note="Ingen ledig plads.")
    told = Message.objects.filter(chain=chain, what="refused").values_list("unit", "to_leader")
    assert set(told) == {(GKL, True), (ONE, True)}
    with pytest.raises(NoAccess, match="leder"):
        actions.answer(by=user("bente"), chain=chain.pk, note="Prøv igen.")
    actions.answer(by=user("birgit"), chain=chain.pk, note="Plads fra mandag.")
    chain.refresh_from_db()
    assert chain.state == "offered"
    actions.refuse(by=user("soeren"), chain=chain.pk, reason="kapacitet", note="Stadig ingen plads.")
    actions.cancel(by=user("lene"), chain=chain.pk, reason="kapacitet", note="Vi aftalte at vente.")
    chain.refresh_from_db()
    assert (chain.state, chain.end_reason) == ("cancelled", "kapacitet")


def test_a_refusal_says_why(world: World):
    chain = carried(world.eva, "offered")
    for reason, note in (("lyst", "Vi vil ikke."), ("kapacitet", " ")):
        with pytest.raises(Refused):
            actions.refuse(by=user("soeren"), chain=chain.pk, reason=reason, note=note)


def test_nothing_follows_an_end(world: World):
    chain = carried(world.eva, "effective")
    verbs = (
        lambda: actions.cancel(by=user("bente"), chain=chain.pk, reason="fejl", note="Forkert borger."),
        lambda: actions.accept(by=user("soeren"), chain=chain.pk),
        lambda: actions.effect(by=user("soeren"), chain=chain.pk),
        lambda: actions.decide(by=user("bente"), chain=chain.pk, effective_on=TODAY),
        lambda: actions.lapse(by=SYSTEM, chain=chain.pk, reason="lapsed"),
    )
    for verb in verbs:
        with pytest.raises(Refused, match="nået videre"):
            verb()


def test_who_is_moved_is_not_proposed_again(world: World):
    carried(world.eva, "effective")
    assert (
        actions.propose(
            by=SYSTEM, adoption=Chain.objects.get(person_key=world.eva).adoption, people=[world.eva]
        )
        == 0
    )


@pytest.mark.parametrize(("consented_to", "lands"), [(ONE, ONE), ("sof", "sof/driftscenter-3")])
def test_a_receiving_unit_that_closed_holds_nothing_up(world: World, monkeypatch, consented_to, lands):
    """Where the consent reaches the unit that took over, it goes there; else a reorganisation takes it on from the old one."""
    consent(world.eva, to=consented_to)
    chain = carried(world.eva, "assessed")
    carry(chain, "accepted", after="consented")
    monkeypatch.setattr(effecting, "current", lambda unit: "sof/driftscenter-3" if unit == ONE else unit)
    assert actions.effect(by=SYSTEM, chain=chain.pk)
    assert units(world.eva)["sagsbehandleransvar"] == lands


def test_a_disabled_login_blocks_nothing(world: World):
    chain = carried(world.eva, "offered")
    for username in ("soeren", "bente"):
        row = user(username)
        row.is_active = False
        row.save(update_fields=["is_active"])
    actions.accept(by=user("signe"), chain=chain.pk)
    assert actions.effect_due(by=SYSTEM) == 1


def test_many_at_once_and_why_the_others_were_turned_away(world: World):
    ready, early = carried(world.eva, "consented"), carried(world.finn, "asked")
    turned = actions.decide_each(by=user("bente"), chains=[ready.pk, early.pk], effective_on=TODAY)
    assert set(turned) == {early.pk} and "nået videre" in str(turned[early.pk])
    assert actions.accept_each(by=user("soeren"), chains=[ready.pk]) == {}
    assert set(actions.accept_each(by=user("kim"), chains=[ready.pk])) == {ready.pk}
    with pytest.raises(Chain.DoesNotExist):
        actions.accept(by=user("soeren"), chain=uuid4())


def test_a_chain_goes_over_to_another_consent_that_holds(world: World):
    chain = carried(world.eva, "offered")
    other = consent(world.eva)
    withdraw(by=user("eva"), consent=chain.consent)
    actions.accept(by=user("soeren"), chain=chain.pk)
    chain.refresh_from_db()
    assert chain.consent == other and actions.effect(by=SYSTEM, chain=chain.pk)


def test_what_lies_with_the_part_goes_along(world: World):
    wish = Wish("sagsbehandleransvar", "Ring til lægen", "", TODAY)
    tasks.write(by=user("bente"), person=world.eva, wish=wish)
    chain = carried(world.eva, "effective")
    assert Step.objects.get(chain=chain, kind="effective").pinned["along"] == {
        "tasks": 1,
        "sanction_drafts": 0,
    }


def test_many_chains_are_saved_as_they_stand_each_with_its_own_values(world: World):
    """Also what is empty, and what is too long for its column is refused and not cut."""
    eva, finn = carried(world.eva, "asked"), carried(world.finn, "assessed")
    finn.due_on, finn.escalated_at, eva.due_on = None, timezone.now(), TODAY + timedelta(days=3)
    steps.save_each([eva, finn], ["due_on", "escalated_at", "consent"])
    kept = {chain.pk: chain for chain in Chain.objects.filter(pk__in=[eva.pk, finn.pk])}
    assert [kept[eva.pk].due_on, kept[finn.pk].due_on] == [eva.due_on, None]
    assert [kept[eva.pk].escalated_at, kept[finn.pk].escalated_at] == [None, finn.escalated_at]
    assert kept[eva.pk].consent == eva.consent and kept[finn.pk].consent is None
    eva.end_reason = "x" * 21
    with pytest.raises(DataError), transaction.atomic():
        steps.save_each([eva], ["end_reason"])
