"""Why a protection was ended is kept with it; the running program writes it when it ends one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("access", "0003_privileges")]

    operations = [
        migrations.AddField(
            model_name="shield",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=400),
        ),
        migrations.AddConstraint(
            model_name="shield",
            constraint=models.CheckConstraint(
                condition=Q(("end_reason", ""), ("ended_at__isnull", False), _connector="OR"),
                name="shield_ended_for_a_reason",
            ),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (end_reason) ON access_shield TO helhed_web;",
            "REVOKE UPDATE (end_reason) ON access_shield FROM helhed_web;",
        ),
    ]
