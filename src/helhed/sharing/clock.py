"""The time as the database has it at this instant, not as it was when the transaction began."""

from datetime import datetime

from django.db import connection


def moment() -> datetime:
    """clock_timestamp(): read it after a lock is held, so that nothing is dated before what it waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
