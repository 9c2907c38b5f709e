"""Parts go from one unit to another: what ends, and what begins at the same moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from helhed.audit.actions import Actor
from helhed.sharing.clock import moment
from helhed.sharing.ledger.models import Holding
from helhed.sharing.ledger.standing import Held

WRITTEN = """
    INSERT INTO ledger_holding (id, person_key, part, unit, since, previous_until, ground, ref, beside, recorded_by)
    SELECT n.id, n.person_key, n.part, n.unit, %(at)s, %(at)s, %(ground)s, %(ref)s, n.beside, %(by)s
    FROM unnest(%(ids)s::uuid[], %(people)s::uuid[], %(parts)s::text[], %(units)s::text[], %(besides)s::text[])
        AS n (id, person_key, part, unit, beside)
"""


@dataclass(frozen=True)
class Next:
    """What follows a holding: where its part goes."""

    before: Held
    person: UUID
    unit: str
    beside: str


def carry_out(due: Sequence[Next], by: Actor, ground: str, ref: UUID) -> datetime:
    """End these holdings, whose rows are locked, and begin what follows, at one moment."""
    at = moment()
    Holding.objects.filter(pk__in=[each.before.id for each in due]).update(until=at)
    told = {
        "at": at,
        "ground": ground,
        "ref": ref,
        "by": by.username,
        "ids": [uuid4() for _each in due],
        "people": [each.person for each in due],
        "parts": [each.before.part for each in due],
        "units": [each.unit for each in due],
        "besides": [each.beside for each in due],
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, told)
    return at
