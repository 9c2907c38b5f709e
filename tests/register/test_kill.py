"""An import killed at any moment leaves the register as before or as after, and the delivery waits to be taken in again."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from register.sent import BIF, write

PROGRAM = """
import os, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from helhed.audit.actions import SYSTEM
from helhed.register import actions, intake, worker
from helhed.register.connected import mappings
settings.DELIVERY_FOLDER = Path(sys.argv[1])
mappings()
intake.FIRST_LOAD = 0  # the first delivery goes the way of a large one

def act(verb, *arguments):
    if verb == "migrate":
        call_command("migrate", database="owner", verbosity=0)
    elif verb == "work":
        print(worker.work_once().status, flush=True)
    else:
        source, folder = arguments
        print(actions.receive(by=SYSTEM, source=source, folder=Path(folder), confirmed=True).status, flush=True)

for line in sys.stdin:  # each act in a child that can be killed, so that nothing is read and imported twice
    child = os.fork()
    if not child:
        act(*line.split())
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
OPEN = """
    SELECT md5(string_agg(said, ' ' ORDER BY said)) FROM (
        SELECT concat_ws('|', 'fact', person_id, term_id, true_from, true_to, amount_oere, source_key) AS said
        FROM register_fact WHERE known_to IS NULL
        UNION ALL
        SELECT concat_ws('|', 'detail', person_id, given_name, family_name)
        FROM register_persondetail WHERE known_to IS NULL) versions
"""
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TWO_OPEN = """
    WITH source AS (INSERT INTO register_source (key, label_da, label_en, administration, priority)
                    VALUES ('x', 'x', 'x', 'x', 1) RETURNING id),
    source_table AS (INSERT INTO register_sourcetable (source_id, name, gives) SELECT id, 'x', 'fact' FROM source RETURNING id),
    delivery AS (INSERT INTO register_delivery (source_id, status, by, confirmed, touches_everyone, message_da, message_en,
                 progress_step, progress_done, progress_total) SELECT id, 'running', 'x', false, false, '', '', '', 0, 0
                 FROM source RETURNING id),
    file AS (INSERT INTO register_deliveryfile (delivery_id, table_id, mode, name, sha256, size, path, header, note_da, note_en,
             read, new, changed, unchanged, deleted, rejected, closed) SELECT delivery.id, source_table.id, 'full', 'x', '', 0,
             '', '', '', '', 0, 0, 0, 0, 0, 0, 0 FROM delivery, source_table RETURNING id, table_id),
    person AS (INSERT INTO register_person (created) VALUES (now()) RETURNING id),
    term AS (INSERT INTO register_term (kind, code) VALUES ('benefit', 'x') RETURNING id)
    INSERT INTO register_fact (person_id, term_id, true_from, known_from, table_id, source_key, file_id, line)
    SELECT person.id, term.id, '2020-01-01', now(), file.table_id, 'same', file.id, line
    FROM person, term, file, generate_series(2, 3) line
"""
INDEXES = (
    "SELECT indexdef FROM pg_indexes WHERE tablename IN ('register_fact', 'register_persondetail') ORDER BY 1"
)
ROWS = 6000


class Place:
    """A database of its own, files, and a program that can be killed."""

    def __init__(self, folder, database: str, connection: psycopg.Connection) -> None:
        self.folder, self.connection = folder, connection
        urls = {"HELHED_WEB_URL": login("default", database), "HELHED_OWNER_URL": login("owner", database)}
        environment = os.environ | urls | {"DJANGO_SETTINGS_MODULE": "helhed.project.settings"}
        command = [sys.executable, "-c", PROGRAM, str(folder / "deliveries")]
        pipe = subprocess.PIPE
        self.program = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)

    def start(self, *act: str) -> int:
        """Begin an act; answers the process that does it."""
        self.program.stdin.write(" ".join(act) + "\n")
        self.program.stdin.flush()
        return int(self.program.stdout.readline())

    def end(self) -> str:
        """Wait for the act to end; answers what it said, nothing if it was killed."""
        said = ""
        while (line := self.program.stdout.readline()) and line != "ended\n":
            said = line.strip()
        return said

    def run(self, *act: str) -> str:
        self.start(*act)
        return self.end()

    def state(self) -> str:
        """What is known, once nobody else is at work in the database."""
        while self.connection.execute(OTHERS).fetchone()[0]:
            time.sleep(0.02)
        return self.connection.execute(OPEN).fetchone()[0]

    def indexes(self) -> list[str]:
        """How the indexes of facts and details are defined."""
        return [row[0] for row in self.connection.execute(INDEXES)]

    def statuses(self) -> list[str]:
        return [row[0] for row in self.connection.execute("SELECT status FROM register_delivery ORDER BY id")]


