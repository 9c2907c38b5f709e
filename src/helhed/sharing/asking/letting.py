"""Who is let in to a citizen's consents and mandates: the one place of these doors that asks for a decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.register import questions as register
from helhed.register.questions import PersonRow
from helhed.sharing import policy
from helhed.sharing.access import decisions
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.deciding import hold_all
from helhed.sharing.consent.models import Consent
from helhed.sharing.hatch import known_person, of_the_case, refused
from helhed.sharing.mandates import standing as mandates

OWN, ACTING = "egen-indsigt", "repraesentation"
MANDATE = "fuldmagt"


@dataclass(frozen=True)
class Let:
    """Someone let in to one citizen: for which purpose, by which decision and ground, under which mandate."""

    by: User
    person: PersonRow
    purpose: str
    decision: UUID
    ground: str
    mandate: UUID | None = None

    def line(self, action: str, object: str = "", fields: tuple[str, ...] = ("consent",)) -> None:
        """Write what was done in the log."""
        note(
            by=self.by,
            action=action,
            person_key=self.person.key,
            object=object,
            purpose=self.purpose,
            ground=self.ground,
            fields=fields,
            decision=self.decision,
            mandate=self.mandate,
        )


class _Denied(Exception):
    """Somebody is not let in: what the log says of it, and what the reader is told."""

    def __init__(self, person: UUID | None, purpose: str, why: str, told: NoAccess) -> None:
        super().__init__(why)
        self.person, self.purpose, self.why, self.told = person, purpose, why, told


@contextmanager
def own_matter(by: User, mandate: UUID | None, scope: str, *, consent: UUID | None = None) -> Iterator[Let]:
    """The citizen, or who acts under a mandate that covers the scope, in one transaction; NoAccess for others.

    With `consent` its row is taken FOR UPDATE before anything is decided; LookupError where it is not the citizen's.
    The mandate stays locked until the transaction ends.
    """
    with _told(by), transaction.atomic():
        purpose = OWN if mandate is None else ACTING
        key = _whose(by, mandate, scope)
        if consent is not None:
            _take(consent, key)
        yield _decided(by, key, purpose, mandate)


@contextmanager
def case_work(
    by: User, person: UUID, purpose: str, *, consent: UUID | None = None, needs: str = ""
) -> Iterator[Let]:
    """A caseworker with a case of the citizen's, in one transaction; NoAccess with the reason and the way for others.

    With `consent` its row is taken FOR UPDATE before anything is decided. With `needs` that information, common to both
    administrations, must be open too.
    """
    with _told(by), transaction.atomic():
        if not by.may("consent.record"):
            told = NoAccess(_("Din rolle giver ikke adgang til borgeres samtykker."))
            raise _Denied(person, purpose, "role", told)
        if consent is not None:
            _take(consent, person)
        yield _decided(by, person, purpose, None, needs)


@contextmanager
def _told(by: User) -> Iterator[None]:
    """Write a refusal in the log after the transaction it ended."""
    try:
        yield
    except _Denied as denied:
        note(
            by=by,
            action="refused",
            person_key=denied.person,
            purpose=denied.purpose,
            ground=denied.why,
            outcome="denied",
        )
        raise denied.told from None


def _whose(by: User, mandate: UUID | None, scope: str) -> UUID:
    if mandate is None:
        if not by.may("citizen.own") or by.person_key is None:
            told = NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
            raise _Denied(None, OWN, "role", told)
        return by.person_key
    held = mandates.active(mandate, by.username, scope) if by.may("citizen.represent") else None
    if held is None:
        told = NoAccess(_("Fuldmagten giver ikke adgang til det her, eller den gælder ikke længere."))
        raise _Denied(None, ACTING, "no-mandate", told)
    return held.person_key


def _decided(by: User, key: UUID, purpose: str, mandate: UUID | None, needs: str = "") -> Let:
    person = known_person(key)
    decision = decisions.decide(person, by=by, purpose=purpose, mandate=mandate)
    if mandate is not None:  # what it reaches to was read, and its row is held
        return Let(by, person, purpose, decision.id, MANDATE, mandate)
    if not decision.allowed:
        known = bool(register.facts_of(person.id))
        raise _Denied(key, purpose, decision.why, refused(decision.why, any_case=known))
    if needs and not _opens(needs, person, by, purpose):
        raise _Denied(key, purpose, "other-unit", of_the_case())
    return Let(by, person, purpose, decision.id, decision.ground_line)


def _opens(needs: str, person: PersonRow, by: User, purpose: str) -> bool:
    """Whether information common to both administrations is open to somebody let in to a citizen."""
    pairs = [(needs, policy.BOTH)]
    return decisions.decide_each([person], by=by, purpose=purpose, pairs=pairs)[person.key].full(needs)


def _take(consent: UUID, person: UUID) -> None:
    """Hold what may change before anything is decided; LookupError where the consent is not the citizen's."""
    held = hold_all(person)
    if consent not in held and not Consent.objects.filter(pk=consent, person_key=person).exists():
        raise LookupError(consent)
