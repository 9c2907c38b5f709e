"""What the lawyer has settled, and why a proposal was rejected or an adoption ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("adoption", "0001_initial")]

    operations = [
        migrations.AddField(
            "adoptedmodel",
            "settled",
            models.JSONField(
                default=list,
                help_text="the unsettled changes of law that the lawyer has taken a stand on, by key",
            ),
        ),
        migrations.AddField(
            "adoptedmodel", "decided_reason", models.CharField(blank=True, default="", max_length=600)
        ),
        migrations.AddField(
            "adoptedmodel", "end_reason", models.CharField(blank=True, default="", max_length=600)
        ),
    ]
