"""Which consents are in force. What rests on one keeps its row until the effect is done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from helhed.sharing.clock import moment
from helhed.sharing.consent.models import Consent

SHARING, PLAN = "deling", "helhedsorienteret-plan"
GIVEN = """
    SELECT id, person_key, kind, purpose, categories, sources, recipients, valid_from, valid_to FROM consent_consent
    WHERE person_key = ANY(%s::uuid[]) AND kind = %s AND state = 'given' ORDER BY valid_from, id
"""
HELD = f"{GIVEN} FOR SHARE"


@dataclass(frozen=True)
class Standing:
    """A consent in force: which information, from whom, to whom (unit keys), on [valid_from, valid_to)."""

    id: UUID
    kind: str
    purpose: str
    categories: frozenset[str]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime | None

    def opens_to(self, unit: str) -> bool:
        """Whether a unit is among the recipients, itself or by one it lies below."""
        return any(covers(recipient, unit) for recipient in self.recipients)


def holding(person_key: UUID, *, kind: str = SHARING, lock: bool) -> list[Standing]:
    """The consents of one kind that are given and in force at this instant, oldest first.

    `lock` keeps each row FOR SHARE in the caller's transaction: a withdrawal then waits until the effect is done, and
    one that came first leaves nothing to hold. The time is read after the lock. Whatever rests on a consent asks so.
    """
    return _in_force(Consent.objects.raw(HELD if lock else GIVEN, [[person_key], kind])).get(person_key, [])


def holding_for_handover(person_key: UUID, recipient_unit: str) -> list[Standing]:
    """The consents to the joint plan that let this unit take the case over, each row kept FOR SHARE."""
    held = holding(person_key, kind=PLAN, lock=True)
    return [one for one in held if one.opens_to(recipient_unit)]


def holding_of_each(people: Collection[UUID], *, kind: str = PLAN) -> dict[UUID, list[Standing]]:
    """The same of several persons, each row kept FOR SHARE: by person, oldest first; who has none is left out."""
    return _in_force(Consent.objects.raw(HELD, [list(people), kind]))


def covers(unit: str, other: str) -> bool:
    """Whether `other` is the unit itself or lies below it."""
    return other == unit or other.startswith(f"{unit}/")


def standing(row: Consent) -> Standing:
    """A given consent as a value."""
    return Standing(
        row.pk,
        row.kind,
        row.purpose,
        frozenset(row.categories),
        tuple(row.sources),
        tuple(row.recipients),
        row.valid_from,
        row.valid_to,
    )


def _in_force(rows: Iterable[Consent]) -> dict[UUID, list[Standing]]:
    """Those in force now, by person; the time is read here, after the rows."""
    held = list(rows)
    if not held:
        return {}
    now = moment()
    found: dict[UUID, list[Standing]] = {}
    for row in held:
        if row.valid_from <= now and (row.valid_to is None or row.valid_to > now):
            found.setdefault(row.person_key, []).append(standing(row))
    return found
