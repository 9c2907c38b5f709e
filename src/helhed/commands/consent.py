"""`helhed consent verify`: whether a saved receipt is genuine, without a server or a database."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from helhed.audit.keys import jwk, key_in
from helhed.commands.refusal import RefusalError
from helhed.sharing.consent.verifying import NotGenuine, verify

BASE = Path(__file__).resolve().parents[3]


def run(options: argparse.Namespace) -> None:
    """Say what the receipt is, or refuse with what is wrong with it."""
    try:
        found = verify(options.file.read_bytes(), _keys(options.keys))
    except OSError as error:
        raise RefusalError(f"{options.file}: {error.strerror}") from None
    except NotGenuine as error:
        raise RefusalError(f"{options.file}: {error}") from None
    print(f"Genuine: receipt {found.receipt}")
    print(f"for consent {found.consent}, {found.event} at {found.at}")
    print(f"signed with key {found.key}")


def _keys(file: Path | None) -> dict[str, Any]:
    """The key set of a file, as /.well-known/helhed-keys.json gives it; without one, the key of this installation."""
    if file is None:
        own = _folder() / "receipts.pem"
        if not own.exists():
            raise RefusalError(
                "Give the keys to verify with: --keys FILE, fetched from /.well-known/helhed-keys.json."
            )
        return {"keys": [jwk(key_in(own.parent, own.stem).public_key())]}
    try:
        keys = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(keys["keys"], list):
            raise TypeError
    except OSError as error:
        raise RefusalError(f"{file}: {error.strerror}") from None
    except (ValueError, TypeError, KeyError):
        raise RefusalError(
            f"{file} is no set of keys. Fetch it from /.well-known/helhed-keys.json."
        ) from None
    return keys


def _folder() -> Path:
    """Where this installation keeps its keys, as the settings say it."""
    data = os.environ.get("HELHED_DATA", BASE / "data")
    return Path(os.environ.get("HELHED_KEYS", Path(data) / "keys"))
