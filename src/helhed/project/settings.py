"""Settings of helhed, all from the environment; the defaults are those of the demo on one machine."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from helhed.project.databases import databases
from helhed.project.entrances import origins, providers, scanner, seconds

BASE = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = Path(os.environ.get("HELHED_DATA", BASE / "data"))

DEMO = os.environ.get("HELHED_DEMO", "") == "1"
DEBUG = os.environ.get("HELHED_DEBUG", "") == "1"
# Every demo login has this password; it is shown on the log-in page of the demo and nowhere else.
DEMO_PASSWORD = "to-haender-en-borger"  # nosec B105 - made-up people only
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
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "helhed.audit",
    "helhed.accounts",
    "helhed.register",
    "helhed.membership",
    "helhed.sharing",
    "helhed.sharing.mandates",
    "helhed.sharing.consent",
    "helhed.sharing.safeguards",
    "helhed.sharing.ledger",
    "helhed.sharing.access",
    "helhed.coordination.advis",
    "helhed.coordination.handover.adoption",
    "helhed.coordination.handover.letters",
    "helhed.coordination.handover.tasks",
    "helhed.coordination.handover.sanctions",
    "helhed.coordination.handover.entrances",
    "helhed.coordination.handover.chain",
    "helhed.coordination.handover.reorganisation",
    "helhed.insight",
    "helhed.pages",
    "helhed.project",
]

MIDDLEWARE = [
    "helhed.project.plain_http.NoPlainApi",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "helhed.project.methods.KnownMethods",
    "helhed.project.headers.Headers",
    "helhed.project.requests.NamedRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "helhed.project.language.DanishFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "helhed.pages.login.keeping.KeepTime",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "helhed.pages.readable.Readable",
    "helhed.pages.guard.Decided",
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
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "helhed.accounts.context_words.ContextWords"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "helhed.accounts.backends.LocalPassword",
    "helhed.accounts.backends.Appointed",
]

# Who vouches for whom: an identity provider for each door, see docs/running.md, "Log-in".
OIDC = providers(os.environ)
LOCAL_LOGIN = os.environ.get("HELHED_LOCAL_LOGIN", "1" if DEMO or not OIDC else "") == "1"
CVR = os.environ.get("HELHED_CVR", "64942212")
PRIVILEGES = Path(os.environ["HELHED_PRIVILEGES"]) if os.environ.get("HELHED_PRIVILEGES") else None
SOCIALACCOUNT_ADAPTER = "helhed.pages.login.provider.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# Five wrong passwords for one name, or thirty from one address: a quarter of an hour.
AXES_HANDLER = "helhed.accounts.throttling.Handler"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 5
ADDRESS_FAILURE_LIMIT = 30
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "helhed.pages.login.local.locked"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# How long a log-in lasts: without a sign of life, and at most.
IDLE_SECONDS = {
    "staff": seconds(os.environ, "HELHED_IDLE_STAFF", 30),
    "citizen": seconds(os.environ, "HELHED_IDLE_CITIZEN", 20),
}
LONGEST_SECONDS = {
    "staff": seconds(os.environ, "HELHED_LONGEST_STAFF", 8 * 60),
    "citizen": seconds(os.environ, "HELHED_LONGEST_CITIZEN", 2 * 60),
}
SESSION_COOKIE_AGE = max(LONGEST_SECONDS.values())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # The browser itself holds that such a cookie came from this host and over TLS.
    SESSION_COOKIE_NAME = "__Host-helhed"
    CSRF_COOKIE_NAME = "__Host-helhed-form"
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
        "form-action": [SELF, *origins(OIDC)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
        "report-uri": "/csp",
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
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# The virus scanner that files handed in are shown to first; without one they are taken in unseen (docs/running.md).
CLAMD = scanner(os.environ)
DELIVERY_FOLDER = DATA_FOLDER / "deliveries"
# The keys helhed signs with, and where the heads of the log are left outside the database (docs/running.md).
KEY_FOLDER = Path(os.environ.get("HELHED_KEYS", DATA_FOLDER / "keys"))
ANCHOR_FILE = os.environ.get("HELHED_ANCHOR_FILE", "")
WITNESS_URL = os.environ.get("HELHED_WITNESS_URL", "")
TSA_URL = os.environ.get("HELHED_TSA_URL", "")
# How long the personal values of the log's lines are kept, and longer or shorter for some purposes: P2Y,tilsyn=P5Y
LOG_KEEP = os.environ.get("HELHED_LOG_KEEP", "P2Y")
TSA_ROOT = os.environ.get("HELHED_TSA_ROOT", "")

# Digitalt Samtykke, the national solution: its address turns it on; the credentials of our system there.
NATIONAL_CONSENT_URL = os.environ.get("HELHED_NATIONAL_CONSENT_URL", "")
NATIONAL_CONSENT_CLIENT = os.environ.get("HELHED_NATIONAL_CONSENT_CLIENT", "helhed")
NATIONAL_CONSENT_SECRET = os.environ.get("HELHED_NATIONAL_CONSENT_SECRET", "")

# The fewest persons a published number may stand for (DST practice is 3–5); the reader is told.
SMALL_COUNT = int(os.environ.get("HELHED_SMALL_COUNT", "5"))
# The citizen's own log names the employee who looked only where this is on (docs: sharing/log.py says why it is off).
SHOW_EMPLOYEE_NAMES = os.environ.get("HELHED_SHOW_EMPLOYEE_NAMES", "") == "1"
# How a citizen reaches the data protection officer: an address or a number, shown under the own log.
DPO_CONTACT = os.environ.get("HELHED_DPO_CONTACT", "")
# A full delivery that would close a larger share of a table's open facts stops and asks.
CLOSING_LIMIT = 0.20

# People first seen in a delivery are held back from sharing until somebody has looked at who they are.
EMBARGO = os.environ.get("HELHED_EMBARGO", "1" if DEMO else "") == "1"
# More emergency accesses than this by one user in thirty days are shown to the steward.
EMERGENCY_RATE = int(os.environ.get("HELHED_EMERGENCY_RATE", "3"))
# Who is refused so many times on one day, or more, is shown to the steward.
REFUSED_A_DAY = int(os.environ.get("HELHED_REFUSED_A_DAY", "5"))
# Looks drawn at random for each unit's monthly sample; those at watched people come on top.
SAMPLE_SIZE = int(os.environ.get("HELHED_SAMPLE_SIZE", "10"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HELHED_LOG", "WARNING")},
}
