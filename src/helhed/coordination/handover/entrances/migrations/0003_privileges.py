"""The running program adds to the tables of the entrances and ends what has an end; it removes nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("entrances", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON entrances_entrance, entrances_hours, entrances_team, entrances_member,
                entrances_rosterday, entrances_outreach, entrances_attachment, entrances_appointment, entrances_visit,
                entrances_heard TO helhed_web;
            GRANT UPDATE (name, place, address, state, opened_at, opened_by, begun_at, closed_at, closed_by)
                ON entrances_entrance TO helhed_web;
            GRANT UPDATE (opens, closes) ON entrances_hours TO helhed_web;
            GRANT UPDATE (unit, until) ON entrances_team TO helhed_web;
            GRANT UPDATE (until) ON entrances_member, entrances_outreach TO helhed_web;
            GRANT UPDATE (cancelled_at) ON entrances_rosterday, entrances_appointment TO helhed_web;
            GRANT UPDATE (state, answered_at, answered_how, answered_by, since, until, reason, leaves_on)
                ON entrances_attachment TO helhed_web;
            GRANT UPDATE (bif_at, bif_by, bif_unit, sof_at, sof_by, sof_unit, over_at) ON entrances_visit TO helhed_web;
            """,
            """
            REVOKE ALL ON entrances_entrance, entrances_hours, entrances_team, entrances_member, entrances_rosterday,
                entrances_outreach, entrances_attachment, entrances_appointment, entrances_visit, entrances_heard
                FROM helhed_web
            """,
        )
    ]
