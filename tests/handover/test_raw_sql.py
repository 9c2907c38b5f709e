"""Tried with bare SQL as the application's own role: what must never be, the database refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from handover.carrying import carried, propose
from handover.world import GKL, ONE, TWO, World, consent
from helhed.coordination.handover.chain import actions, steps
from helhed.coordination.handover.chain.models import Chain, Step
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.sharing.clock import moment
from helhed.sharing.consent.actions import withdraw
from pages.world import user

HASH = "0" * 64


def run(statement: str, values: dict | None = None) -> None:
    """One statement and everything that is looked at when a transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or {})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(statement: str, values: dict | None = None, why: str | None = None) -> None:
    """The statement is refused by a rule."""
    with pytest.raises(IntegrityError, match=why):
        run(statement, values)


def forbidden(statement: str, values: dict | None = None) -> None:
    """The application's role may not even try."""
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement, values)


def pretended(chain: Chain, kind: str, **said) -> Step:
    """A step as somebody who can write rows might forge it."""
    before = Step.objects.filter(chain=chain).order_by("-number").first()
    step = Step(
        chain=chain,
        number=before.number + 1,
        kind=kind,
        at=moment(),
        by="mallory",
        before=before.hash,
        hash=HASH,
    )
    for name, value in said.items():
        setattr(step, name, value)
    step.save(force_insert=True)
    return step


INTO = "UPDATE handover_chain SET state = %(state)s, steps = steps + 1 WHERE id = %(chain)s"
EFFECT = """
UPDATE handover_chain SET state = 'effective', steps = steps + 1, effective_on = current_date,
    effective_at = clock_timestamp(), ended_at = clock_timestamp(), consent = %(consent)s WHERE id = %(chain)s
"""
HELD = """
INSERT INTO ledger_holding (id, person_key, part, unit, since, previous_until, ground, ref, beside, recorded_by)
VALUES (gen_random_uuid(), %(person)s, 'sagsbehandleransvar', %(unit)s, %(at)s, %(at)s, %(ground)s, %(ref)s, '', 'mallory')
"""
ENDS = "UPDATE ledger_holding SET until = %(at)s WHERE person_key = %(person)s AND part = 'sagsbehandleransvar' AND until IS NULL"


def test_two_holders(world: World):
    values = {"person": world.eva, "unit": ONE, "at": moment(), "ground": "ressortflyt", "ref": uuid4()}
    refused(HELD, values)
    refused(HELD.replace("%(at)s, %(at)s", "%(at)s, NULL"), values)


def test_a_gap(world: World):
    refused(ENDS, {"person": world.eva, "at": moment()}, "holding_is_followed")
    ended = moment()
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ENDS, {"person": world.eva, "at": ended})
        run(HELD, {"person": world.eva, "unit": ONE, "at": moment(), "ground": "ressortflyt", "ref": uuid4()})
    forbidden("DELETE FROM ledger_holding WHERE person_key = %(person)s", {"person": world.eva})


def moved(world: World, ground: str, ref, unit: str = ONE) -> None:
    at = moment()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ENDS, {"person": world.eva, "at": at})
        run(HELD, {"person": world.eva, "unit": unit, "at": at, "ground": ground, "ref": ref})


def test_responsibility_moves_only_with_a_chain_that_takes_effect(world: World):
    chain = carried(world.eva, "accepted")
    for ground, ref in (("ressortflyt", uuid4()), ("ressortflyt", chain.pk), ("tilbagefoersel", chain.pk)):
        with pytest.raises(IntegrityError, match="takes effect with it"):
            moved(world, ground, ref)
    other = carried(world.finn, "effective")
    with pytest.raises(IntegrityError, match="takes effect with it"):
        moved(world, "ressortflyt", other.pk)


def test_a_chain_that_takes_effect_moves_what_it_is_about(world: World):
    chain = carried(world.eva, "accepted")
    pretended(chain, "effective")
    refused(EFFECT, {"chain": chain.pk, "consent": chain.consent}, "moves what it is about")


