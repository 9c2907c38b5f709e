"""A mandate is written once and moves on; the running program cannot remove one, nor change what it says."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mandates", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON mandates_mandate, mandates_attempt TO helhed_web;
            GRANT UPDATE (state, holder, confirmed_by, confirmed_at, accepted_at, ended_at, ended_by)
                ON mandates_mandate TO helhed_web;
            """,
            "REVOKE ALL ON mandates_mandate, mandates_attempt FROM helhed_web",
        )
    ]
