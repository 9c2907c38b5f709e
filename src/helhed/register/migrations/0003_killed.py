"""How many times the program died while it took a delivery in; the running program counts it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="killed",
            field=models.PositiveSmallIntegerField(
                db_default=0, help_text="how many times the program died while it took the delivery in"
            ),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (killed) ON register_delivery TO helhed_web",
            "REVOKE UPDATE (killed) ON register_delivery FROM helhed_web",
        ),
    ]
