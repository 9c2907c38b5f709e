"""What the running program may do with the framework's own tables: sessions come and go, the rest is read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(
            """
            GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO helhed_web;
            GRANT SELECT ON django_migrations, django_content_type, auth_permission TO helhed_web;
            """,
            "REVOKE ALL ON django_session, django_migrations, django_content_type, auth_permission FROM helhed_web",
        )
    ]
