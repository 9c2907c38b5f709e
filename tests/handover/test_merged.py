"""Two persons who are one: the ledger, hand-overs, tasks, sanctions and letters follow; parted again, each has what it had."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from handover import acts
from handover.world import GKL, ONE, consent
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions, causes, replaying, rounds
from helhed.coordination.handover.chain.merging import follow_merges
from helhed.coordination.handover.chain.models import Cause, Chain
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.tasks import actions as tasks
from helhed.coordination.handover.tasks.models import Task
from helhed.coordination.handover.work import lists
from helhed.coordination.handover.work.selecting import Wish
from helhed.register import actions as register
from helhed.register.models import Merge, Person
from helhed.sharing.arrivals import settle
from helhed.sharing.consent.actions import withdraw
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import MERGED, NOWHERE, Holding
from pages.world import user

CASEWORK = "sagsbehandleransvar"
TODAY = timezone.localdate


def merged(kept: UUID, gone: UUID) -> Merge:
    """The register says that two are one, and the worker has come by."""
    now()
    one, other = (Person.objects.get(key=key) for key in (kept, gone))
    row = register.merge(by=user("dorte"), kept=one, gone=other, reason="Samme person under to numre.")
    assert follow_merges(by=SYSTEM) == 1
    return row


def parted(row: Merge) -> None:
    register.unmerge(by=user("dorte"), merge=row)
    assert follow_merges(by=SYSTEM) == 1


def lies(person: UUID) -> dict[str, str]:
    """Where each part lies."""
    return {part: held.unit for part, held in ledger.holders(person).items()}


def now() -> None:
    """What is looked at when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def a_task(person: UUID, by: str) -> Task:
    wish = tasks.Wish(CASEWORK, "Ring til borgeren", "", TODAY())
    return Task.objects.get(pk=tasks.write(by=user(by), person=person, wish=wish))


@pytest.fixture
def carried(world):
    """Eva, who was handed over, is read as Liv, who has no case of her own."""
    chain = acts.effective(world.eva)
    task = a_task(world.eva, "soeren")
    lay = lies(world.eva)
    row = merged(world.liv, world.eva)
    return chain, task, lay, row


def test_what_one_had_follows_to_who_is_left(world, carried):
    chain, task, lay, _row = carried
    now()
    assert lies(world.liv) == lay and lay[CASEWORK] == ONE
    assert set(lies(world.eva).values()) == {NOWHERE}
    assert acts.fresh(chain).person_key == world.liv
    assert Task.objects.get(pk=task.pk).person_key == world.liv
    assert set(Letter.objects.filter(about=chain.pk).values_list("person_key", flat=True)) == {world.liv}
    tasks.finish(by=user("soeren"), task=task.pk)
    assert set(Event.objects.filter(action="handover-merged").values_list("person_key", flat=True)) == {
        world.liv,
        world.eva,
    }


def test_it_is_done_once_and_a_delivery_does_not_move_it(world, carried):
    _chain, _task, lay, _row = carried
    assert follow_merges(by=SYSTEM) == 0
    settle(by=SYSTEM)
    assert lies(world.liv) == lay


def test_the_citizen_is_asked_anew_and_else_goes_back(owner, world, carried):
    chain = carried[0]
    cause = Cause.objects.get(chain=chain, state="waiting")
    assert cause.cause == "consent" and cause.opens_on > TODAY()
    causes.open_due(by=SYSTEM)
    assert not Chain.objects.filter(returns=chain).exists()
    acts.alter("handover_cause", f"UPDATE handover_cause SET opens_on = current_date WHERE id = {cause.pk}")
    now()
    given = consent(world.liv)
    causes.open_due(by=SYSTEM)
    assert Cause.objects.get(pk=cause.pk).state == "gone"
    withdraw(by=SYSTEM, consent=given)
    causes.open_due(by=SYSTEM)
    assert Chain.objects.get(returns=chain).person_key == world.liv


def test_the_way_back_is_there_for_who_is_left(world, carried):
    chain = carried[0]
    back = open_return(by=user("soeren"), chain=chain.pk, cause="request")
    write_note(by=user("soeren"), chain=back, note="Aftalt: praktik fra mandag.")
    unit = Chain.objects.get(pk=back).to_unit
    actions.accept(by=user("bente") if unit == GKL else SYSTEM, chain=back)
    assert actions.effect(by=SYSTEM, chain=back)
    now()
    assert lies(world.liv)[CASEWORK] == unit and unit.startswith("bif/")


