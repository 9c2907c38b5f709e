"""What the running program may do with adopted models: propose, decide, end, begin, and let them follow a unit."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("adoption", "0003_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON adoption_adoptedmodel TO helhed_web;
            GRANT UPDATE (state, decided_by, decided_unit, decided_at, decided_reason, receiving, begun_at, valid_to,
                ended_by, ended_at, end_reason) ON adoption_adoptedmodel TO helhed_web;
            """,
            "REVOKE ALL ON adoption_adoptedmodel FROM helhed_web",
        )
    ]
