"""The keys helhed signs with: Ed25519, one file each, read by their owner only, made at first use."""

import base64
import hashlib
import json
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

NAMES = ("log", "receipts", "witness")
"""What is signed: the heads of the log, the receipts of the citizens, another's heads."""


def signing_key(name: str) -> Ed25519PrivateKey:
    """The key of this name in the folder of keys."""
    if name not in NAMES:
        raise ValueError(f"there is no key '{name}'; the keys are {', '.join(NAMES)}")
    return key_in(Path(settings.KEY_FOLDER), name)


@cache
def key_in(folder: Path, name: str) -> Ed25519PrivateKey:
    """The key of this name in a folder; made if it is missing, by one process only."""
    file = folder / f"{name}.pem"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(file)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file.name} holds another kind of key than Ed25519")
    return key


def _make(file: Path) -> None:
    """Write the whole key beside its place, then link it there: the first of two makers wins, and none reads half a key."""
    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(text)
    try:
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def public_keys() -> dict[str, list[dict[str, str]]]:
    """The public half of the log's and the receipts' keys as a JSON Web Key Set (RFC 7517, RFC 8037)."""
    return {
        "keys": [
            {**jwk(signing_key(name).public_key()), "use": "sig", "alg": "EdDSA", "helhed": name}
            for name in ("log", "receipts")
        ]
    }


def jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """A public key as JSON Web Key, named by its thumbprint."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    body = {"crv": "Ed25519", "kty": "OKP", "x": base64url(raw)}
    return {**body, "kid": _thumbprint(body)}


def thumbprint(key: Ed25519PublicKey) -> str:
    """The key's name (RFC 7638)."""
    return jwk(key)["kid"]


def public_key(words: dict[str, str]) -> Ed25519PublicKey:
    """The key a JSON Web Key stands for. ValueError when it is none, or carries a name that is not its own."""
    try:
        key = Ed25519PublicKey.from_public_bytes(from_base64url(words["x"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no Ed25519 key written as JSON Web Key") from error
    if words.get("kid", "") != thumbprint(key):
        raise ValueError("the key carries a name that is not its own")
    return key


def base64url(data: bytes) -> str:
    """Bytes as text, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of a base64url text; ValueError for any other text than the one `base64url` writes for them."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64url(data) != text:
        raise ValueError("not written the one way these bytes are written")
    return data


def _thumbprint(body: dict[str, str]) -> str:
    return base64url(
        hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).digest()
    )
