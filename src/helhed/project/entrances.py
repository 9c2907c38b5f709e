"""How people and files get in, from the environment: identity providers, how long a log-in lasts, the virus scanner."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DOORS = {"STAFF": "staff", "CITIZEN": "citizen"}
CLAIMS = {"LEVEL_CLAIM": "loa", "NUMBER_CLAIM": "cpr", "PRIVILEGES_CLAIM": "privileges"}
SHORTEST = 2
"""Minutes. A shorter limit could not be warned of in time (WCAG 2.2.1 asks for twenty seconds to answer)."""


def providers(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The identity provider of each door that has one: issuer, client, secret, and the names of its claims."""
    found = {}
    for name, door in DOORS.items():
        prefix = f"HELHED_OIDC_{name}_"
        issuer, client = environ.get(f"{prefix}ISSUER", ""), environ.get(f"{prefix}CLIENT", "")
        if not issuer and not client:
            continue
        if not (issuer and client) or urlsplit(issuer).scheme not in {"https", "http"}:
            raise ImproperlyConfigured(
                f"{prefix}ISSUER and {prefix}CLIENT belong together; the issuer is an https address."
            )
        claims = {claim.lower(): environ.get(prefix + claim, usual) for claim, usual in CLAIMS.items()}
        secret = environ.get(f"{prefix}SECRET", "")
        found[door] = {"door": door, "issuer": issuer, "client": client, "secret": secret, **claims}
    return found


def origins(found: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The providers' origins: a form that leads to log-in or log-out may send the reader there."""
    parts = [urlsplit(provider["issuer"]) for provider in found.values()]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def seconds(environ: Mapping[str, str], name: str, usual: int) -> int:
    """A limit that the environment gives in minutes."""
    try:
        minutes = int(environ.get(name, usual))
    except ValueError:
        minutes = 0
    if minutes < SHORTEST:
        raise ImproperlyConfigured(f"{name} is a whole number of minutes, at least {SHORTEST}.")
    return minutes * 60


def scanner(environ: Mapping[str, str]) -> tuple[str, int] | str | None:
    """Where clamd listens: host and port, the path of a socket, or None where no files are scanned."""
    said = environ.get("HELHED_CLAMD", "")
    if not said or said.startswith("/"):
        return said or None
    host, _, port = said.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(
            "HELHED_CLAMD is a host and a port (clamd.example.dk:3310) or the path of a socket."
        )
    return host.strip("[]"), int(port)
