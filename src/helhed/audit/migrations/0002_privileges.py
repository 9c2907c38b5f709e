"""The log is appended to and read; the running program can neither alter nor remove a line."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT ON audit_event TO helhed_web",
            "REVOKE ALL ON audit_event FROM helhed_web",
        )
    ]
