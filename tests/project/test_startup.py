"""The program refuses to run as somebody row-level security does not bind."""

import psycopg
import pytest
from django.db import ConnectionHandler

from helhed.commands.refusal import RefusalError
from helhed.project.databases import databases
from helhed.project.postgres import ADMIN_ROLE
from helhed.project.roles import prepare_embedded
from helhed.project.startup import refuse_wrong_role


@pytest.fixture(autouse=True)
def own_connections(django_db_blocker):
    """These tests connect to a server of their own, not to the test database."""
    with django_db_blocker.unblock():
        yield


def connection_as(server, role: str, **changes):
    """A Django connection to the server as a role, by default without taking another."""
    settings = databases({"HELHED_WEB_URL": server.url(role)})["default"]
    return ConnectionHandler({"default": settings | {"OPTIONS": {}, "TIME_ZONE": None} | changes})["default"]


@pytest.fixture
def migrated(server):
    """A table of the owner, as after a migration."""
    prepare_embedded(server)
    with psycopg.connect(server.url("helhed_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE django_migrations AS SELECT 1 AS n")
        yield server
        connection.execute("DROP TABLE django_migrations")


def test_the_web_role_may_serve(migrated):
    refuse_wrong_role(connection_as(migrated, "helhed_web"), demo=False)


@pytest.mark.parametrize(
    ("role", "reason"), [(ADMIN_ROLE, "it is a superuser"), ("helhed_owner", "it owns tables")]
)
@pytest.mark.parametrize("demo", [False, True])
def test_a_role_with_rights_may_not(migrated, role, reason, demo):
    with pytest.raises(RefusalError, match=reason):
        refuse_wrong_role(connection_as(migrated, role), demo=demo)


def test_a_superuser_under_the_role_may_only_show_a_demo(migrated):
    under = {"OPTIONS": {"options": "-c role=helhed_web"}}
    refuse_wrong_role(connection_as(migrated, ADMIN_ROLE, **under), demo=True)
    with pytest.raises(RefusalError, match="could shed the role"):
        refuse_wrong_role(connection_as(migrated, ADMIN_ROLE, **under), demo=False)


def test_a_role_that_bypasses_may_not(migrated):
    with psycopg.connect(migrated.url(ADMIN_ROLE), autocommit=True) as admin:
        admin.execute("ALTER ROLE helhed_web BYPASSRLS")
        try:
            with pytest.raises(RefusalError, match="bypass"):
                refuse_wrong_role(connection_as(migrated, "helhed_web"), demo=False)
        finally:
            admin.execute("ALTER ROLE helhed_web NOBYPASSRLS")


def test_an_empty_database_is_told_apart(server):
    prepare_embedded(server)
    with pytest.raises(RefusalError, match="Run ./helhed migrate first"):
        refuse_wrong_role(connection_as(server, "helhed_web"), demo=False)


def test_an_unreachable_database_is_one_sentence(server):
    with pytest.raises(RefusalError, match="cannot be used as helhed_web"):
        refuse_wrong_role(connection_as(server, "helhed_web", PASSWORD="guess"), demo=False)


def test_a_login_that_may_become_something_bigger_may_not(migrated):
    """SET ROLE to a role that bypasses would shed every rule; only the demo may stand on such a login."""
    with psycopg.connect(migrated.url(ADMIN_ROLE), autocommit=True) as admin:
        admin.execute("CREATE ROLE helhed_bigger BYPASSRLS")
        try:
            admin.execute("GRANT helhed_bigger TO helhed_web")
            with pytest.raises(RefusalError, match="may become 'helhed_bigger'"):
                refuse_wrong_role(connection_as(migrated, "helhed_web"), demo=False)
            refuse_wrong_role(connection_as(migrated, "helhed_web"), demo=True)
        finally:
            admin.execute("DROP ROLE helhed_bigger")
