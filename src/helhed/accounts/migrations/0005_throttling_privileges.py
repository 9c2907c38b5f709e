"""What the program may do in the tables of two packages: count failed log-ins, and look whether allauth knows a link.

allauth's other tables stay out of reach: logins are made by accounts alone.
"""

from django.db import migrations

GRANT = """
GRANT SELECT, INSERT, UPDATE, DELETE ON axes_accessattempt TO helhed_web;
GRANT SELECT, DELETE ON axes_accessattemptexpiration TO helhed_web;
GRANT SELECT ON socialaccount_socialaccount TO helhed_web;
"""
REVOKE = "REVOKE ALL ON axes_accessattempt, axes_accessattemptexpiration, socialaccount_socialaccount FROM helhed_web"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_appointment_rules"),
        ("axes", "0010_accessattemptexpiration"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
