"""Drafts and adopted versions; a counting says its day and its cause; spells without keys that are checked row by row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0002_privileges"),
        ("register", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("label_da", models.CharField(max_length=200)),
                ("label_en", models.CharField(max_length=200)),
                ("valid_from", models.DateField()),
                ("criteria", models.TextField()),
                ("drafted_by", models.CharField(max_length=80)),
                ("approved_by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("counted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("label_da", models.CharField(max_length=200)),
                ("label_en", models.CharField(max_length=200)),
                (
                    "base_key",
                    models.CharField(
                        blank=True, default="", help_text="the group it starts from", max_length=40
                    ),
                ),
                ("criteria", models.TextField(help_text="one criterion, YAML")),
                ("note", models.TextField(blank=True, default="", help_text="why, in the drawer's words")),
                ("owner", models.CharField(max_length=80)),
                ("shared", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("sent", "sent"),
                            ("adopted", "adopted"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("sent_by", models.CharField(blank=True, default="", max_length=80)),
                ("sent_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="", help_text="why it was rejected")),
                (
                    "valid_from",
                    models.DateField(help_text="the day it is in force from, once adopted", null=True),
                ),
                ("changed_at", models.DateTimeField()),
                ("edition", models.IntegerField(default=1)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="spell",
            name="spell_one_value_a_day",
        ),
        migrations.RemoveIndex(
            model_name="spell",
            name="spell_person",
        ),
        migrations.AddField(
            model_name="recount",
            name="cause",
            field=models.CharField(
                choices=[
                    ("everyone", "everyone"),
                    ("delivery", "delivery"),
                    ("groups", "groups"),
                    ("people", "people"),
                    ("day", "day"),
                ],
                default="everyone",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="recount",
            name="day",
            field=models.DateField(default="2000-01-01"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="recount",
            name="merged",
            field=models.BigIntegerField(help_text="id of the merge of persons that caused it", null=True),
        ),
        migrations.AddField(
            model_name="recount",
            name="unmerged",
            field=models.BigIntegerField(help_text="id of the merge whose undoing caused it", null=True),
        ),
        migrations.AlterField(
            model_name="recount",
            name="delivery",
            field=models.BigIntegerField(
                help_text="id of the delivery that caused it, if one did", null=True
            ),
        ),
        migrations.AlterField(
            model_name="spell",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register.person",
            ),
        ),
        migrations.AlterField(
            model_name="spell",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="membership.groupversion",
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE membership_recount
               SET day = (at AT TIME ZONE 'Europe/Copenhagen')::date,
                   cause = CASE WHEN delivery IS NULL THEN 'everyone' ELSE 'delivery' END
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["everyone", "delivery", "groups", "people", "day"])),
                name="recount_cause_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause", "delivery"), ("delivery__isnull", False)),
                    models.Q(models.Q(("cause", "delivery"), _negated=True), ("delivery__isnull", True)),
                    _connector="OR",
                ),
                name="recount_delivery_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause", "people"), ("merged__isnull", True), ("unmerged__isnull", False)),
                    models.Q(("cause", "people"), ("merged__isnull", False), ("unmerged__isnull", True)),
                    models.Q(
                        models.Q(("cause", "people"), _negated=True),
                        ("merged__isnull", True),
                        ("unmerged__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="recount_people_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cause", "day")), fields=("day",), name="recount_day_turned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="spell",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("person", "version", "start"),
                name="spell_starts_once",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["owner", "-changed_at"], name="draft_owner_changed"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "adopted", "rejected", "withdrawn"])),
                name="draft_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9-]*$")), name="draft_key_is_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("label_da", ""), _negated=True),
                    models.Q(("label_en", ""), _negated=True),
                    models.Q(("owner", ""), _negated=True),
                ),
                name="draft_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn"]),
                    models.Q(models.Q(("sent_by", ""), _negated=True), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="draft_sent_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by", ""),
                        ("state__in", ["draft", "sent", "withdrawn"]),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["adopted", "rejected"]),
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("owner")), _negated=True),
                        models.Q(("decided_by", models.F("sent_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="draft_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="draft_rejected_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "adopted"), ("valid_from__isnull", False)),
                    models.Q(models.Q(("state", "adopted"), _negated=True), ("valid_from__isnull", True)),
                    _connector="OR",
                ),
                name="draft_adopted_from_a_day",
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="draft",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="adoption", to="membership.draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.UniqueConstraint(fields=("key", "valid_from"), name="adoption_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                    models.Q(("approved_by", ""), _negated=True),
                ),
                name="adoption_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted_at__isnull", True), ("counted_at__gte", models.F("at")), _connector="OR"
                ),
                name="adoption_counted_after",
            ),
        ),
    ]
