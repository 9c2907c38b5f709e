"""The embedded database from outside: start it, stop it, write a copy of it, read a copy back."""

import argparse
import subprocess
from pathlib import Path

import psycopg

from helhed.commands.refusal import RefusalError
from helhed.project.environment import data_folder, is_embedded
from helhed.project.postgres import ADMIN_ROLE, Server
from helhed.project.roles import prepare_embedded


def run(options: argparse.Namespace) -> None:
    """`helhed database start|stop|dump FILE|restore FILE`."""
    if not is_embedded():
        raise RefusalError(
            "The environment names a server of its own; look after it with that server's tools."
        )
    if (options.file is None) == (options.act in ("dump", "restore")):
        raise RefusalError(
            "dump and restore take a file, start and stop take none. See: helhed database --help"
        )
    server = Server(data_folder())
    {"start": _start, "stop": _stop, "dump": _dump, "restore": _restore}[options.act](server, options.file)


def _start(server: Server, _: None) -> None:
    """Start a server that stays up when other commands end."""
    server.start()
    server.disown()
    prepare_embedded(server)
    print(f"The database runs. It stays up until: ./helhed database stop (data: {server.home})")


def _stop(server: Server, _: None) -> None:
    with server.alone():
        print("The database is stopped.")


def _dump(server: Server, file: Path) -> None:
    with server.in_use():
        prepare_embedded(server)
        _tool(server, "pg_dump", "--format=custom", f"--file={file.absolute()}")
    print(f"Written: {file} ({file.stat().st_size // 1024} kB)")


def _restore(server: Server, file: Path) -> None:
    with server.in_use():
        prepare_embedded(server)
        with psycopg.connect(server.url(ADMIN_ROLE)) as connection:
            if connection.execute(
                "SELECT to_regclass('public.django_migrations') IS NOT NULL"
            ).fetchone() == (True,):
                raise RefusalError(
                    f"The database holds data already. Move {server.home} away, or name an empty HELHED_DATA."
                )
        _tool(server, "pg_restore", "--exit-on-error", "--single-transaction", file.absolute())
    print(f"Read back: {file}")


def _tool(server: Server, program: str, *arguments: str | Path) -> None:
    """Run a PostgreSQL program against the database as its administrator."""
    command = [server.binaries / program, f"--dbname={server.url(ADMIN_ROLE)}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["it said nothing"]
        raise RefusalError(f"{program} did not manage: {words[-1]}")
