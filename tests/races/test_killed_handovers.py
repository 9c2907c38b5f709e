"""Hand-overs and returns killed at any moment: none half-moved, none twice; what the citizen and the units are told is neither
lost nor doubled."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from psycopg.conninfo import make_conninfo

from handover.world import adopt, crowd
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain.models import BACK, Chain, Step
from pages import world as pages

PROGRAM = "import django; django.setup(); from races.handing_over import serve; serve()"
SEED, SLOWEST_MOMENT, CITIZENS = 20261122, 0.8, 12
AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = %s AND state <> 'idle'"
FAULTS = {
    "a chain in effect whose parts did not move together": """
        SELECT c.id FROM handover_chain c LEFT JOIN ledger_holding h ON h.ref = c.id
        WHERE c.state = 'effective' GROUP BY c.id HAVING count(h.id) <> 3 OR count(DISTINCT h.since) <> 1""",
    "parts that moved for a chain that is not in effect": """
        SELECT h.id FROM ledger_holding h JOIN handover_chain c ON c.id = h.ref WHERE c.state <> 'effective'""",
    "a part without a holder, or with two": """
        SELECT person_key FROM ledger_holding GROUP BY person_key, part HAVING count(*) FILTER (WHERE until IS NULL) <> 1""",
    "a gap": """
        SELECT h.id FROM ledger_holding h WHERE h.until IS NOT NULL AND NOT EXISTS (SELECT FROM ledger_holding n
        WHERE n.person_key = h.person_key AND n.part = h.part AND n.since = h.until)""",
    "a chain that stands elsewhere than its newest step": """
        SELECT c.id FROM handover_chain c WHERE c.steps <> (SELECT max(s.number) FROM handover_step s WHERE s.chain_id = c.id)""",
    "a step that should have told the citizen, and told not or twice": """
        SELECT s.id FROM handover_step s JOIN handover_chain c ON c.id = s.chain_id LEFT JOIN letters_letter l ON l.step = s.id
        WHERE s.kind IN ('offered', 'effective') AND c.direction = 'over' OR c.direction = 'back' AND s.kind IN ('proposed', 'effective')
        GROUP BY s.id HAVING count(l.id) <> 1""",
    "a letter of a step that was not taken": """
        SELECT l.id FROM letters_letter l WHERE NOT EXISTS (SELECT FROM handover_step s WHERE s.id = l.step)""",
    "a unit that was not told that responsibility moved, or told twice": """
        SELECT s.id FROM handover_step s LEFT JOIN handover_message m ON m.step_id = s.id AND m.what = 'effective'
        WHERE s.kind = 'effective' GROUP BY s.id HAVING count(m.id) <> 2 OR count(DISTINCT m.unit) <> 2""",
    "an offer that is open though nothing is offered, or the other way": """
        SELECT c.id FROM handover_chain c LEFT JOIN ledger_offer o ON o.ref = c.id AND o.closed_at IS NULL
        WHERE (o.id IS NOT NULL) <> (c.state IN ('offered', 'accepted'))""",
}


class Program:
    """The program that hands over, and its children at work."""

    def __init__(self, people: list[UUID]) -> None:
        urls = {"HELHED_WEB_URL": login("default"), "HELHED_OWNER_URL": login("owner")}
        environment = os.environ | urls | {"DJANGO_SETTINGS_MODULE": "helhed.project.settings"}
        command = [sys.executable, "-c", PROGRAM]
        pipe, folder = subprocess.PIPE, Path(__file__).parents[1]
        self.process = subprocess.Popen(
            command, env=environment, stdin=pipe, stdout=pipe, text=True, cwd=folder
        )
        self.people = " ".join(map(str, people))

    def start(self, how: str, seed: int) -> int:
        self.process.stdin.write(f"{how} {seed} {self.people}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


def login(alias: str) -> str:
    found = connections[alias].settings_dict
    said = {
        "host": found["HOST"],
        "port": found["PORT"],
        "user": found["USER"],
        "password": found["PASSWORD"],
    }
    options = found["OPTIONS"].get("options")
    return make_conninfo(dbname=found["NAME"], options=options, **{k: v for k, v in said.items() if v})


@pytest.fixture(scope="module")
def people(lasting: pages.World, tmp_path_factory) -> list[UUID]:
    """More citizens in 5A, in a world that stays; the model is adopted."""
    if not AdoptedModel.objects.filter(model="5A", state="approved").exists():
        adopt("5A")
    return crowd(tmp_path_factory.mktemp("killed"), CITIZENS, first=7000)


@pytest.fixture(scope="module")
def program(people: list[UUID]) -> Iterator[Program]:
    program = Program(people)
    yield program
    program.end()


def faults(seen) -> dict[str, list]:
    """What is wrong on a connection, by what it is; empty when all is as it should be."""
    found = {}
    with seen.cursor() as cursor:
        for fault, query in FAULTS.items():
            cursor.execute(query)
            if rows := cursor.fetchall():
                found[fault] = rows
    return found


def killed(program: Program, times: int) -> None:
    """Two children at work, killed together, so many times; after each, all is whole."""
    random = Random(SEED)
    for _time in range(times):
        children = [program.start("on", random.randrange(10**6)) for _child in range(2)]
        time.sleep(random.uniform(0.02, SLOWEST_MOMENT))
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        settled()
        assert not faults(connection)


def settled() -> None:
    """The server has noticed that those who were killed are gone."""
    user = connections["default"].settings_dict["USER"] or connection.connection.info.user
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(AT_WORK, [user])
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("the server is still at work for those who were killed")


def to_the_end(program: Program, people: list[UUID]) -> None:
    """What was left is found again: everybody is brought back."""
    for seed in (1, 2):
        program.start("end", seed)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not all_back(people):
        time.sleep(0.2)
    assert all_back(people)
    assert not faults(connection)


def all_back(people: list[UUID]) -> bool:
    newest = Chain.objects.filter(person_key__in=people).order_by("person_key", "-opened_at")
    rows = list(newest.distinct("person_key"))
    return len(rows) == len(people) and all(
        row.direction == BACK and row.state == "effective" for row in rows
    )


def test_ten_kills(program, people):
    killed(program, 10)
    assert Step.objects.count() > 100, "hardly anything happened before the kills"
    to_the_end(program, people)


@pytest.mark.slow
def test_a_hundred_kills(program, people):
    killed(program, 100)
    to_the_end(program, people)


DONE_BY_HAND = {
    "a chain in effect whose parts did not move together": "UPDATE ledger_holding SET ref = NULL, ground = 'lov' WHERE id = (SELECT id FROM ledger_holding WHERE ground = 'ressortflyt' LIMIT 1)",
    "parts that moved for a chain that is not in effect": "UPDATE handover_chain SET state = 'cancelled' WHERE state = 'effective'",
    "a part without a holder, or with two": "UPDATE ledger_holding SET until = clock_timestamp() WHERE until IS NULL",
    "a gap": "UPDATE ledger_holding SET until = until - interval '1 microsecond' WHERE until IS NOT NULL",
    "a chain that stands elsewhere than its newest step": "UPDATE handover_chain SET steps = steps - 1",
    "a step that should have told the citizen, and told not or twice": "DELETE FROM letters_letter WHERE kind = 'moved'",
    "a letter of a step that was not taken": "UPDATE letters_letter SET step = gen_random_uuid()",
    "a unit that was not told that responsibility moved, or told twice": "DELETE FROM handover_message WHERE what = 'effective'",
    "an offer that is open though nothing is offered, or the other way": "UPDATE ledger_offer SET closed_at = NULL",
}

UNTIED = ("holding_is_followed", "holding_follows_a_row", "holding_ends_once", "holding_follows_once")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_would_be_found(fault, program, people):
    """Done by the owner of the tables, with their rules switched off; undone again."""
    to_the_end(program, people)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in (
            "ledger_holding",
            "ledger_offer",
            "handover_chain",
            "handover_message",
            "letters_letter",
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for name in UNTIED:
            cursor.execute(f"ALTER TABLE ledger_holding DROP CONSTRAINT {name} CASCADE")
        cursor.execute(DONE_BY_HAND[fault])
        found = faults(connections["owner"])
        transaction.set_rollback(True, using="owner")
    assert fault in found
