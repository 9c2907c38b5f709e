"""What the running program may do with reorganisations: propose, decide and carry out."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON reorganisation_reorganisation, reorganisation_unitchange TO helhed_web;
            GRANT UPDATE (state, decided_by, decided_unit, decided_at, decided_reason, carried_at, moved)
                ON reorganisation_reorganisation TO helhed_web;
            """,
            "REVOKE ALL ON reorganisation_reorganisation, reorganisation_unitchange FROM helhed_web",
        )
    ]
