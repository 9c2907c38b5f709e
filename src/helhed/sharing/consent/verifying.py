"""Whether a saved receipt is genuine: with the published keys alone, no store, no server."""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature

from helhed.audit.canonical import canonical
from helhed.audit.keys import base64url, from_base64url, public_key


class NotGenuine(ValueError):
    """A receipt that does not hold; the text says in one sentence what is wrong."""


@dataclass(frozen=True)
class Verified:
    """What a genuine receipt says of itself."""

    receipt: str
    consent: str
    event: str
    at: str
    key: str


def verify(data: bytes, keys: dict[str, Any]) -> Verified:
    """Whether a saved receipt is genuine, with a set of public keys (RFC 7517) alone. NotGenuine says why not."""
    whole = _read(data)
    content, signature = canonical(whole["receipt"]), whole["signature"]
    header, _, mark = signature.partition("..")
    try:
        words = json.loads(from_base64url(header))
        kid = words["kid"] if words == {"alg": "EdDSA", "kid": words["kid"]} else None
        proof = from_base64url(mark)
    except (ValueError, TypeError, KeyError):
        raise NotGenuine("The receipt has been changed: its signature cannot be read.") from None
    key = next((k for k in keys["keys"] if k.get("kid") == kid), None)
    if kid is None or key is None:
        raise NotGenuine("The receipt is signed with a key that is not among the keys given.")
    try:
        public_key(key).verify(proof, f"{header}.{base64url(content.encode())}".encode())
    except InvalidSignature:
        raise NotGenuine("The receipt has been changed: the signature does not fit what it says.") from None
    said = whole["receipt"]
    consent = said["dpv:hasRecordOfActivity"]["dct:identifier"]
    return Verified(said["dct:identifier"], consent, said["helhed:event"], said["dct:created"], kid)


def _read(data: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(data.decode("utf-8"))
        fits = set(whole) == {"receipt", "signature"} and isinstance(whole["signature"], str)
        same = fits and canonical(whole).encode() == data
    except (ValueError, TypeError):
        raise NotGenuine("This is no receipt of helhed: it cannot be read as JSON.") from None
    if not fits:
        raise NotGenuine("This is no receipt of helhed: it lacks its content or its signature.")
    if not same:
        raise NotGenuine("The receipt has been changed: it is not written the way it was made.")
    return whole
