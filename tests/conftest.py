"""Shared ground of the tests: a real PostgreSQL, migrated by the owner, used as the role the running program has."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import connect, errors, sql
from xdist.scheduler import LoadScopeScheduling

# Playwright keeps an event loop in this thread for the rest of the run; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ENDED = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = session_user"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
LONG = [
    "lives-1",
    "lives-2",
    "browser",
    "handover",
    "pages",
    "completeness",
    "engines",
    "city",
    "races",
    "commands",
]
"""The groups that take longest, which begin first, so that no process is left alone with one of them at the end."""
ALONE = {"test_random_lives[1]": "lives-1", "test_random_lives[2]": "lives-2"}
"""Tests that take minutes: each is a group of its own."""
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
NAMED = os.environ.get("HELHED_TEST_DATABASE", "helhed_test")
TEMPLATE = f"{NAMED}_template"
TEST_DATABASE = "_".join(filter(None, [NAMED, WORKER]))


def group(nodeid: str) -> str:
    """Which tests stay in one process: those of a folder, so that what is built for it is built once, in one database."""
    place, _, name = nodeid.partition("::")
    return ALONE.get(name) or place.removeprefix("tests/").partition("/")[0]


class Folders(LoadScopeScheduling):
    """Hands whole groups to the processes. By the test's name: what a test is marked with does not reach whoever hands out."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Folders(config, log)


def pytest_collection_modifyitems(items):
    """The long groups first, the others as they come."""
    if WORKER:
        items.sort(key=_turn)


def _turn(item) -> int:
    name = group(item.nodeid)
    return LONG.index(name) if name in LONG else len(LONG)


def _owner_connection(database: str):
    return _connection(database, "owner", connections["owner"].settings_dict["OPTIONS"].get("options"))


def _connection(database: str, alias: str, options: str | None):
    settings = connections[alias].settings_dict
    return connect(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        dbname=database,
        options=options,
        autocommit=True,
    )


def _drop(connection, name, tries=10):
    """Never with force: the server sends its own cleaners away, which the owner role may not, and a busy one takes its time.

    A session the program left open, in a thread for example, is ended by its own login.
    """
    drop = sql.SQL("drop database if exists {}").format(name)
    for _ in range(tries - 1):
        try:
            connection.execute(drop)
            return
        except errors.ObjectInUse:
            for alias in ("default", "owner"):
                with _connection(connection.info.dbname, alias, None) as own:
                    own.execute(ENDED, [name.as_string(connection).strip('"')])
    connection.execute(drop)


def point_at(name: str) -> str:
    """Turn both aliases to another database; answers the one before."""
    before = connections["default"].settings_dict["NAME"]
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    return before


@contextmanager
def new_database(name: str) -> Iterator[None]:
    """A database with all tables and nothing in them, a copy of the template; dropped afterwards."""
    home = connections["owner"].settings_dict["NAME"]
    copy = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
    with _owner_connection(home) as connection:
        _drop(connection, sql.Identifier(name))
        connection.execute(copy)
    yield
    with _owner_connection(home) as connection:
        _drop(connection, sql.Identifier(name))


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_blocker):
    """The tables of the run are made once, by the owner role: every database of every process is a copy. Whoever comes first
    makes them, whoever goes last drops them."""
    run = tmp_path_factory.getbasetemp().parent if WORKER else tmp_path_factory.getbasetemp()
    users = run / "users-of-the-template"
    users.mkdir(exist_ok=True)
    home = connections["owner"].settings_dict["NAME"]
    with _one_at_a_time(users):
        if not any(users.iterdir()):
            with django_db_blocker.unblock():
                _make_template(home)
        (users / (WORKER or "alone")).touch()
    yield
    with _one_at_a_time(users):
        (users / (WORKER or "alone")).unlink()
        if not any(users.iterdir()):
            with _owner_connection(home) as connection:
                _drop(connection, sql.Identifier(TEMPLATE))


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _make_template(home: str) -> None:
    name = sql.Identifier(TEMPLATE)
    with _owner_connection(home) as connection:
        _drop(connection, name)
        connection.execute(sql.SQL("create database {} owner helhed_owner template template0").format(name))
    before = point_at(TEMPLATE)
    call_command("migrate", database="owner", verbosity=0)
    point_at(before)


@pytest.fixture(scope="session")
def django_db_setup(template):
    """A fresh database for the process, used through the web role."""
    with new_database(TEST_DATABASE):
        home = point_at(TEST_DATABASE)
        yield
        point_at(home)


@pytest.fixture(scope="session", autouse=True)
def keys_of_its_own(tmp_path_factory):
    """What is signed in a test is signed with keys made for the run."""
    settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Keeping a password as the program does takes a quarter of a second; for hundreds of log-ins in tests it need not."""
    with override_settings(PASSWORD_HASHERS=[QUICK, *settings.PASSWORD_HASHERS]):
        yield
