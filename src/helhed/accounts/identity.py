"""What an identity provider says about the one who logs in, read from its claims, and what helhed asks of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helhed.accounts.doors import DOORS

ENOUGH = frozenset({"substantial", "high"})
"""Levels of NSIS (and eIDAS) that open helhed; `low` does not."""


class NotLetInError(Exception):
    """A log-in that was proved elsewhere, but opens nothing here. `code` names the reason for the page and the log."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code


@dataclass(frozen=True)
class Provider:
    """One identity provider and the names of the claims it uses."""

    door: str
    issuer: str
    client: str
    secret: str
    level_claim: str = "loa"
    number_claim: str = "cpr"
    privileges_claim: str = "privileges"


@dataclass(frozen=True)
class Identity:
    """Someone a provider has recognised: by which door, by which lasting subject, how surely, and what it says of them."""

    door: str
    subject: str
    name: str
    number: str = ""
    privileges: str = ""

    @property
    def key(self) -> str:
        """The lasting name of this identity here; the door is part of it, so that no door can speak for the other."""
        return f"{self.door}:{self.subject}"

    @property
    def username(self) -> str:
        """A short name for the log that says nothing about the person."""
        kind = {"staff": "medarbejder", "citizen": "borger", "representative": "fuldmagt"}
        return f"{kind[self.key.split(':')[0]]}-{hashlib.sha256(self.key.encode()).hexdigest()[:12]}"


def identity(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """Read the claims. Raises NotLetInError("level") below Substantial, and ("claims") without a lasting subject."""
    level = str(claims.get(provider.level_claim) or claims.get("acr") or "")
    if level.rstrip("/").rpartition("/")[2].casefold() not in ENOUGH:
        raise NotLetInError("level", f"said '{level[:80]}'")
    subject = claims.get("sub")
    if provider.door not in DOORS or not isinstance(subject, str) or not 1 <= len(subject) <= 190:
        raise NotLetInError("claims")
    return Identity(
        provider.door,
        subject,
        str(claims.get("name") or "")[:120],
        number=_text(claims.get(provider.number_claim)),
        privileges=_text(claims.get(provider.privileges_claim)),
    )


def _text(value: object) -> str:
    """A claim that is one text; anything else counts as not given."""
    return value if isinstance(value, str) else ""
