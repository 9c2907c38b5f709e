"""A form that is sent twice, at whatever instant, writes one task."""

from django.db import migrations, models
from django.db.models.functions import MD5


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_privileges")]

    operations = [
        migrations.AddField("task", "form", models.UUIDField(editable=False, null=True)),
        migrations.AddConstraint(
            "task",
            models.UniqueConstraint(
                "created_by",
                "form",
                "person_key",
                "part",
                "due_on",
                "title",
                MD5("note"),
                name="task_form_once",
            ),
        ),
    ]
