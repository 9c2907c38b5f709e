"""Receipts: the record of a consent after ISO/IEC TS 27560 as canonical JSON, and a signature that stands apart from it.

The fields carry the names of the Data Privacy Vocabulary (DPV, profile receipt-eu-gdpr). Canonical: UTF-8, keys sorted, no
space, no number but whole ones (a subset of RFC 8785). Signed with Ed25519 as detached JWS (RFC 7515 appendix F, RFC 8037).
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature

from helhed.audit.keys import base64url, from_base64url, public_key, signing_key, thumbprint
from helhed.sharing.clock import moment
from helhed.sharing.consent.models import Consent, Receipt, Record
from helhed.sharing.consent.wording import record_of

KEY = "receipts"
PROFILE = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
}


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


def issue(consent: Consent, event: str) -> Receipt:
    """Write and sign the receipt of an event: "given", "refused" or "withdrawn". In the event's own transaction."""
    at = moment()
    number = uuid.uuid4()
    record = Record.objects.filter(consent=consent).order_by("-version")[0]
    content = canonical(
        {
            "@context": CONTEXT,
            "@type": "dpv:ConsentReceipt",
            "dct:conformsTo": PROFILE,
            "dct:identifier": str(number),
            "dct:created": at.isoformat(),
            "helhed:event": event,
            "helhed:record_version": record.version,
            "helhed:record_hash": record.hash,
            "dpv:hasRecordOfActivity": record_of(consent),
        }
    )
    return Receipt.objects.create(
        pk=number, consent=consent, event=event, at=at, content=content, signature=sign(content)
    )


def as_file(receipt: Receipt) -> bytes:
    """The file a citizen saves: content and signature, canonical too, so that not one byte can be changed."""
    return canonical({"receipt": json.loads(receipt.content), "signature": receipt.signature}).encode()


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


def sign(content: str) -> str:
    """A detached JWS over a text: header, nothing, signature."""
    key = signing_key(KEY)
    header = base64url(canonical({"alg": "EdDSA", "kid": thumbprint(key.public_key())}).encode())
    return f"{header}..{base64url(key.sign(f'{header}.{base64url(content.encode())}'.encode()))}"


def canonical(value: Any) -> str:
    """One text for one value: keys sorted, no space, letters as themselves."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
