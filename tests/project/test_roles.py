"""A server given by DATABASE_URL: made ready when the login may, and otherwise told how."""

import re

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from helhed.commands.refusal import RefusalError
from helhed.project.postgres import ADMIN_ROLE, DATABASE
from helhed.project.roles import prepare_given


@pytest.fixture
def admin(server):
    """The administrator's connection to the empty database `given`, on a server without helhed's roles."""
    address = make_conninfo(server.url(ADMIN_ROLE), dbname="postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE given TEMPLATE template0")
    with psycopg.connect(make_conninfo(address, dbname="given"), autocommit=True) as connection:
        yield connection
        for role in ("login", "helhed_web", "helhed_owner"):
            if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(f"DROP OWNED BY {role} CASCADE")
    with psycopg.connect(address, autocommit=True) as connection:
        for database in ("given", "new"):
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        for role in ("login", "helhed_web", "helhed_owner"):
            connection.execute(f"DROP ROLE IF EXISTS {role}")


def address_of(admin, login: str, database: str = "given") -> str:
    return make_conninfo(
        "", host=admin.info.host, port=admin.info.port, user=login, password="x", dbname=database
    )


def can_work(address: str) -> bool:
    """The owner role makes a table, the web role reads it."""
    with psycopg.connect(make_conninfo(address, options="-c role=helhed_owner")) as connection:
        connection.execute("CREATE TABLE seen AS SELECT 1 AS n")
        connection.execute("GRANT SELECT ON seen TO helhed_web")
    with psycopg.connect(make_conninfo(address, options="-c role=helhed_web")) as connection:
        return connection.execute("SELECT n FROM seen").fetchone() == (1,)


def test_a_login_without_rights_is_told_the_sql_that_helps(admin):
    admin.execute("CREATE ROLE login LOGIN PASSWORD 'x'")
    with pytest.raises(RefusalError, match="lacks rights") as refusal:
        prepare_given(address_of(admin, "login"))
    statements = re.findall(r"^  (.*);$", str(refusal.value), re.M)
    assert statements
    for statement in statements:
        admin.execute(statement)
    prepare_given(address_of(admin, "login"))
    assert can_work(address_of(admin, "login"))


def test_a_login_that_may_make_roles_does(admin):
    admin.execute("CREATE ROLE login LOGIN CREATEROLE CREATEDB PASSWORD 'x'")
    prepare_given(address_of(admin, "login", "new"))
    assert can_work(address_of(admin, "login", "new"))


def test_for_tests_a_database_may_be_made(admin):
    admin.execute("CREATE ROLE login LOGIN CREATEROLE CREATEDB PASSWORD 'x'")
    prepare_given(address_of(admin, "login"), for_tests=True)
    owner = make_conninfo(address_of(admin, "login"), options="-c role=helhed_owner")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE new TEMPLATE template0")


def test_preparing_twice_changes_nothing(admin):
    admin.execute("CREATE ROLE login LOGIN SUPERUSER PASSWORD 'x'")
    for _ in range(2):
        prepare_given(address_of(admin, "login"))
    assert can_work(address_of(admin, "login"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "wrong"}, "password authentication failed"),
        ({"host": "/nowhere"}, "No such file or directory"),
        ({"dbname": "missing"}, "no database 'missing'"),
    ],
)
def test_a_server_out_of_reach_is_one_sentence(admin, change, sentence):
    admin.execute("CREATE ROLE login LOGIN PASSWORD 'x'")
    with pytest.raises(RefusalError, match=sentence) as refusal:
        prepare_given(make_conninfo(address_of(admin, "login"), **change))
    assert len(str(refusal.value).splitlines()) == 1


def test_the_embedded_database_has_its_own_name():
    assert DATABASE == "helhed"
