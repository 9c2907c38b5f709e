"""Receipts: the record of a consent after ISO/IEC TS 27560 as canonical JSON, and a signature that stands apart from it.

The fields carry the names of the Data Privacy Vocabulary (DPV, profile receipt-eu-gdpr). Canonical: UTF-8, keys sorted, no
space, no number but whole ones (a subset of RFC 8785). Signed with Ed25519 as detached JWS (RFC 7515 appendix F, RFC 8037).
"""

import json
import uuid

from helhed.audit.canonical import canonical
from helhed.audit.keys import base64url, signing_key, thumbprint
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


def sign(content: str) -> str:
    """A detached JWS over a text: header, nothing, signature."""
    key = signing_key(KEY)
    header = base64url(canonical({"alg": "EdDSA", "kid": thumbprint(key.public_key())}).encode())
    return f"{header}..{base64url(key.sign(f'{header}.{base64url(content.encode())}'.encode()))}"