def test_an_effect_without_its_consent(world: World):
    chain, theirs = carried(world.eva, "accepted"), carried(world.finn, "consented")
    elsewhere = consent(world.eva, to=TWO)
    pretended(chain, "effective")
    for wrong in (None, uuid4(), theirs.consent, elsewhere):
        refused(EFFECT, {"chain": chain.pk, "consent": wrong})
    withdraw(by=user("eva"), consent=chain.consent)
    refused(EFFECT, {"chain": chain.pk, "consent": chain.consent}, "consent that is in force")


def test_an_effect_without_the_steps_before(world: World):
    [chain] = propose([world.eva])
    given = consent(world.eva)
    for state in ("consented", "decided", "offered", "accepted"):
        with pytest.raises(IntegrityError, match="does not go from"), transaction.atomic():
            pretended(chain, state)
            run(INTO, {"state": state, "chain": chain.pk})
    with pytest.raises(IntegrityError, match="does not go from"), transaction.atomic():
        pretended(chain, "effective")
        run(EFFECT, {"chain": chain.pk, "consent": given})
    with pytest.raises(IntegrityError, match="both administrations"), transaction.atomic():
        pretended(chain, "assessed")
        run(INTO, {"state": "assessed", "chain": chain.pk})


def test_half_an_assessment_and_an_exemption_are_not_both_halves(world: World):
    [chain] = propose([world.eva])
    pretended(chain, "assessed-bif")
    pretended(chain, "assessed-sof", reason="EX2")
    pretended(chain, "assessed")
    refused(
        "UPDATE handover_chain SET state = 'assessed', steps = 4 WHERE id = %(chain)s",
        {"chain": chain.pk},
        "both",
    )


def test_a_state_without_its_step(world: World):
    chain = carried(world.eva, "offered")
    refused(
        "UPDATE handover_chain SET state = 'accepted' WHERE id = %(chain)s",
        {"chain": chain.pk},
        "by a step",
    )
    pretended(chain, "noted")
    refused(INTO, {"state": "accepted", "chain": chain.pk}, "by its step")
    refused(
        "UPDATE handover_chain SET steps = steps - 1 WHERE id = %(chain)s", {"chain": chain.pk}, "newest step"
    )


def test_evidence_that_does_not_carry(world: World):
    chain = carried(world.eva, "consented")
    other = carried(world.finn, "assessed")
    pretended(chain, "decided")
    said = {"chain": chain.pk, "evidence": other.evidence}
    refused(
        "UPDATE handover_chain SET state = 'decided', steps = steps + 1, evidence = %(evidence)s WHERE id = %(chain)s",
        said,
        "without evidence",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE handover_step SET pinned = '{}' WHERE kind = 'decided' AND chain_id = %(chain)s",
        "UPDATE handover_step SET note = 'andet', hash = %(hash)s WHERE chain_id = %(chain)s",
        "UPDATE handover_step SET at = at - interval '1 day' WHERE chain_id = %(chain)s",
        "DELETE FROM handover_step WHERE chain_id = %(chain)s",
        "UPDATE handover_evidence SET facts = '[]' WHERE person_key = %(person)s",
        "UPDATE handover_evidence SET verdict = 'true'",
        "DELETE FROM handover_evidence",
        "UPDATE handover_ruletext SET text = 'alle'",
        "UPDATE handover_message SET what = 'ended' WHERE chain_id = %(chain)s",
        "UPDATE handover_message SET at = now() WHERE chain_id = %(chain)s",
        "DELETE FROM handover_message",
        "UPDATE handover_cause SET cause = 'request'",
        "UPDATE handover_heard SET proposed = 0",
        "UPDATE handover_chain SET person_key = gen_random_uuid() WHERE id = %(chain)s",
        "UPDATE handover_chain SET direction = 'back' WHERE id = %(chain)s",
        "UPDATE handover_chain SET opened_at = opened_at - interval '1 year' WHERE id = %(chain)s",
        "UPDATE handover_chain SET adoption = gen_random_uuid() WHERE id = %(chain)s",
        "DELETE FROM handover_chain WHERE id = %(chain)s",
        "TRUNCATE handover_chain CASCADE",
        "ALTER TABLE handover_chain DISABLE TRIGGER ALL",
    ],
)
def test_what_was_decided_stays_as_it_was(world: World, statement):
    chain = carried(world.eva, "effective")
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement, {"chain": chain.pk, "person": world.eva, "hash": HASH})


