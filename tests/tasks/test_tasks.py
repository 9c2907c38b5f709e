"""Tasks lie with a part: whoever holds it has them, and nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from handover.registered import told
from handover.world import EVA, GKL, ONE
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.tasks import actions, doors
from helhed.coordination.handover.tasks.actions import Wish
from helhed.coordination.handover.tasks.belonging import holder_for, is_own, own_units
from helhed.coordination.handover.tasks.models import Task
from helhed.coordination.handover.tasks.questions import open_of
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger.actions import move
from helhed.sharing.refusal import Refused
from pages.world import user

CASEWORK, EFFORT, BENEFIT = "sagsbehandleransvar", "beskaeftigelsesindsats", "ydelsesansvar"
LOOKING = {"purpose": "sagsbehandling", "language": "da"}


def wish(part: str = CASEWORK, days: int = 3, **more: object) -> Wish:
    said = {"part": part, "title": "Ring om praktikken", "note": "Spørg til transport."}
    return Wish(**(said | {"due_on": timezone.localdate() + timedelta(days=days)} | more))


def hand_over(person, unit: str = ONE) -> None:
    ground = "tilbagefoersel" if unit == GKL else "ressortflyt"
    move(by=SYSTEM, person=person, to={CASEWORK: unit, EFFORT: unit}, ground=ground, ref=uuid4())


def test_a_task_is_written_done_and_kept(world):
    task = actions.write(by=user("bente"), person=world.eva, wish=wish())
    actions.finish(by=user("bodil"), task=task)
    row = Task.objects.get(pk=task)
    assert (row.state, row.created_by, row.created_unit, row.ended_by, row.ended_unit) == (
        "done",
        "bente",
        GKL,
        "bodil",
        GKL,
    )
    with pytest.raises(Refused, match="allerede"):
        actions.cancel(by=user("bente"), task=task, why="nåede det ikke")


def test_open_tasks_go_along_with_the_part_and_the_others_stay(world):
    moved = actions.write(by=user("bente"), person=world.eva, wish=wish())
    stays = actions.write(by=user("yrsa"), person=world.eva, wish=wish(BENEFIT))
    assert open_of(world.eva, (CASEWORK, EFFORT)) == 1
    hand_over(world.eva)
    assert [each.id for each in doors.of_person(by=user("signe"), person=world.eva, **LOOKING).open] == [
        moved
    ]
    assert [each.id for each in doors.of_person(by=user("yrsa"), person=world.eva, **LOOKING).open] == [stays]
    with pytest.raises(Refused):
        actions.finish(by=user("bente"), task=moved)
    actions.finish(by=user("signe"), task=moved)
    assert Task.objects.get(pk=moved).ended_unit == ONE


def test_the_old_unit_has_lost_the_task_the_moment_the_part_moved(world):
    actions.write(by=user("bente"), person=world.eva, wish=wish())
    assert doors.listed(by=user("bente"), **LOOKING).total == 1
    assert doors.listed(by=user("signe"), **LOOKING).total == 0
    actions.write(by=user("yrsa"), person=world.eva, wish=wish(BENEFIT))
    hand_over(world.eva)
    assert doors.listed(by=user("bente"), **LOOKING).total == 0
    assert doors.listed(by=user("signe"), **LOOKING).total == 1
    hand_over(world.eva, GKL)
    assert doors.waiting(by=user("bente")) == (1, 0)


def test_the_list_is_by_deadline_with_what_is_overdue_and_what_ended(world):
    later = actions.write(by=user("bente"), person=world.eva, wish=wish(days=9))
    sooner = actions.write(by=user("bente"), person=world.finn, wish=wish(days=0))
    page = doors.listed(by=user("bente"), **LOOKING)
    assert [row.id for row in page.rows] == [sooner, later]
    assert page.counts == {"open": 2, "overdue": 0, "gone": 0, "ended": 0}
    actions.cancel(by=user("bente"), task=sooner, why="Praktikken er aflyst.")
    ended = doors.listed(by=user("bente"), tab="ended", **LOOKING)
    assert [(row.id, row.ended_why) for row in ended.rows] == [(sooner, "Praktikken er aflyst.")]


@pytest.mark.parametrize(
    "wrong", [{"title": "  "}, {"title": "x" * 121}, {"note": "x" * 2001}, {"days": -1}, {"days": 900}]
)
def test_a_wish_that_is_not_whole(world, wrong):
    with pytest.raises(Refused):
        actions.write(by=user("bente"), person=world.eva, wish=wish(**wrong))


@pytest.mark.parametrize(("name", "part"), [("kim", CASEWORK), ("bente", BENEFIT), ("yrsa", EFFORT)])
def test_nobody_writes_for_a_part_that_is_not_theirs(world, name, part):
    with pytest.raises(Refused):
        actions.write(by=user(name), person=world.eva, wish=wish(part))


def test_leaders_have_no_door_to_the_words(world):
    with pytest.raises(NoAccess):
        doors.listed(by=user("birgit"), **LOOKING)


def test_a_task_that_is_not_there():
    with pytest.raises(LookupError):
        doors.finish(by=user("bente"), task=uuid4(), **LOOKING)


def test_what_a_closed_unit_holds_is_its_successors(world):
    closed = "sof/borgercenter-voksne/hjemloeseenheden"
    assert is_own(closed, ONE) and not is_own(closed, "sof/driftscenter-2") and not is_own(ONE, "")
    assert closed in own_units(ONE) and own_units("") == []
    hand_over(world.eva, closed)
    assert holder_for(ONE, world.eva, CASEWORK) == closed
    task = actions.write(by=user("signe"), person=world.eva, wish=wish())
    actions.finish(by=user("signe"), task=task)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE tasks_task SET title = 'andet'", "permission denied"),
        (
            "UPDATE tasks_task SET state = 'open', ended_by = '', ended_unit = '', ended_at = NULL",
            "ended once",
        ),
        ("DELETE FROM tasks_task", "permission denied"),
    ],
)
def test_the_database_keeps_the_words_and_the_end(world, statement, words):
    actions.finish(by=user("bente"), task=actions.write(by=user("bente"), person=world.eva, wish=wish()))
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("unit", ["", ONE, "bif/ydelsesservice"])
def test_the_database_writes_and_ends_for_the_holder_only(world, unit):
    task = actions.write(by=user("bente"), person=world.eva, wish=wish())
    end = "UPDATE tasks_task SET state = 'done', ended_by = 'raw', ended_unit = %s, ended_at = now() WHERE id = %s"
    for statement, said in (
        (end, [unit, task]),
        (
            "INSERT INTO tasks_task (id, person_key, part, title, note, due_on, state, created_by, created_unit, ended_by,"
            " ended_unit, ended_why) VALUES (gen_random_uuid(), %s, 'sagsbehandleransvar', 'x', '', now(), 'open', 'raw',"
            " %s, '', '', '')",
            [world.eva, unit],
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, said)


def test_tasks_of_who_has_died_say_so_and_stand_on_a_shelf_of_their_own(world):
    of_eva = actions.write(by=user("bente"), person=world.eva, wish=wish())
    actions.write(by=user("bente"), person=world.finn, wish=wish())
    told(world, EVA, "Død", side="sof")
    page = doors.listed(by=user("bente"), tab="gone", **LOOKING)
    assert [(row.id, row.gone) for row in page.rows] == [(of_eva, "Borgeren er død")]
    assert (page.counts["gone"], page.counts["open"]) == (1, 2)
    (row,) = doors.of_person(by=user("bente"), person=world.eva, **LOOKING).open
    assert row.gone
    actions.cancel(by=user("bente"), task=of_eva, why="Borgeren er død.")
    assert doors.listed(by=user("bente"), tab="gone", **LOOKING).rows == ()
