"""The door a web server knocks on. It stays shut when the database would not hold row-level security."""

import os
import sys

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import connection

from helhed.commands.refusal import RefusalError
from helhed.project.startup import refuse_wrong_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helhed.project.settings")
application = get_asgi_application()
try:
    refuse_wrong_role(connection, demo=settings.DEMO)
except RefusalError as refusal:
    sys.exit(f"helhed: {refusal}")
finally:
    connection.close()
