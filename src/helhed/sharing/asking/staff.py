"""The doors of consent and mandates for staff. Each call decides and writes its line in the log."""

from datetime import date
from uuid import UUID

from helhed.accounts.models import User
from helhed.sharing.answers import LogLine
from helhed.sharing.asking.answers import ConsentView, MandateView, ReceiptRef, Scan, Template


def templates(*, by: User, language: str) -> tuple[Template, ...]:
    """What this caseworker can ask for, with the choices of the form."""
    raise NotImplementedError


def consents(*, by: User, person: UUID, purpose: str, language: str) -> tuple[ConsentView, ...]:
    raise NotImplementedError


def consent(*, by: User, consent: UUID, purpose: str, language: str) -> ConsentView:
    raise NotImplementedError


def ask(  # noqa: PLR0913
    *,
    by: User,
    person: UUID,
    purpose: str,
    kind: str,
    template: str,
    categories: tuple[str, ...],
    sources: tuple[str, ...],
    recipients: tuple[str, ...],
    case_ref: str,
    days: int,
    language: str,
) -> UUID:
    raise NotImplementedError


def record_in_person(*, by: User, consent: UUID, answer: str, language: str, words: str) -> None:
    """Write down an answer ("given" or "refused"); it takes effect when another person confirms."""
    raise NotImplementedError


def record_paper(
    *, by: User, consent: UUID, answer: str, signed_on: date, file: bytes, name: str, language: str
) -> ReceiptRef:
    raise NotImplementedError


def withdraw(*, by: User, consent: UUID, heard: str, language: str) -> ReceiptRef:
    """A withdrawal heard ("oral") or received ("paper"): effective at once."""
    raise NotImplementedError


def waiting(*, by: User, language: str) -> tuple[ConsentView | MandateView, ...]:
    raise NotImplementedError


def confirm(*, by: User, item: UUID, agrees: bool, language: str) -> None:
    """`item`: the id of a consent or a mandate that waiting() answered."""
    raise NotImplementedError


def expiring(*, by: User, language: str) -> tuple[ConsentView, ...]:
    raise NotImplementedError


def mandates(*, by: User, person: UUID, purpose: str, language: str) -> tuple[MandateView, ...]:
    raise NotImplementedError


def record_mandate(  # noqa: PLR0913
    *,
    by: User,
    person: UUID,
    purpose: str,
    holder_name: str,
    kind: str,
    scope: tuple[str, ...],
    days: int,
    file: bytes,
    name: str,
    language: str,
) -> tuple[UUID, str]:
    """Answers the mandate and its code, shown once; it waits for a second person."""
    raise NotImplementedError


def revoke_mandate(*, by: User, mandate: UUID, language: str) -> None:
    raise NotImplementedError


def receipt_pdf(*, by: User, receipt: UUID, purpose: str) -> bytes:
    raise NotImplementedError


def notice_pdf(*, by: User, consent: UUID, language: str) -> bytes:
    """The paper form to sign: the words shown, yes and no to tick, a place for day and name."""
    raise NotImplementedError


def scan(*, by: User, item: UUID, language: str) -> Scan:
    """The scanned paper of a consent or mandate; to be saved, never shown within a page."""
    raise NotImplementedError


def who_looked(*, by: User, person: UUID, purpose: str, language: str) -> list[LogLine]:
    """The citizen's own log, for a caseworker who prints it for a citizen without MitID; logged itself."""
    raise NotImplementedError
