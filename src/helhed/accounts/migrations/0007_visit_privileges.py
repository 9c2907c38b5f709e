"""What the running program may do with visits: keep them up to date, and remove them when they end."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_visit")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_visit TO helhed_web",
            "REVOKE ALL ON accounts_visit FROM helhed_web",
        )
    ]
