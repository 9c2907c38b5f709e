"""From the environment to Django's DATABASES.

Two aliases point at one PostgreSQL database: `default` is what the running program uses, as a role that
owns nothing; `owner` exists for migrations only. Where one login serves both (`DATABASE_URL`), the role is
taken at connection start. Everything else the address says (TLS, time limits …) goes to libpq as it stands.
"""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict

OWNER_ROLE = "helhed_owner"
WEB_ROLE = "helhed_web"


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Answer Django's DATABASES for an environment.

    `HELHED_WEB_URL` and `HELHED_OWNER_URL` are two logins; without them `DATABASE_URL` is one that may take
    both roles. Without any the answer names a database out of reach, so that commands that need none run.
    """
    shared = environ.get("DATABASE_URL", "postgresql:///helhed")
    web = environ.get("HELHED_WEB_URL", shared)
    owner = environ.get("HELHED_OWNER_URL", shared)
    return {
        "default": _database(web, WEB_ROLE, pool="HELHED_POOL" in environ),
        "owner": _database(owner, OWNER_ROLE, pool=False),
    }


def _database(url: str, role: str, *, pool: bool) -> dict[str, Any]:
    parts = dict(conninfo_to_dict(url))
    apart = ("dbname", "user", "password", "host", "port", "options")
    options: dict[str, Any] = {name: value for name, value in parts.items() if name not in apart}
    options["options"] = f"{parts.get('options', '')} -c role={role}".strip()
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "helhed"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }
