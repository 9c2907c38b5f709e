"""The running program adds holdings, workers and offers and ends them; it changes nothing else and removes none."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT ON ledger_holding, ledger_worker, ledger_offer TO helhed_web;
            GRANT UPDATE (until) ON ledger_holding, ledger_worker TO helhed_web;
            GRANT UPDATE (closed_at) ON ledger_offer TO helhed_web;
            REVOKE EXECUTE ON FUNCTION ledger_follow(bigint[], text, text[], text[], text[], text[], boolean[]) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION ledger_follow(bigint[], text, text[], text[], text[], text[], boolean[]) TO helhed_web;
            """,
            "REVOKE ALL ON ledger_holding, ledger_worker, ledger_offer FROM helhed_web",
        )
    ]
