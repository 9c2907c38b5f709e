"""Complaints about a sanction, each step of them, and what each side is told."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0004_undone")]

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