def test_a_step_is_not_put_between_others_nor_dated_otherwise(world: World):
    chain = carried(world.eva, "offered")
    newest = Step.objects.get(chain=chain, number=chain.steps)
    for wrong in (
        {"number": chain.steps},
        {"number": chain.steps + 2},
        {"before": HASH},
        {"at": newest.at - timezone.timedelta(days=1)},
        {"at": moment() + timezone.timedelta(hours=1)},
        {"by": ""},
        {"hash": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            pretended(chain, "accepted", **wrong)


def test_a_second_open_chain(world: World):
    chain = carried(world.eva, "offered")
    row = Chain(
        person_key=world.eva,
        direction="over",
        model="5B",
        adoption=chain.adoption,
        from_unit=GKL,
        to_unit=TWO,
    )
    with pytest.raises(IntegrityError, match="chain_one_open"), transaction.atomic():
        row.save(force_insert=True)


def test_a_chain_is_not_born_half_way(world: World):
    [chain] = propose([world.eva])
    start = {"person_key": world.finn, "direction": "over", "model": "5A", "adoption": chain.adoption}
    start |= {"from_unit": GKL, "to_unit": ONE, "evidence": chain.evidence}
    wrongs = (
        {"state": "accepted", "consent": uuid4()},
        {"state": "effective", "consent": uuid4(), "effective_on": timezone.localdate()}
        | {"effective_at": moment(), "ended_at": moment()},
        {"direction": "back", "returns_id": chain.pk},
        {"steps": 5},
    )
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Chain(**(start | wrong)).save(force_insert=True)
    with pytest.raises(IntegrityError, match="begins with a step"), transaction.atomic():
        Chain(**start).save(force_insert=True)
        run("SELECT 1")


def test_an_ended_chain_is_not_woken(world: World):
    chain = carried(world.eva, "effective")
    for change in (
        "state = 'accepted', ended_at = NULL",
        "effective_on = effective_on - 400",
        "consent = NULL",
    ):
        refused(f"UPDATE handover_chain SET {change} WHERE id = %(chain)s", {"chain": chain.pk}, "has ended")


def test_a_hash_is_of_all_a_step_says(world: World):
    chain = carried(world.eva, "offered")
    step = Step.objects.get(chain=chain, kind="decided")
    assert steps.digest(step) == step.hash
    for name, value in (
        ("note", "andet"),
        ("by", "kim"),
        ("pinned", {}),
        ("before", HASH),
        ("reason", "EX1"),
    ):
        edited = Step.objects.get(pk=step.pk)
        setattr(edited, name, value)
        assert steps.digest(edited) != step.hash, name


LAPSES = """
UPDATE handover_chain SET state = 'lapsed', steps = steps + 1, ended_at = clock_timestamp(), end_reason = 'criteria-again',
    consent = coalesce(%(consent)s, consent) WHERE id = %(chain)s
"""


def opened_back(world: World, cause: str) -> Chain:
    """The return of Eva's hand-over."""
    over = carried(world.eva, "effective")
    if cause == "consent":
        withdraw(by=user("eva"), consent=over.consent)
    return Chain.objects.get(pk=open_return(by=user("soeren"), chain=over.pk, cause=cause))


@pytest.mark.parametrize("cause, why", [("lapsed", "in the group again"), ("consent", "in force again")])
def test_a_return_does_not_come_to_nothing_without_its_ground(world: World, cause, why):
    back = opened_back(world, cause)
    pretended(back, "lapsed", reason="criteria-again")
    refused(LAPSES, {"chain": back.pk, "consent": None}, why)
    if cause == "consent":
        refused(LAPSES, {"chain": back.pk, "consent": consent(world.eva, TWO)}, why)
        run(LAPSES, {"chain": back.pk, "consent": consent(world.eva, ONE)})


def test_a_return_that_was_accepted_does_not_come_to_nothing(world: World):
    back = opened_back(world, "consent")
    write_note(by=user("soeren"), chain=back.pk, note="Aftalt: intet.")
    actions.accept(by=user("bente"), chain=back.pk)
    pretended(back, "lapsed", reason="consent-again")
    refused(LAPSES, {"chain": back.pk, "consent": consent(world.eva, ONE)}, "is carried out")
