"""The citizen's doors, and those of whoever acts for the citizen under a mandate. Each call writes its line in the log."""

from uuid import UUID

from helhed.accounts.models import User
from helhed.sharing.asking.answers import ConsentView, MandateView, ReceiptRef, Sharing


def consents(*, by: User, language: str, mandate: UUID | None = None) -> tuple[ConsentView, ...]:
    raise NotImplementedError


def consent(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ConsentView:
    raise NotImplementedError


def volunteer(*, by: User, kind: str, language: str, mandate: UUID | None = None) -> UUID:
    raise NotImplementedError


def give(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    raise NotImplementedError


def refuse(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    raise NotImplementedError


def withdraw(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    raise NotImplementedError


def renew(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    raise NotImplementedError


def shared(*, by: User, language: str, mandate: UUID | None = None) -> Sharing:
    raise NotImplementedError


def receipt_json(*, by: User, receipt: UUID, mandate: UUID | None = None) -> bytes:
    raise NotImplementedError


def receipt_pdf(*, by: User, receipt: UUID, mandate: UUID | None = None) -> bytes:
    raise NotImplementedError


def mandates(*, by: User, language: str) -> tuple[MandateView, ...]:
    raise NotImplementedError


def give_mandate(
    *, by: User, holder_name: str, kind: str, scope: tuple[str, ...], days: int, language: str
) -> tuple[UUID, str]:
    raise NotImplementedError


def revoke_mandate(*, by: User, mandate: UUID, language: str) -> None:
    raise NotImplementedError


def represented(*, by: User, language: str) -> tuple[MandateView, ...]:
    raise NotImplementedError


def accept_mandate(*, by: User, code: str, language: str) -> UUID:
    raise NotImplementedError
