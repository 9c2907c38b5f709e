"""Verbs of access: derive cases again after a delivery, and shield a citizen."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from helhed.audit.actions import Actor, note
from helhed.law import catalogue
from helhed.sharing.access.models import Shield
from helhed.sharing.policy.gathering import ends


@transaction.atomic
def refresh(*, by: Actor, people: Iterable[int] | None = None) -> int:
    """Derive the cases of these persons (ids of the register), and of those they belong to, anew; everyone's without any.
    Answers how many were written."""
    pairs = [(unit, end) for unit in catalogue().units for end in ends(unit) if end != unit]
    units, holders = [unit for unit, _ in pairs], [holder for _, holder in pairs]
    with connection.cursor() as cursor:
        asked = None if people is None else list(people)
        cursor.execute("SELECT access_refresh(%s::bigint[], %s::text[], %s::text[])", [asked, units, holders])
        written = cursor.fetchone()[0]
    note(
        by=by,
        action="cases-derived",
        object=f"{written} cases of {'everyone' if asked is None else len(asked)}",
    )
    return written


@transaction.atomic
def shield(*, by: Actor, person: UUID, reason: str) -> None:
    """From now on only those with the right to it meet this citizen."""
    Shield.objects.create(person_key=person, reason=reason, set_by=by.username)
    note(by=by, action="shield", person_key=person)


@transaction.atomic
def unshield(*, by: Actor, person: UUID) -> None:
    """The citizen is met like any other again. Shield.DoesNotExist where there is no shield."""
    row = Shield.objects.select_for_update().get(person_key=person, ended_at__isnull=True)
    row.ended_at, row.ended_by = Now(), by.username
    row.save(update_fields=["ended_at", "ended_by"])
    note(by=by, action="unshield", person_key=person)
