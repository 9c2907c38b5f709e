"""A notice is written once; afterwards the running program may only sign it off."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("advis", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON advis_notice, advis_held TO helhed_web;
            GRANT UPDATE (done_at, done_by) ON advis_notice TO helhed_web;
            """,
            "REVOKE ALL ON advis_notice, advis_held FROM helhed_web",
        )
    ]
