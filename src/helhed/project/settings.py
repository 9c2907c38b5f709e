"""Settings of helhed, all from the environment; the defaults are those of the demo on one machine."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from helhed.project.databases import databases

BASE = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = Path(os.environ.get("HELHED_DATA", BASE / "data"))

DEMO = os.environ.get("HELHED_DEMO", "") == "1"
DEBUG = os.environ.get("HELHED_DEBUG", "") == "1"
# Every demo login has this password; it is shown on the log-in page of the demo and nowhere else.
DEMO_PASSWORD = "to-haender-en-borger"
SECRET_KEY = os.environ.get("HELHED_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("HELHED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = os.environ.get("HELHED_HTTPS", "") == "1"
CSRF_FAILURE_VIEW = "helhed.pages.errors.stale_form"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("HELHED_ORIGINS", "").split(",") if o]

# The staircase, lowest first. The import contract is compared with this list by a house test.
ROOMS = [
    "helhed.periods",
    "helhed.audit",
    "helhed.accounts",
    "helhed.rules",
    "helhed.law",
    "helhed.register",
    "helhed.membership",
    "helhed.sharing",
    "helhed.coordination",
    "helhed.insight",
    "helhed.synthetic",
    "helhed.pages",
    "helhed.api",
    "helhed.commands",
    "helhed.project",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "helhed.audit",
    "helhed.accounts",
    "helhed.register",
    "helhed.membership",
    "helhed.sharing",
    "helhed.sharing.mandates",
    "helhed.sharing.consent",
    "helhed.sharing.safeguards",
    "helhed.sharing.access",
    "helhed.coordination.advis",
    "helhed.insight",
    "helhed.pages",
    "helhed.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "helhed.project.language.DanishFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "helhed.project.urls"
ASGI_APPLICATION = "helhed.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helhed.pages.context.shell",
            ]
        },
    }
]

DATABASES = databases(os.environ)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["helhed.project.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [("dkfds", BASE / "node_modules" / "dkfds" / "dist")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DELIVERY_FOLDER = DATA_FOLDER / "deliveries"
# The keys helhed signs with, and where the heads of the log are left outside the database (docs/running.md).
KEY_FOLDER = Path(os.environ.get("HELHED_KEYS", DATA_FOLDER / "keys"))
ANCHOR_FILE = os.environ.get("HELHED_ANCHOR_FILE", "")
WITNESS_URL = os.environ.get("HELHED_WITNESS_URL", "")
TSA_URL = os.environ.get("HELHED_TSA_URL", "")
TSA_ROOT = os.environ.get("HELHED_TSA_ROOT", "")

# The fewest persons a published number may stand for (DST practice is 3–5); the reader is told.
SMALL_COUNT = int(os.environ.get("HELHED_SMALL_COUNT", "5"))
# The citizen's own log names the employee who looked only where this is on (docs: sharing/log.py says why it is off).
SHOW_EMPLOYEE_NAMES = os.environ.get("HELHED_SHOW_EMPLOYEE_NAMES", "") == "1"
# How a citizen reaches the data protection officer: an address or a number, shown under the own log.
DPO_CONTACT = os.environ.get("HELHED_DPO_CONTACT", "")
# A full delivery that would close a larger share of a table's open facts stops and asks.
CLOSING_LIMIT = 0.20

# People first seen in a delivery are held back from sharing until somebody has looked at who they are.
EMBARGO = os.environ.get("HELHED_EMBARGO", "") == "1"
# More emergency accesses than this by one user in thirty days are shown to the steward.
EMERGENCY_RATE = int(os.environ.get("HELHED_EMERGENCY_RATE", "3"))
# Looks drawn at random for each unit's monthly sample; those at watched people come on top.
SAMPLE_SIZE = int(os.environ.get("HELHED_SAMPLE_SIZE", "10"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HELHED_LOG", "WARNING")},
}