def login(alias: str, database: str) -> str:
    """How psycopg logs in as Django does, at another database."""
    known = connections[alias].settings_dict
    said = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    return make_conninfo(**{key: value for key, value in said.items() if value}, dbname=database)


@pytest.fixture
def place(tmp_path):
    home = connections["owner"].settings_dict["NAME"]
    name, role = f"{home}_kill", connections["owner"].settings_dict["OPTIONS"].get("options", "")
    with psycopg.connect(login("owner", home), options=role, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        with psycopg.connect(login("owner", name), options=role, autocommit=True) as connection:
            place = Place(tmp_path, name, connection)
            place.run("migrate")
            _write(tmp_path)
            yield place
            place.program.stdin.close()
            place.program.wait()
            place.state()
        admin.execute(f'DROP DATABASE "{name}"')


def _write(folder) -> None:
    """Two full deliveries that differ in every way: rows new, changed, gone; persons new and renamed."""
    numbers = [f"61{1 + i % 12:02}80{1000 + i}" for i in range(1200)]
    for name, people, codes in (
        ("one", numbers[:1000], "Sygedagpenge"),
        ("two", numbers[100:], "Ledighedsydelse"),
    ):
        benefits = [
            f"Y{i};{people[i % len(people)]};{codes};01-01-2020;;{i % 7}"
            for i in range(ROWS // 3 if name == "two" else 0, ROWS)
        ]
        rows = {"BIF_PERSONER": [f"{n};{name};Berg;N" for n in people], "BIF_YDELSER": benefits}
        write(folder / name, rows)


def _kill_at_random(place: Place, folder: str, longest: float, pick: random.Random) -> None:
    child = place.start("receive", BIF, folder)
    time.sleep(pick.uniform(0, longest))
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    place.end()


def _try(place: Place, times: int) -> None:
    one, two = str(place.folder / "one"), str(place.folder / "two")
    indexes = place.indexes()
    assert place.run("receive", BIF, one) == "received" and place.indexes() == indexes
    started = time.monotonic()
    before = place.state()
    assert place.run("receive", BIF, two) == "received"
    longest = time.monotonic() - started
    after = place.state()
    assert place.run("receive", BIF, one) == "received" and place.state() == before
    seed = random.randrange(10**6)
    pick = random.Random(seed)
    for _ in range(times):
        earlier = len(place.statuses())
        _kill_at_random(place, two, longest, pick)
        state, last = place.state(), [*place.statuses()[earlier:], "not begun"][0]
        assert state == (after if last == "received" else before), (seed, last)
        if last in ("running", "waiting"):
            assert place.run("work") == "received" and place.state() == after
        assert set(place.statuses()) == {"received"}
        assert place.run("receive", BIF, one) == "received"


@pytest.mark.django_db
def test_a_first_load_that_repeats_an_open_key_is_undone_with_its_indexes(place):
    """The unique index is made at the end of a first load: what it finds then undoes everything."""
    indexes = place.indexes()
    with pytest.raises(psycopg.errors.UniqueViolation), place.connection.transaction():
        place.connection.execute("SELECT register_set_indexes_aside()")
        assert len(place.indexes()) == 2
        place.connection.execute(TWO_OPEN)
    assert place.indexes() == indexes and len(indexes) == 8
    assert place.connection.execute("SELECT count(*) FROM register_index_aside").fetchone() == (0,)


@pytest.mark.django_db
def test_a_killed_import_leaves_before_or_after(place):
    _try(place, 5)


@pytest.mark.slow
@pytest.mark.django_db
def test_an_import_killed_at_twenty_moments(place):
    _try(place, 20)
