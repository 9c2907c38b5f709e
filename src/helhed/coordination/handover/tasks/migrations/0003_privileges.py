"""The running program writes tasks and ends them; it removes none."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_guards")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON tasks_task TO helhed_web;
            GRANT UPDATE (state, ended_by, ended_unit, ended_at, ended_why) ON tasks_task TO helhed_web;
            """,
            "REVOKE ALL ON tasks_task FROM helhed_web",
        )
    ]
