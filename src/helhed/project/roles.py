"""The two roles in the store: `helhed_owner` owns the tables, `helhed_web` is what the running program is.

On the embedded server both log in with passwords of their own. On a server given by DATABASE_URL its login
takes them; what is missing is made when that login may, and otherwise told as the SQL an administrator can
run. Nothing that exists is removed or taken away from anyone.
"""

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from helhed.commands.refusal import RefusalError
from helhed.project.databases import OWNER_ROLE, WEB_ROLE
from helhed.project.postgres import ADMIN_ROLE, DATABASE, Server

OLDEST_SERVER = 15
OWNER, WEB = sql.Identifier(OWNER_ROLE), sql.Identifier(WEB_ROLE)
Statement = sql.SQL | sql.Composed
ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtext('helhed roles'))"


def prepare_embedded(server: Server) -> None:
    """Make the roles and the database on the running embedded server, as far as they are missing."""
    passwords = server.passwords()
    admin = make_conninfo(server.url(ADMIN_ROLE), dbname="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(ONE_AT_A_TIME)
        for role, rights in ((OWNER_ROLE, "CREATEDB"), (WEB_ROLE, "")):
            verb = "ALTER" if _has_role(connection, role) else "CREATE"
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(passwords[role])
                )
            )
        _make_database(connection, DATABASE)


def prepare_given(url: str, *, for_tests: bool = False) -> None:
    """Make the server of DATABASE_URL ready: version, roles, and the right to make tables in its database.

    `for_tests` asks for the right to make a database instead. Refuses with the SQL when the login may not.
    """
    with _connect(make_conninfo(url, dbname=conninfo_to_dict(url).get("dbname") or DATABASE)) as connection:
        connection.execute(ONE_AT_A_TIME)
        version = connection.info.server_version // 10000
        if version < OLDEST_SERVER:
            raise RefusalError(
                f"The server in DATABASE_URL is PostgreSQL {version}; helhed needs {OLDEST_SERVER} or newer."
            )
        missing = _missing_roles(connection, for_tests=for_tests)
        if not for_tests:
            missing += _missing_rights(connection)
        try:
            with connection.transaction():
                for statement in missing:
                    connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            script = "\n".join(f"  {statement.as_string(connection)};" for statement in missing)
            raise RefusalError(
                f"The login '{connection.info.user}' of DATABASE_URL lacks rights. Let an administrator run "
                f"this once in the database '{connection.info.dbname}', and start again:\n{script}"
            ) from None


def _connect(url: str) -> Connection:
    """Connect as the login itself; a database that does not exist yet is made when the login may."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        name = str(conninfo_to_dict(url).get("dbname", ""))
        if f'database "{name}" does not exist' not in str(error):
            raise RefusalError(f"The server in DATABASE_URL cannot be used: {_reason(error)}") from None
    try:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            _make_database(connection, name, owner=False)
        return psycopg.connect(url, autocommit=True)
    except psycopg.Error:
        raise RefusalError(
            f"The server in DATABASE_URL has no database '{name}', and its login may not make one. "
            f"Let an administrator run: CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8';"
        ) from None


def _reason(error: psycopg.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _has_role(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _make_database(connection: Connection, name: str, *, owner: bool = True) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    clause = sql.SQL("OWNER {}").format(OWNER) if owner else sql.SQL("")
    connection.execute(
        sql.SQL("CREATE DATABASE {} {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name), clause
        )
    )


def _missing_roles(connection: Connection, *, for_tests: bool) -> list[Statement]:
    """What makes both roles and lets this login take them."""
    login = sql.Identifier(connection.info.user)
    may_take = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    statements: list[Statement] = []
    for name, role in ((OWNER_ROLE, OWNER), (WEB_ROLE, WEB)):
        exists = _has_role(connection, name)
        if not exists:
            statements.append(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        if not exists or not _says(connection, "pg_has_role(current_user, %s, %s)", name, may_take):
            statements.append(sql.SQL("GRANT {} TO {}").format(role, login))
    may_make = "EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND rolcreatedb)"
    if for_tests and not _says(connection, may_make, OWNER_ROLE):
        statements.append(sql.SQL("ALTER ROLE {} CREATEDB").format(OWNER))
    return statements


def _missing_rights(connection: Connection) -> list[Statement]:
    """What lets the owner role make tables in this database, and the web role come to them."""
    database = sql.Identifier(connection.info.dbname)
    wanted: list[tuple[str, tuple[str, ...], Statement]] = [
        (
            "has_database_privilege(%s::regrole, current_database(), 'CREATE')",
            (OWNER_ROLE,),
            sql.SQL("GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, OWNER),
        ),
        (
            "has_database_privilege(%s::regrole, current_database(), 'CONNECT, TEMPORARY')"
            " AND has_database_privilege(%s::regrole, current_database(), 'TEMPORARY')",
            (WEB_ROLE, WEB_ROLE),
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, WEB),
        ),
        (
            "has_schema_privilege(%s::regrole, 'public', 'CREATE')",
            (OWNER_ROLE,),
            sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(OWNER),
        ),
        (
            "has_schema_privilege(%s::regrole, 'public', 'USAGE')",
            (WEB_ROLE,),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(WEB),
        ),
    ]
    return [
        statement
        for question, roles, statement in wanted
        if not (all(_has_role(connection, role) for role in roles) and _says(connection, question, *roles))
    ]


def _says(connection: Connection, question: str, *values: str) -> bool:
    row = connection.execute(sql.SQL("SELECT ") + sql.SQL(question), values).fetchone()
    return bool(row and row[0])
