"""The running program opens chains, takes steps and tells of them; it alters nothing that was written, and removes nothing."""

from django.db import migrations

TABLES = ", ".join(
    f"handover_{table}" for table in ("chain", "step", "ruletext", "evidence", "cause", "message", "heard")
)


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_guards")]

    operations = [
        migrations.RunSQL(
            f"""
            GRANT SELECT, INSERT ON {TABLES} TO helhed_web;
            GRANT UPDATE (state, consent, evidence, from_unit, to_unit, family, due_on, escalated_at, effective_on, effective_at,
                ended_at, end_reason, steps) ON handover_chain TO helhed_web;
            GRANT UPDATE (state, ended_at) ON handover_cause TO helhed_web;
            GRANT UPDATE (done_at, done_by, unit) ON handover_message TO helhed_web;
            """,
            f"REVOKE ALL ON {TABLES} FROM helhed_web",
        )
    ]
