"""A decision is made again from what it pinned, and whatever was changed afterwards shows, where it was changed."""

import json

import pytest
from django.db import connection, transaction
from django.utils import timezone

from handover import acts
from handover.acts import alter
from handover.carrying import carry, half, propose
from handover.world import FINN, adopt, benefit_stops, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, causes, steps
from helhed.coordination.handover.chain.models import Chain, Evidence, RuleText, Step
from helhed.coordination.handover.chain.replaying import CHECKS, replay
from helhed.sharing import eligibility
from helhed.sharing.consent import actions as consents
from pages.world import user


def wrong(chain: Chain) -> set[tuple[str, str]]:
    """What does not hold: the kind of step ("" for the whole) and the check."""
    kinds = {0: ""} | dict(Step.objects.filter(chain=chain).values_list("number", "kind"))
    return {(kinds[check.step], check.what) for check in replay(chain.pk).checks if not check.holds}


def test_everything_holds(world):
    """Also where the benefit has stopped since: what was known then is asked, not what is known now."""
    chain = acts.effective(world.jon)
    benefit_stops(world)
    told = replay(chain.pk)
    assert told.holds, [check for check in told.checks if not check.holds]
    assert {check.what for check in told.checks} == set(CHECKS)


def test_a_return_holds_too(world):
    chain = acts.effective(world.eva)
    consents.withdraw(by=SYSTEM, consent=chain.consent)
    assert causes.open_due(by=SYSTEM) == 1
    back = Chain.objects.get(returns=chain)
    assert replay(chain.pk).holds and replay(back.pk).holds


def test_a_family_that_moved_together_holds(owner, world):
    """Where the other parent stood is asked too, as it was then."""
    hans, ida = propose([world.hans, world.ida], adopt("4A"))
    for chain in (hans, ida):
        half(chain, "bif")
        half(chain, "sof")
        chain.refresh_from_db()
        carry(chain, "accepted", after="assessed")
    assert actions.effect(by=user("maja"), chain=hans.pk)
    assert wrong(hans) == wrong(ida) == set()
    step = Step.objects.get(chain=ida, kind="accepted")
    alter("handover_step", f"UPDATE handover_step SET kind = 'refused' WHERE id = '{step.pk}'")
    assert ("effective", "inputs") in wrong(hans)


def test_parents_decided_in_one_act_hold(world):
    """Each was decided while the other was not yet."""
    chains = propose([world.hans, world.ida], adopt("4A"))
    for chain in chains:
        half(chain, "bif")
        half(chain, "sof")
        chain.refresh_from_db()
        carry(chain, "consented", after="assessed")
    numbers = [chain.pk for chain in chains]
    said = {"effective_on": timezone.localdate(), "note": "Familien samlet."}
    assert actions.decide_each(by=user("bente"), chains=numbers, **said) == {}
    assert actions.accept_each(by=user("maja"), chains=numbers) == {}
    assert actions.effect_due(by=SYSTEM) == 2
    assert [wrong(chain) for chain in chains] == [set(), set()]


