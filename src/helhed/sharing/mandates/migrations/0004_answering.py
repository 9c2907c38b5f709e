"""A mandate can reach to answering for the citizen, and complaining, where money is about to be deducted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mandates", "0003_privileges"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_scope_known",
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope__contained_by", ["see", "log", "consent", "answer"]), ("scope__len__gt", 0)
                ),
                name="mandate_scope_known",
            ),
        ),
    ]
