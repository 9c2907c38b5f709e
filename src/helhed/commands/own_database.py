"""A database for a command alone, and a folder for its deliveries; both are removed afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """Both aliases point at a fresh, migrated database while the block runs."""
    usual = connections["owner"].settings_dict["NAME"]
    own = f"helhed_bench_{os.getpid()}"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(own)))
    try:
        _point_at(own)
        call_command("migrate", database="owner", verbosity=0)
        yield
    finally:
        _point_at(usual)
        _administer(sql.SQL("DROP DATABASE {}").format(sql.Identifier(own)))


@contextmanager
def deliveries_in(folder: Path) -> Iterator[None]:
    """Deliveries are laid aside under this folder while the block runs."""
    usual = settings.DELIVERY_FOLDER
    settings.DELIVERY_FOLDER = folder / "deliveries"
    try:
        yield
    finally:
        settings.DELIVERY_FOLDER = usual


def _administer(statement: sql.Composed) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement.as_string(None))


def _point_at(database: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].close_pool()
        connections[alias].settings_dict["NAME"] = database