STEPS = {
    "note": (
        "UPDATE handover_step SET note = 'noget andet' WHERE id = '{assessed}'",
        {("assessed-sof", "sealed")},
    ),
    "by": ("UPDATE handover_step SET \"by\" = 'karin' WHERE id = '{decided}'", {("decided", "sealed")}),
    "at": (
        "UPDATE handover_step SET at = at - interval '1 day' WHERE id = '{assessed}'",
        {("assessed-sof", "sealed")},
    ),
    "answer": (
        "UPDATE handover_step SET pinned = jsonb_set(pinned, '{{answers,need}}', 'false') WHERE id = '{assessed}'",
        {("assessed-sof", "sealed"), ("decided", "inputs"), ("effective", "inputs")},
    ),
    "gate": (
        "UPDATE handover_step SET pinned = jsonb_set(pinned, '{{gate,inputs,assessed,sof,EX2}}', 'true') WHERE id = '{decided}'",
        {("decided", "sealed"), ("decided", "inputs"), ("decided", "gate")},
    ),
    "ground": (
        "UPDATE handover_step SET pinned = jsonb_set(pinned, '{{ground}}', '\"LAB-40-3\"') WHERE id = '{decided}'",
        {("decided", "sealed"), ("decided", "inputs")},
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_changed_step_shows(owner, world, name):
    chain = acts.effective(world.eva)
    numbers = dict(Step.objects.filter(chain=chain).values_list("kind", "pk"))
    statement, seen = STEPS[name]
    alter("handover_step", statement.format(assessed=numbers["assessed-sof"], decided=numbers["decided"]))
    assert wrong(chain) == seen


def test_a_step_sealed_anew_shows_at_the_next(owner, world):
    """Who can also make the hash of the changed step has not made that of the one after it."""
    chain = acts.effective(world.eva)
    step = Step.objects.get(chain=chain, kind="assessed-sof")
    step.note = "noget andet"
    seal = steps.digest(step)
    alter(
        "handover_step",
        f"UPDATE handover_step SET note = 'noget andet', hash = '{seal}' WHERE id = '{step.pk}'",
    )
    assert wrong(chain) == {("assessed", "sealed"), ("", "log")}


def test_a_line_of_steps_made_anew_shows_in_the_log(owner, world):
    """One step changed, and it and all that follow sealed anew: everything fits, but not the seals the log has named."""
    chain = acts.effective(world.eva)
    before = ""
    for step in Step.objects.filter(chain=chain).order_by("number"):
        step.note, step.before = ("noget andet" if step.kind == "assessed-sof" else step.note), before
        before = steps.digest(step)
        said = f"note = '{step.note}', before = '{step.before}', hash = '{before}'"
        alter("handover_step", f"UPDATE handover_step SET {said} WHERE id = '{step.pk}'")
    assert wrong(chain) == {("", "log")}


def test_a_step_taken_out_shows(owner, world):
    chain = acts.decided(world.eva)
    step = Step.objects.get(chain=chain, kind="assessed-sof")
    alter("handover_step", f"DELETE FROM handover_step WHERE id = '{step.pk}'")
    assert wrong(chain) >= {("", "line"), ("assessed", "sealed"), ("decided", "inputs")}


EVIDENCE = {
    "fact": "UPDATE handover_evidence SET facts = jsonb_set(facts, '{{1,to}}', '\"2026-01-31\"') WHERE id = '{0}'",
    "left out": "UPDATE handover_evidence SET facts = facts - 1 WHERE id = '{0}'",
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_changed_facts_show(owner, world, name):
    chain = acts.effective(world.eva)
    first = Step.objects.get(chain=chain, kind="proposed")
    alter("handover_evidence", EVIDENCE[name].format(first.pinned["evidence"]))
    assert wrong(chain) >= {("proposed", "evidence"), ("proposed", "facts")}


def test_changed_facts_show_however_they_are_sealed(owner, world):
    """Facts, verdict, hash and the step that pins it, all made to fit: the register still knows what was known then."""
    chain = acts.proposed(world.eva)
    row, step = Evidence.objects.get(pk=chain.evidence), Step.objects.get(chain=chain)
    facts = [fact for fact in row.facts if fact.get("kind") != "service"]
    seal = eligibility.hash_of(row.person_key, row.group, row.rules, facts, row.verdict)
    said = json.dumps(facts).replace("'", "''")
    alter(
        "handover_evidence",
        f"UPDATE handover_evidence SET facts = '{said}', hash = '{seal}' WHERE id = '{row.pk}'",
    )
    step.pinned["evidence_hash"] = seal
    pinned = json.dumps(step.pinned).replace("'", "''")
    alter(
        "handover_step",
        f"UPDATE handover_step SET pinned = '{pinned}', hash = '{steps.digest(step)}' WHERE id = '{step.pk}'",
    )
    assert wrong(chain) == {("proposed", "facts"), ("proposed", "verdict")}


@pytest.mark.parametrize(
    "column, value", [("day", "day - 400"), ("known_at", "known_at - interval '100 days'")]
)
def test_another_day_or_moment_shows(owner, world, column, value):
    chain = acts.proposed(world.eva)
    alter(
        "handover_evidence", f"UPDATE handover_evidence SET {column} = {value} WHERE id = '{chain.evidence}'"
    )
    assert ("proposed", "evidence") in wrong(chain)


def test_another_verdict_shows(owner, world):
    chain = acts.proposed(world.eva)
    alter(
        "handover_evidence", f"UPDATE handover_evidence SET verdict = 'unknown' WHERE id = '{chain.evidence}'"
    )
    assert wrong(chain) == {("proposed", "evidence"), ("proposed", "verdict")}


def test_changed_words_of_a_rule_show(owner, world):
    """The rule said from 18 years; somebody writes 55, whom it would not have been true of."""
    chain = acts.effective(world.eva)
    rule = RuleText.objects.get(pk=Evidence.objects.get(pk=chain.evidence).rules)
    changed = rule.text.replace("from: 30", "from: 99").replace("from: 18", "from: 99")
    assert changed != rule.text
    said = changed.replace("'", "''")
    alter("handover_ruletext", f"UPDATE handover_ruletext SET text = '{said}' WHERE hash = '{rule.pk}'")
    found = wrong(chain)
    assert found >= {(step, "rule") for step in ("proposed", "decided", "effective")}
    assert found >= {(step, "verdict") for step in ("proposed", "decided", "effective")}


def test_a_fact_changed_in_the_register_shows(owner, world):
    chain = acts.effective(world.finn)
    alter(
        "register_fact",
        f"UPDATE register_fact SET true_from = true_from - 30 WHERE source_key = 'H-Y-{FINN}' AND known_to IS NULL",
    )
    assert wrong(chain) == {(step, "facts") for step in ("proposed", "decided", "effective")}


def test_a_changed_consent_shows(owner, world):
    chain = acts.effective(world.eva)
    content = "replace(content, 'driftscenter-1', 'driftscenter-2')"
    alter(
        "consent_record",
        f"UPDATE consent_record SET content = {content} WHERE consent_id = '{chain.consent}'",
    )
    assert wrong(chain) == {(step, "consent") for step in ("consented", "decided", "effective")}


def test_another_consent_put_in_its_place_shows(owner, world):
    """One that was given later does not cover what was done before."""
    chain = acts.effective(world.eva)
    step = Step.objects.get(chain=chain, kind="consented")
    later = consent(world.eva)
    alter(
        "handover_step",
        f"""UPDATE handover_step SET pinned = jsonb_set(pinned, '{{consent,id}}', '"{later}"') WHERE id = '{step.pk}'""",
    )
    assert wrong(chain) == {("consented", "sealed"), ("consented", "consent")}


def test_a_changed_ledger_shows(owner, world):
    chain = acts.effective(world.eva)
    alter("ledger_holding", f"UPDATE ledger_holding SET unit = 'sof/driftscenter-2' WHERE ref = '{chain.pk}'")
    assert wrong(chain) == {("effective", "ledger")}


def test_a_chain_that_stands_elsewhere_shows(owner, world):
    chain = acts.decided(world.eva)
    alter("handover_chain", f"UPDATE handover_chain SET state = 'accepted' WHERE id = '{chain.pk}'")
    assert wrong(chain) == {("", "state")}


def test_the_program_itself_may_change_none_of_it(world):
    chain = acts.proposed(world.eva)
    for statement in (
        f"UPDATE handover_step SET note = 'x' WHERE chain_id = '{chain.pk}'",
        f"UPDATE handover_evidence SET day = day - 1 WHERE id = '{chain.evidence}'",
        "UPDATE handover_ruletext SET text = ''",
    ):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
