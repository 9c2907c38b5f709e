"""A citizen also leaves an entrance by dying or moving away."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("entrances", "0003_privileges")]

    operations = [
        migrations.RemoveConstraint(model_name="attachment", name="attachment_reason_known"),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                name="attachment_reason_known",
                condition=Q(reason__in=["", "wish", "group", "closed", "death", "moved-away"]),
            ),
        ),
    ]
