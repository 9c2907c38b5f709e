"""How a unit is reached: said by a leader, never altered."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_more_kinds")]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=160)),
                ("phone", models.CharField(max_length=11)),
                ("hours_da", models.CharField(blank=True, max_length=80)),
                ("hours_en", models.CharField(blank=True, max_length=80)),
                ("address", models.CharField(blank=True, max_length=120)),
                ("said_by", models.CharField(max_length=80)),
                (
                    "said_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "-id"], name="contact_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phone__regex", "^[0-9]{2}( [0-9]{2}){3}$")),
                        name="contact_phone_danish",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "GRANT SELECT, INSERT ON letters_contact TO helhed_web",
            "REVOKE ALL ON letters_contact FROM helhed_web",
        ),
    ]
