"""A notice names the consent it rests on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advis", "0002_privileges")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="consent",
            field=models.UUIDField(
                help_text="the consent it rests on; empty before consents were rows", null=True
            ),
        )
    ]
