"""The signed head of the log: what is signed, how it is written, and how anybody holds it to be good. Knows no store."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from helhed.audit.keys import base64url, from_base64url, thumbprint

FORM = "helhed-log-head/1"
NOTHING_BEFORE = sha256(b"").digest()


@dataclass(frozen=True)
class SignedHead:
    """The tree of the first `size` lines, as `key` signed it at a time, after the head whose hash is `previous`."""

    size: int
    root: bytes
    at: datetime
    previous: bytes
    key: str
    signature: bytes = b""

    def body(self) -> bytes:
        """The bytes that are signed: JSON with sorted names and no spaces."""
        return json.dumps(self._words(), sort_keys=True, separators=(",", ":")).encode()

    def hash(self) -> bytes:
        """What the next head names this one by."""
        return sha256(self.body()).digest()

    def signed(self, key: Ed25519PrivateKey) -> "SignedHead":
        """The same head with its signature."""
        return SignedHead(self.size, self.root, self.at, self.previous, self.key, key.sign(self.body()))

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether this key signed these very words."""
        if thumbprint(key) != self.key:
            return False
        try:
            key.verify(self.signature, self.body())
        except InvalidSignature:
            return False
        return True

    def to_json(self) -> dict[str, str | int]:
        """The head with its signature, for files and for others."""
        return {**self._words(), "signature": base64url(self.signature)}

    def _words(self) -> dict[str, str | int]:
        return {
            "form": FORM,
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "previous": self.previous.hex(),
            "key": self.key,
        }


def read_head(words: object) -> SignedHead:
    """A head from JSON. ValueError in one sentence when it is none."""
    try:
        head = SignedHead(
            int(words["size"]),
            bytes.fromhex(words["root"]),
            datetime.strptime(words["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
            bytes.fromhex(words["previous"]),
            str(words["key"]),
            from_base64url(words["signature"]),
        )
        known = words["form"] == FORM
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError("this is no head of a log") from error
    if not known or head.size < 1 or len(head.root) != 32 or len(head.previous) != 32:
        raise ValueError("this is no head of a log in a form that is known")
    return head
