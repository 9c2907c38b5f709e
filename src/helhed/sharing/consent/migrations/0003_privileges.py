"""The running program asks, answers and ends consents; it removes none, writes no record of a version, and alters no receipt."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_rules")]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT ON consent_record TO helhed_web;
            GRANT SELECT, INSERT ON consent_consent, consent_receipt, consent_answer TO helhed_web;
            GRANT UPDATE (state, decided_at, valid_from, valid_to, language, notice_hash, notice_text, consequences,
                expressed_by, mandate, method, recorded_by, confirmed_by, evidence_hash, evidence_file, signed_on,
                ended_at, ended_by, ended_how) ON consent_consent TO helhed_web;
            GRANT UPDATE (confirmed_by, confirmed_at, agreed, reason) ON consent_answer TO helhed_web;
            GRANT SELECT, INSERT, UPDATE ON consent_errand TO helhed_web;
            """,
            "REVOKE ALL ON consent_consent, consent_record, consent_receipt, consent_answer, consent_errand"
            " FROM helhed_web",
        )
    ]
