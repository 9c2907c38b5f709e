"""The running program writes drafts and takes steps; a step alone changes how far a sanction is, and nothing is removed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0002_guards")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON sanctions_sanction, sanctions_sanctionstep TO helhed_web;
            GRANT UPDATE (ground, from_day, to_day, reason, assessment) ON sanctions_sanction TO helhed_web;
            """,
            "REVOKE ALL ON sanctions_sanction, sanctions_sanctionstep FROM helhed_web",
        )
    ]
