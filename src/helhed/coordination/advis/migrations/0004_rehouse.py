"""A notice that waits may follow a unit that gives way."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("advis", "0003_consent")]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (unit) ON advis_notice TO helhed_web",
            "REVOKE UPDATE (unit) ON advis_notice FROM helhed_web",
        )
    ]
