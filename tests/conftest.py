"""Shared ground of the tests: a real PostgreSQL, migrated by the owner, used as the role the running program has."""

import os

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import connect, errors, sql
from xdist.scheduler import LoadScopeScheduling

# Playwright keeps an event loop in this thread for the rest of the run; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ENDED = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = session_user"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
LONG = ["lives-1", "lives-2", "browser", "city", "handover", "commands", "pages", "engines", "races"]
"""The groups that take longest, which begin first, so that no process is left alone with one of them at the end."""
ALONE = {"test_random_lives[1]": "lives-1", "test_random_lives[2]": "lives-2"}
"""Tests that take minutes: each is a group of its own."""
TEST_DATABASE = "_".join(filter(None, [os.environ.get("HELHED_TEST_DATABASE", "helhed_test"), WORKER]))


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A fresh database for the run: made and migrated by the owner role, then used through the web role."""
    home = connections["owner"].settings_dict["NAME"]
    name = sql.Identifier(TEST_DATABASE)
    with _owner_connection(home) as connection:
        _drop(connection, name)
        connection.execute(sql.SQL("create database {} owner helhed_owner template template0").format(name))
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = TEST_DATABASE
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)
    yield
    for alias in ("default", "owner"):
        connections[alias].close()
    with _owner_connection(home) as connection:
        _drop(connection, name)


@pytest.fixture(scope="session", autouse=True)
def keys_of_its_own(tmp_path_factory):
    """What is signed in a test is signed with keys made for the run."""
    settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")
