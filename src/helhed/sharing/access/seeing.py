"""Who asks and what for, told to the database for one transaction: its rows show themselves accordingly."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from helhed.accounts.models import User
from helhed.audit import anchoring

TOLD = """
SELECT set_config('helhed.viewer', %s, true), set_config('helhed.purpose', %s, true), set_config('helhed.paused', %s, true),
    set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)
"""
"""A list takes a millisecond; to compile it, or to call other processes to it, takes a hundred."""


@contextmanager
def seeing(by: User, purpose: str) -> Iterator[None]:
    """Inside, cases show themselves as this viewer may see them for this purpose; outside, and without it, none does."""
    paused = "yes" if anchoring.state().sharing_paused else "no"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TOLD, [by.username, purpose, paused])
        yield
        cursor.execute(TOLD, ["", "", ""])
