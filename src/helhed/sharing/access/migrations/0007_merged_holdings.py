"""The parts of who is read as another lie with no unit: no case goes there. Whose cases they are the register says."""

from django.db import migrations

MOVED = """
CREATE OR REPLACE FUNCTION access_case_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    WITH lies AS (
        SELECT person_key, CASE WHEN ground NOT IN ('lov', 'fagsystem') THEN unit END AS unit FROM written
        WHERE part = 'sagsbehandleransvar' AND until IS NULL AND previous_until IS NOT NULL {only}
    )
    UPDATE access_case c SET unit = coalesce(h.unit, c.source), side = split_part(coalesce(h.unit, c.source), '/', 1)
    FROM lies h WHERE c.person_key = h.person_key AND c.kind = 'employment_case';
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_by_the_ledger"), ("ledger", "0004_merged")]

    operations = [
        migrations.RunSQL(MOVED.format(only="AND unit <> '-/sammenlagt'"), MOVED.format(only="")),
    ]