def test_until_the_worker_has_come_by_a_list_shows_the_citizen_once(world):
    """Under the key of who is left, on every shelf and in every number; where that one is not on it, under the other."""
    acts.proposed(world.eva)
    acts.decided(world.finn)
    one, other = (Person.objects.get(key=key) for key in (world.eva, world.finn))
    now()

    def on(shelf: str) -> tuple[int, set[UUID]]:
        page = lists.listed(by=user("soeren"), language="da", wish=Wish(shelf))
        assert page.total == page.counts[shelf] == lists.flow(by=user("soeren"))[shelf]
        return page.total, {row.person_key for row in page.rows}

    assert (on("proposals")[0], on("accept")[0]) == (1, 1)
    row = register.merge(by=user("dorte"), kept=other, gone=one, reason="Samme person under to numre.")
    assert on("proposals") == (0, set()) and on("accept") == (1, {world.finn})
    register.unmerge(by=user("dorte"), merge=row)
    assert on("proposals") == (1, {world.eva})
    liv = Person.objects.get(key=world.liv)
    register.merge(by=user("dorte"), kept=liv, gone=one, reason="Samme person under to numre.")
    assert on("proposals")[0] == 1, "who is left is on no shelf, so nobody is shown twice"


def test_what_was_decided_is_still_decided_to_the_same(world, carried):
    assert [check for check in replaying.replay(carried[0].pk).checks if not check.holds] == []


def test_parted_again_each_has_what_it_had(world, carried):
    chain, task, lay, row = carried
    parted(row)
    now()
    assert lies(world.eva) == lay
    assert lies(world.liv)[CASEWORK].startswith("bif")
    assert acts.fresh(chain).person_key == world.eva
    assert Task.objects.get(pk=task.pk).person_key == world.eva
    assert not Letter.objects.filter(person_key=world.liv).exists()


def test_where_both_had_one_that_of_who_is_left_stands(world):
    chain = acts.effective(world.eva)
    task = a_task(world.eva, "soeren")
    lay = lies(world.finn)
    row = merged(world.finn, world.eva)
    now()
    assert lies(world.finn) == lay and set(lies(world.eva).values()) == {NOWHERE}
    assert Task.objects.get(pk=task.pk).person_key == world.finn
    assert acts.fresh(chain).person_key == world.eva, "what took effect stays as history"
    rounds.one_round(by=SYSTEM)
    assert not Chain.objects.filter(returns=chain).exists() and not Cause.objects.filter(chain=chain).exists()
    parted(row)
    now()
    assert lies(world.eva)[CASEWORK] == ONE and lies(world.finn) == lay


def test_one_open_hand_over_is_left(world):
    other = acts.proposed(world.finn)
    chain = acts.proposed(world.eva)
    merged(world.finn, world.eva)
    chain = acts.fresh(chain)
    assert (chain.state, chain.end_reason, chain.person_key) == ("cancelled", "merged", world.finn)
    assert acts.fresh(other).state == "proposed"


def test_where_only_the_other_had_one_who_is_left_is_looked_at_anew(world):
    chain = acts.decided(world.eva)
    merged(world.finn, world.eva)
    assert acts.fresh(chain).end_reason == "merged"
    anew = Chain.objects.get(person_key=world.finn, state="proposed")
    assert anew.adoption == chain.adoption
    assert Letter.objects.filter(about=chain.pk, kind="not-moved").count() == 1


def refused(statement: str, values: list, error: type[Exception] = IntegrityError) -> None:
    with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nobody_else_changes_whom_anything_is_about(world):
    chain = acts.effective(world.eva)
    task = a_task(world.eva, "soeren")
    for place, pk in (("handover_chain", chain.pk), ("tasks_task", task.pk)):
        refused(f"UPDATE {place} SET person_key = %s WHERE id = %s", [world.finn, pk], ProgrammingError)
    refused("SELECT handover_follow(%s)", [uuid4()])
    begins = "INSERT INTO handover_merged (id, merge, kept, gone, carried, rows) VALUES (%s, 1, %s, %s, true, '{}')"
    refused(begins, [uuid4(), world.finn, world.eva])


def test_the_ledger_says_merged_only_of_those_who_are(world):
    held = Holding.objects.get(person_key=world.eva, part=CASEWORK, until=None)
    refused(
        "UPDATE ledger_holding SET until = clock_timestamp() WHERE id = %s; INSERT INTO ledger_holding (id, person_key, part, "
        "unit, since, previous_until, ground, ref, beside, recorded_by) SELECT gen_random_uuid(), person_key, part, %s, until, "
        "until, %s, gen_random_uuid(), '', 'mallory' FROM ledger_holding WHERE id = %s",
        [held.pk, NOWHERE, MERGED, held.pk],
    )
