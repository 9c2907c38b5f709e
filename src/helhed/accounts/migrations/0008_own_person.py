"""Who a representative is in the register, where it knows them: a mandate ends when its holder has died."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_visit_privileges")]

    operations = [
        migrations.AddField(
            "user",
            "own_person",
            models.UUIDField(
                blank=True,
                null=True,
                help_text="who a representative is in the register; opens nothing",
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                name="user_own_person_of_representative",
                condition=Q(own_person__isnull=True) | Q(role="representative"),
            ),
        ),
    ]
