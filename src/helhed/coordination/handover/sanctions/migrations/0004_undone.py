"""How a sanction is undone and paid back, how far the complaint about it is, and who answered for the citizen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0003_privileges")]

    operations = [
        migrations.RemoveConstraint(
            model_name="sanction",
            name="sanction_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="sanction",
            name="sanction_calculated_whole",
        ),
        migrations.RemoveConstraint(
            model_name="sanction",
            name="sanction_heard_whole",
        ),
        migrations.RemoveConstraint(
            model_name="sanction",
            name="sanction_ended_whole",
        ),
        migrations.RemoveConstraint(
            model_name="sanctionstep",
            name="sanction_step_known",
        ),
        migrations.RemoveConstraint(
            model_name="sanctionstep",
            name="sanction_calculated_says_what",
        ),
        migrations.RemoveIndex(
            model_name="sanction",
            name="sanction_waiting",
        ),
        migrations.AddField(
            model_name="sanction",
            name="complaint",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="sanction",
            name="complaint_due",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="effected_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="repaid_oere",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sanction",
            name="repaid_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="reversed_by",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="sanction",
            name="reversed_whole",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="mandate",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="paid_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="ref",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="whole",
            field=models.BooleanField(null=True),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE sanctions_sanction DISABLE TRIGGER sanctions_sanction_rules;
            UPDATE sanctions_sanction SET effected_at = ended_at WHERE state = 'effected';
            ALTER TABLE sanctions_sanction ENABLE TRIGGER sanctions_sanction_rules;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="sanction",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("decided", "decided"),
                    ("received", "received"),
                    ("calculated", "calculated"),
                    ("heard", "heard"),
                    ("reversed", "reversed"),
                    ("effected", "effected"),
                    ("annulled", "annulled"),
                    ("withdrawn", "withdrawn"),
                    ("repaid", "repaid"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="sanctionstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("drafted", "drafted"),
                    ("revised", "revised"),
                    ("decided", "decided"),
                    ("withdrawn", "withdrawn"),
                    ("upheld", "upheld"),
                    ("annulled", "annulled"),
                    ("reversed", "reversed"),
                    ("received", "received"),
                    ("calculated", "calculated"),
                    ("heard", "heard"),
                    ("effected", "effected"),
                    ("repaid", "repaid"),
                    ("answered", "answered"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("effected", "annulled", "withdrawn", "repaid")), _negated=True
                ),
                fields=["state", "due_on"],
                name="sanction_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                condition=models.Q(("complaint", ""), _negated=True),
                fields=["complaint_due"],
                name="sanction_complained_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "draft",
                            "decided",
                            "received",
                            "calculated",
                            "heard",
                            "reversed",
                            "effected",
                            "annulled",
                            "withdrawn",
                            "repaid",
                        ),
                    )
                ),
                name="sanction_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["calculated", "heard", "effected", "annulled", "reversed", "repaid"]),
                        _negated=True,
                    ),
                    models.Q(("amount_oere__gt", 0), ("month__isnull", False)),
                    _connector="OR",
                ),
                name="sanction_calculated_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["heard", "effected", "annulled", "reversed", "repaid"]), _negated=True
                    ),
                    ("hearing_due__isnull", False),
                    _connector="OR",
                ),
                name="sanction_heard_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("effected", "annulled", "withdrawn", "repaid")),
                        ("ended_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("effected", "annulled", "withdrawn", "repaid")), _negated=True
                        ),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sanction_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["effected", "reversed", "repaid"]), _negated=True),
                    models.Q(
                        ("effected_at__isnull", False),
                        ("reversed_whole__isnull", True),
                        ("state", "effected"),
                    ),
                    models.Q(
                        ("effected_at__isnull", False),
                        ("reversed_whole__isnull", False),
                        models.Q(("reversed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sanction_undone_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repaid_oere", 0),
                    models.Q(("repaid_oere__gt", 0), ("repaid_oere__lte", models.F("amount_oere"))),
                    _connector="OR",
                ),
                name="sanction_repaid_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("complaint", ""),
                    ("complaint__in", ("received", "kept", "returned", "sent")),
                    _connector="OR",
                ),
                name="sanction_complaint_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "drafted",
                            "revised",
                            "decided",
                            "withdrawn",
                            "upheld",
                            "annulled",
                            "reversed",
                            "received",
                            "calculated",
                            "heard",
                            "effected",
                            "repaid",
                            "answered",
                        ),
                    )
                ),
                name="sanction_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "calculated"), ("amount_oere__isnull", False), ("month__isnull", False)
                    ),
                    models.Q(
                        ("amount_oere__isnull", False),
                        ("benefit_oere__isnull", True),
                        ("kind", "repaid"),
                        ("month__isnull", True),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["calculated", "repaid"]), _negated=True),
                        ("amount_oere__isnull", True),
                        ("benefit_oere__isnull", True),
                        ("month__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sanction_calculated_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversed"), ("paid_on__isnull", True), ("whole__isnull", False)),
                    models.Q(
                        ("kind", "repaid"),
                        ("paid_on__isnull", False),
                        ("ref__isnull", True),
                        ("whole__isnull", True),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["reversed", "repaid"]), _negated=True),
                        ("paid_on__isnull", True),
                        ("ref__isnull", True),
                        ("whole__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sanction_step_undoes",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mandate__isnull", True), models.Q(("kind", "answered"), ("unit", "")), _connector="OR"
                ),
                name="sanction_step_for_citizen",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ref__isnull", False)), fields=("ref",), name="sanction_step_follows_once"
            ),
        ),
    ]
