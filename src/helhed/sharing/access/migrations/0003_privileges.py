"""The running program reads cases through row-level security, has them derived, and adds decisions; grants it cannot even
read. A shield is set and ended, never removed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT ON access_case TO helhed_web;
            GRANT SELECT, INSERT ON access_decision, access_ruleset, access_shield TO helhed_web;
            GRANT UPDATE (ended_at, ended_by) ON access_shield TO helhed_web;
            REVOKE EXECUTE ON FUNCTION access_refresh(bigint[], text[], text[]),
                access_may_see(uuid, text, text, text), access_number(text[], text) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION access_refresh(bigint[], text[], text[]),
                access_may_see(uuid, text, text, text), access_number(text[], text) TO helhed_web;
            """,
            "REVOKE ALL ON access_case, access_decision, access_ruleset, access_shield FROM helhed_web",
        )
    ]
