"""Once a reorganisation is carried out, what has come to an old unit since can be taken along by another of the same day."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0003_privileges")]

    operations = [
        migrations.RemoveConstraint("reorganisation", "reorganisation_one_a_day"),
        migrations.AddConstraint(
            "reorganisation",
            models.UniqueConstraint(
                name="reorganisation_one_a_day",
                fields=["day"],
                condition=Q(state__in=["proposed", "approved"]),
            ),
        ),
    ]
