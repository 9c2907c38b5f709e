"""What the running program may do with logins: read them, add them, change them; never remove them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE ON accounts_user TO helhed_web",
            "REVOKE ALL ON accounts_user FROM helhed_web",
        )
    ]
