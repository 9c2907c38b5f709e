"""The door a web server knocks on."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helhed.project.settings")
application = get_asgi_application()
