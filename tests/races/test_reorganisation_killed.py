"""A reorganisation killed anywhere within leaves everything as it was; the next round carries it out, once."""

import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from conftest import TEST_DATABASE, new_database, point_at
from handover.world import ONE, build
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.reorganisation import actions
from helhed.coordination.handover.reorganisation.models import Reorganisation
from pages.world import user
from reorganisation.conftest import ADULTS, CASEWORK, Before, before
from reorganisation.test_carrying_out import REST, WHY, everything, units

NAME = f"{TEST_DATABASE}_reorganised"
POINTS = (
    "moving.staff",
    "chains.follow",
    "moving.holdings",
    "moving.letters",
    "actions._look_that_nothing_is_left",
)
"""Where the program stands when it is killed: before each of these is done."""
PROGRAM = """
import importlib, os, sys, time
import django
django.setup()
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.handover.reorganisation import actions

def stands(*_args, **_named):
    print("there", flush=True)
    time.sleep(600)

for line in sys.stdin:
    child = os.fork()
    if not child:
        room, verb = line.strip().split(".")
        setattr(importlib.import_module(f"helhed.coordination.handover.reorganisation.{room}"), verb, stands)
        print(os.getpid(), flush=True)
        actions.carry_out_due(by=SYSTEM, notices=rehouse)
        os._exit(0)
    os.waitpid(child, 0)
"""
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"


def _login(alias: str) -> str:
    """How another program logs in as Django does here."""
    known = connections[alias].settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo(**{key: known[name] for key, name in named.items() if known[name]})


@pytest.fixture
def then(tmp_path, django_db_setup, django_db_blocker):
    """The world before the first of January 2025, in a database of its own, where what is done stays."""
    with (
        new_database(NAME),
        django_db_blocker.unblock(),
        override_settings(DELIVERY_FOLDER=tmp_path / "kept", DATA_FOLDER=tmp_path),
    ):
        earlier = point_at(NAME)
        try:
            world = build(tmp_path)
            with transaction.atomic():
                made = before(world)
            yield made
        finally:
            point_at(earlier)


@pytest.mark.slow
def test_killed_anywhere_nothing_is_half_moved_and_then_it_is_done_once(then: Before):
    made = actions.propose(by=user("lene"), day=date(2025, 1, 1), otherwise={ADULTS: REST}, reason=WHY)
    actions.approve(by=user("birgit"), reorganisation=made)
    stood = everything()
    program = _program()
    for point in POINTS:
        program.stdin.write(point + "\n")
        program.stdin.flush()
        child = int(program.stdout.readline())
        assert program.stdout.readline().strip() == "there", point
        os.kill(child, signal.SIGKILL)
        _alone()
        assert everything() == stood, point
    program.stdin.close()
    program.wait()
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 1
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 0
    assert Reorganisation.objects.get().state == "carried_out"
    assert units(then.world.eva)[CASEWORK] == ONE
    assert Letter.objects.filter(kind="reorganised").count() == 3


def _program() -> subprocess.Popen:
    urls = {"HELHED_WEB_URL": _login("default"), "HELHED_OWNER_URL": _login("owner")}
    environment = os.environ | urls | {"DJANGO_SETTINGS_MODULE": "helhed.project.settings"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdin=pipe, stdout=pipe, text=True
    )


def _alone() -> None:
    """Wait until the server has noticed that the killed one is gone."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(OTHERS)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
