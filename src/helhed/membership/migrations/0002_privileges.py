"""Spells are never edited: the running program may add them and close their knowledge. Counts and changes are only added."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON membership_spell, membership_recount, membership_change TO helhed_web;
            GRANT UPDATE (known_to) ON membership_spell TO helhed_web;
            GRANT SELECT, INSERT ON membership_groupversion TO helhed_web;
            GRANT UPDATE (current) ON membership_groupversion TO helhed_web;
            """,
            """
            REVOKE ALL ON membership_spell, membership_recount, membership_change, membership_groupversion
              FROM helhed_web;
            """,
        )
    ]
