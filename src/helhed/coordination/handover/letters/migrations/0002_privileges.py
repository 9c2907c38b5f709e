"""A letter is written once; afterwards the running program may only say how far it has come."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON letters_letter TO helhed_web;
            GRANT UPDATE (printed_at, printed_by, read_at, read_by) ON letters_letter TO helhed_web;
            """,
            "REVOKE ALL ON letters_letter FROM helhed_web",
        )
    ]
