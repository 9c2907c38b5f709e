"""`helhed demo --fresh`: empty the demo's database and begin again."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections

from helhed.commands.demo_city import is_demo, is_empty
from helhed.commands.refusal import RefusalError
from helhed.register.models import DeliveryFile

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> ALL (%s)
"""
DROP_EVERYTHING = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class
        WHERE relkind IN ('r', 'p') AND relowner = current_user::regrole AND relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
        WHERE proowner = current_user::regrole AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""


def start_over() -> None:
    """Remove the demo's tables and files. Refuses where another program is at work or no demo made the data."""
    if _has_tables():
        if not (is_demo() or is_empty()):
            raise RefusalError("The database holds data that no demo made; nothing was removed.")
        _refuse_company()
        folders = {Path(path).parts[0] for path in DeliveryFile.objects.values_list("path", flat=True)}
        with connections["owner"].cursor() as cursor:
            cursor.execute(DROP_EVERYTHING)
        for folder in folders:
            shutil.rmtree(settings.DELIVERY_FOLDER / folder, ignore_errors=True)
    # A witness that had seen the log that is removed here would refuse the one that begins.
    for made in ("demo", "anchors", "witness"):
        shutil.rmtree(settings.DATA_FOLDER / made, ignore_errors=True)
    connection.close()


def _has_tables() -> bool:
    try:
        return "register_source" in connection.introspection.table_names()
    except DatabaseError:
        return False


def _refuse_company() -> None:
    with connection.cursor() as mine, connections["owner"].cursor() as owners:
        own = [cursor.connection.info.backend_pid for cursor in (mine, owners)]
        owners.execute(OTHERS, [own])
        (others,) = owners.fetchone()
    if others:
        raise RefusalError(
            f"Another program uses the demo's database ({others} connections). Stop it and try again."
        )
