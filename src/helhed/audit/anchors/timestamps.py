"""Heads with a time-stamping authority (RFC 3161): it says that these bytes were there at that time."""

from pathlib import Path

import httpx
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import SignedHead

WAIT = httpx.Timeout(10.0, connect=3.0)
QUERY = "application/timestamp-query"


def leave(url: str, head: SignedHead, roots: Path) -> bytes:
    """Have the head stamped; answers the authority's answer, held against the head and the trusted roots."""
    asked = TimestampRequestBuilder().data(head.body()).hash_algorithm(HashAlgorithm.SHA256).build()
    try:
        answer = httpx.post(url, content=asked.as_bytes(), headers={"content-type": QUERY}, timeout=WAIT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(f"The time-stamping authority does not answer ({type(error).__name__}).") from None
    if answer.status_code != 200:
        raise NotTaken(f"The time-stamping authority answers {answer.status_code}.")
    hold(answer.content, head.body(), roots, nonce=asked.nonce)
    return answer.content


def hold(stamp: bytes, body: bytes, roots: Path, *, nonce: int | None = None) -> None:
    """Hold a stamp against the bytes it is for. NotTaken when it is for others, or by one who is not trusted."""
    try:
        answer = decode_timestamp_response(stamp)
        trusted = x509.load_pem_x509_certificates(roots.read_bytes())
        builder = VerifierBuilder(roots=trusted, nonce=nonce)
        builder.build().verify_message(answer, body)
    except VerificationError as error:
        raise NotTaken(f"The time stamp does not hold: {error}.") from None
    except (ValueError, OSError) as error:
        raise NotTaken(f"The time stamp cannot be held good: {error}.") from None
