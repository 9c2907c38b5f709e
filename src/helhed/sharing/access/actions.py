"""Verbs of access: derive cases again after a delivery, and shield a citizen."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.sharing.access.models import Shield
from helhed.sharing.ledger.units import replaced
from helhed.sharing.policy import OVERSIGHT
from helhed.sharing.refusal import Refused

SHORTEST_REASON, LONGEST_REASON = 10, 400


@transaction.atomic
def refresh(*, by: Actor, people: Iterable[int] | None = None) -> int:
    """Derive the cases of these persons (ids of the register), and of those they belong to, anew; everyone's without any.
    Answers how many were written."""
    units, holders = replaced()
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
    """From now on only those with the right to it meet this citizen. Refused without a reason, or where one stands."""
    words = _reason(reason)
    try:
        with transaction.atomic():
            Shield.objects.create(person_key=person, reason=words, set_by=by.username)
    except IntegrityError:
        raise Refused(_("Borgeren er allerede under særlig beskyttelse.")) from None
    note(by=by, action="shield", person_key=person, purpose=OVERSIGHT)


@transaction.atomic
def unshield(*, by: Actor, person: UUID, reason: str) -> None:
    """The citizen is met like any other again. Refused without a reason; Shield.DoesNotExist where there is no shield."""
    words = _reason(reason)
    row = Shield.objects.select_for_update().get(person_key=person, ended_at__isnull=True)
    row.ended_at, row.ended_by, row.end_reason = Now(), by.username, words
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    note(by=by, action="unshield", person_key=person, purpose=OVERSIGHT)


def _reason(said: str) -> str:
    words = " ".join(said.split())
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        limits = {"n": SHORTEST_REASON, "most": LONGEST_REASON}
        raise Refused(_("Skriv hvorfor, med mindst %(n)d og højst %(most)d tegn.") % limits)
    return words
