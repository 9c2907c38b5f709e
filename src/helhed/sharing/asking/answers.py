"""What the doors of consent and mandates answer: frozen values, already decided and logged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from helhed.sharing.consent.notices import NoticeText
from helhed.sharing.refusal import Refused

__all__ = [
    "Choice",
    "ConsentView",
    "MandateView",
    "NoticeText",
    "ReceiptRef",
    "Refused",
    "Scan",
    "SharedRow",
    "Sharing",
    "Template",
]


@dataclass(frozen=True)
class Choice:
    """A key and its name in the reader's language."""

    key: str
    label: str


@dataclass(frozen=True)
class ReceiptRef:
    """A receipt one can fetch: for which event ("given", "refused", "withdrawn"), and when."""

    id: UUID
    event: str
    event_label: str
    at: datetime


@dataclass(frozen=True)
class ConsentView:
    """One question and its answer. Moments are half-open [valid_from, valid_to); empty until it is given.

    `may`: what this viewer can do with it now, of give, refuse, withdraw, renew, record, confirm.
    `recorded_words` is what a colleague wrote down that the citizen said, while it waits for the second person;
    `recorded_answer` is "given" or "refused" then. `not_confirmed` is why the second person would not.
    """

    id: UUID
    person_key: UUID
    person_name: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    purpose_label: str
    categories: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    case_ref: str
    days: int | None
    valid_from: datetime | None
    valid_to: datetime | None
    expires_soon: bool
    asked_at: datetime
    asked_by_unit: str
    decided_at: datetime | None
    ended_at: datetime | None
    expressed_by: str
    representative_name: str
    method_label: str
    awaits_confirmation: bool
    recorded_by_name: str
    recorded_answer: str
    recorded_words: str
    not_confirmed: str
    notice: NoticeText
    may: frozenset[str]
    receipts: tuple[ReceiptRef, ...]


@dataclass(frozen=True)
class Expiring:
    """A page of the consents that end soon, and how many there are on all pages together."""

    rows: tuple[ConsentView, ...]
    total: int


@dataclass(frozen=True)
class MandateView:
    """A mandate as the citizen, the representative or a caseworker sees it. `may`: of revoke, confirm."""

    id: UUID
    person_key: UUID
    person_name: str
    holder_name: str
    kind: str
    kind_label: str
    scope: tuple[Choice, ...]
    valid_from: datetime
    valid_to: datetime
    state: str
    state_label: str
    method_label: str
    awaits_confirmation: bool
    recorded_by_name: str
    may: frozenset[str]


@dataclass(frozen=True)
class SharedRow:
    """One category of information about the citizen, whose it is, and who sees it beside that side itself.

    `consent` is the consent it rests on, None where the ground is statute.
    """

    category: Choice
    side: str
    seen_by: tuple[Choice, ...]
    ground_label: str
    until: datetime | None
    consent: UUID | None


@dataclass(frozen=True)
class Sharing:
    """What is shared about a citizen now."""

    rows: tuple[SharedRow, ...]


@dataclass(frozen=True)
class Scan:
    """A paper that was scanned: its bytes, media type, and a name to save it under. Never shown within a page."""

    data: bytes
    media_type: str
    name: str


@dataclass(frozen=True)
class Template:
    """What a caseworker can ask for: words, and the choices that fill them."""

    key: str
    kind: str
    label: str
    purpose_label: str
    categories: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    days: tuple[int, ...]
