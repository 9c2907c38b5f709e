"""Complaints about a sanction, how it is undone and paid back, who answered for the citizen, and what each side is told."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sanctions", "0003_privileges"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("kept", "kept"),
                            ("returned", "returned"),
                            ("sent", "sent"),
                            ("agreed", "agreed"),
                            ("confirmed", "confirmed"),
                            ("changed", "changed"),
                            ("dismissed", "dismissed"),
                            ("rekept", "rekept"),
                            ("taken-back", "taken-back"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                ("decided_on", models.DateField(editable=False, help_text="set by the database", null=True)),
                ("in_time", models.BooleanField(editable=False, help_text="set by the database", null=True)),
                ("sent_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("steps", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ComplaintStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complained", "complained"),
                            ("kept", "kept"),
                            ("partly", "partly"),
                            ("agreed", "agreed"),
                            ("sent", "sent"),
                            ("confirmed", "confirmed"),
                            ("changed", "changed"),
                            ("dismissed", "dismissed"),
                            ("returned", "returned"),
                            ("taken-back", "taken-back"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("by", models.CharField(max_length=80)),
                ("unit", models.CharField(blank=True, default="", max_length=160)),
                ("mandate", models.UUIDField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                ("on_day", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SanctionMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("step", models.UUIDField()),
                ("part", models.CharField(max_length=40)),
                (
                    "what",
                    models.CharField(
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
                            ("complained", "complained"),
                            ("kept", "kept"),
                            ("partly", "partly"),
                            ("agreed", "agreed"),
                            ("sent", "sent"),
                            ("confirmed", "confirmed"),
                            ("changed", "changed"),
                            ("dismissed", "dismissed"),
                            ("returned", "returned"),
                            ("taken-back", "taken-back"),
                            ("overdue", "overdue"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, default="", max_length=80)),
            ],
        ),
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
        migrations.AddField(
            model_name="complaint",
            name="sanction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="sanctions.sanction",
            ),
        ),
        migrations.AddField(
            model_name="complaintstep",
            name="complaint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken",
                to="sanctions.complaint",
            ),
        ),
        migrations.AddField(
            model_name="sanctionmessage",
            name="sanction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="sanctions.sanction"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "received",
                            "kept",
                            "returned",
                            "sent",
                            "agreed",
                            "confirmed",
                            "changed",
                            "dismissed",
                            "rekept",
                            "taken-back",
                        ),
                    )
                ),
                name="complaint_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True), ("state__in", ("received", "kept", "returned", "sent"))
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        (
                            "state__in",
                            ("agreed", "confirmed", "changed", "dismissed", "rekept", "taken-back"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="complaint_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("sanction",),
                name="complaint_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.UniqueConstraint(
                fields=("complaint", "number"), name="complaint_step_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "complained",
                            "kept",
                            "partly",
                            "agreed",
                            "sent",
                            "confirmed",
                            "changed",
                            "dismissed",
                            "returned",
                            "taken-back",
                        ),
                    )
                ),
                name="complaint_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["complained", "taken-back"]),
                    models.Q(("unit", ""), _negated=True),
                    _connector="OR",
                ),
                name="complaint_step_in_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("mandate__isnull", True), ("unit", ""), _connector="OR"),
                name="complaint_step_for_citizen",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("complained", "sent", "confirmed", "changed", "dismissed", "returned")),
                        ("on_day__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "kind__in",
                                ("complained", "sent", "confirmed", "changed", "dismissed", "returned"),
                            ),
                            _negated=True,
                        ),
                        ("on_day__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="complaint_step_has_day",
            ),
        ),
        migrations.AddIndex(
            model_name="sanctionmessage",
            index=models.Index(fields=["part", "-at"], name="sanction_message_new"),
        ),
        migrations.AddConstraint(
            model_name="sanctionmessage",
            constraint=models.UniqueConstraint(fields=("step", "part", "what"), name="sanction_message_once"),
        ),
        migrations.AddConstraint(
            model_name="sanctionmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "what__in",
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
                            "complained",
                            "kept",
                            "partly",
                            "agreed",
                            "sent",
                            "confirmed",
                            "changed",
                            "dismissed",
                            "returned",
                            "taken-back",
                            "overdue",
                        ),
                    )
                ),
                name="sanction_message_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["sagsbehandleransvar", "ydelsesansvar"])),
                name="sanction_message_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by", "")),
                    models.Q(("done_at__isnull", False), models.Q(("done_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="sanction_message_done_pair",
            ),
        ),
    ]
