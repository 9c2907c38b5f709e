"""Moves of a citizen's parts raced against each other and against looks, on several connections of a real server."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger import actions, standing
from helhed.sharing.ledger.models import Holding
from pages.world import World, user

OFFICE, CENTRE, OTHER = (
    "bif/jobcenter-koebenhavn/gammel-koege-landevej",
    "sof/driftscenter-2",
    "sof/driftscenter-1",
)
PARTS = ("sagsbehandleransvar", "beskaeftigelsesindsats")


def move(world, unit):
    to = dict.fromkeys(PARTS, unit)
    actions.move(by=SYSTEM, person=world.bo, to=to, ground="omorganisering", ref=uuid4())


def sees(world, username):
    """Whether a look shows the employment case."""
    try:
        view = hatch.look(
            person=world.bo,
            by=user(username),
            purpose="sagsbehandling",
            on=timezone.localdate(),
            language="da",
        )
    except NoAccess:
        return False
    return any(lane.kind == "employment_case" and lane.open for lane in view.lanes)


def at_once(*acts):
    """Do some things at the same moment, and answer what came of each."""
    gate = threading.Barrier(len(acts))

    def act(what):
        try:
            gate.wait()
            return what()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def test_moves_at_once_come_one_after_the_other(world: World):
    for _ in range(15):
        at_once(*(lambda unit=unit: move(world, unit) for unit in (OFFICE, CENTRE, OTHER)))
    for part in PARTS:
        rows = list(Holding.objects.filter(person_key=world.bo, part=part).order_by("since"))
        assert [row.until for row in rows] == [*(row.since for row in rows[1:]), None] and len(rows) > 15
    move(world, OFFICE)


def test_no_look_shows_what_has_moved_when_the_move_was_told(world: World):
    """A look that begins after a move was told never shows it to the old unit; one at the same time does or does not, but
    never shows it to neither and never fails."""
    for _ in range(12):
        told = threading.Event()

        def over(told=told):
            move(world, CENTRE)
            told.set()

        def afterwards(told=told):
            assert told.wait(20)
            return sees(world, "bente"), sees(world, "kim")

        assert at_once(over, lambda: sees(world, "bente"), afterwards)[2] == (False, True)
        at_once(lambda: move(world, OFFICE), lambda: sees(world, "kim"), lambda: sees(world, "bente"))
    assert standing.holders(world.bo)["sagsbehandleransvar"].unit == OFFICE


def test_a_look_while_it_moves_reads_the_row_that_follows(world: World):
    """Who waits for a move reads what it left, not nothing: with nothing, the old unit would be let in by its case."""
    for _ in range(12):
        at_once(lambda: move(world, CENTRE), lambda: len(standing.holders_of([world.bo])[world.bo]) == 4)
        kept = at_once(lambda: move(world, OFFICE), lambda: _kept(world))[1]
        assert kept == 4


def _kept(world):
    return len(standing.kept([world.bo])[world.bo])
