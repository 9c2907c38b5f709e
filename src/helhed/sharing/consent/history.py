"""What a consent was at an earlier moment, by its record, and whether record and receipt are as they were written."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from helhed.audit.keys import public_keys
from helhed.sharing.consent.models import Receipt, Record
from helhed.sharing.consent.receipts import as_file
from helhed.sharing.consent.verifying import NotGenuine, verify


@dataclass(frozen=True)
class Stood:
    """A consent as it stood at a moment. `whole`: every version of its record fits the one before. `receipt`: the citizen's,
    and whether it is `genuine`; None and False where none was given."""

    consent: UUID
    person_key: UUID
    kind: str
    in_force: bool
    recipients: tuple[str, ...]
    given_at: datetime | None
    valid_to: datetime | None
    method: str
    notice: str
    whole: bool
    receipt: UUID | None
    genuine: bool


def stood(consent: UUID, at: datetime) -> Stood | None:
    """The consent at a moment; None where nothing was written of it by then."""
    records = list(Record.objects.filter(consent=consent).order_by("version"))
    until = [record for record in records if record.at <= at]
    if not until:
        return None
    said = json.loads(until[-1].content)
    given_at, valid_to = _moment(said["valid_from"]), _moment(said["valid_to"])
    begun = given_at is not None and given_at <= at
    receipt = Receipt.objects.filter(consent=consent, event="given").first()
    return Stood(
        consent=consent,
        person_key=UUID(said["person_key"]),
        kind=said["kind"],
        in_force=said["state"] == "given" and begun and (valid_to is None or at < valid_to),
        recipients=tuple(said["recipients"]),
        given_at=given_at,
        valid_to=valid_to,
        method=said["method"],
        notice=f"{said['notice_key']} v{said['notice_version']}",
        whole=_whole(records),
        receipt=receipt.pk if receipt else None,
        genuine=receipt is not None and _genuine(receipt, records),
    )


def _whole(records: list[Record]) -> bool:
    """Whether each version is numbered, and sealed with the one before."""
    before = ""
    for number, record in enumerate(records, 1):
        sealed = sha256((before + record.content).encode()).hexdigest()
        if (record.version, record.previous, record.hash) != (number, before, sealed):
            return False
        before = record.hash
    return True


def _genuine(receipt: Receipt, records: list[Record]) -> bool:
    """Whether the receipt is signed by this house, and is of a version the record has."""
    try:
        verified = verify(as_file(receipt), public_keys())
    except (NotGenuine, ValueError):
        return False
    said: dict[str, Any] = json.loads(receipt.content)
    versions = {record.version: record.hash for record in records}
    of_this = verified.receipt == str(receipt.pk) and str(receipt.consent_id) in verified.consent
    return of_this and versions.get(said["helhed:record_version"]) == said["helhed:record_hash"]


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
