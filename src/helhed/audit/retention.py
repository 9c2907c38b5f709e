"""The end of retention: the personal values of old lines are erased, the tree stays provable.

What is left of a line is when, which kind of act, for which purpose, on which ground, which kinds of information, and
whether it was allowed – and one digest, with which those can still be held against the leaf.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.audit.lines import COLUMNS, Line
from helhed.audit.models import Event
from helhed.periods import Duration, date_of, day_of

ACTION = "retain"
SHORTEST = Duration.parse("P6M")
AT_ONCE = 20_000
OLD = """
FROM audit_event LEFT JOIN audit_leaf ON event = audit_event.id
WHERE remains IS NULL AND action <> %(own)s AND at < %(before)s AND {purpose}"""
ERASE = """
UPDATE audit_event SET actor = '', actor_unit = '', person_key = NULL, object = '', decision = NULL, mandate = NULL,
    request_id = '', salt = NULL, remains = left_over.digest
FROM unnest(%s::bigint[], %s::bytea[]) AS left_over (line, digest) WHERE id = left_over.line"""


class CannotErase(Exception):
    """Nothing was erased; the words say why."""


@dataclass(frozen=True)
class Keeping:
    """How long lines are kept: for every purpose, and longer or shorter for some."""

    usual: Duration
    by_purpose: dict[str, Duration]


def read_keeping(text: str) -> Keeping:
    """`P2Y` or `P2Y,tilsyn=P5Y`. ValueError in one sentence when it cannot be read or is under six months."""
    usual, by_purpose = None, {}
    for part in text.split(","):
        purpose, _, words = part.strip().rpartition("=")
        try:
            duration = Duration.parse(words)
        except ValueError:
            raise ValueError(f"'{part.strip()}' is no duration such as P2Y or tilsyn=P5Y") from None
        if duration.before(0) > SHORTEST.before(0):
            raise ValueError(f"'{part.strip()}' is shorter than the six months a line is kept at least")
        if purpose:
            by_purpose[purpose] = duration
        else:
            usual = duration
    if usual is None:
        raise ValueError("say how long lines are kept that have no time of their own, such as P2Y")
    return Keeping(usual, by_purpose)


def retain(*, by: Actor, today: date, keeping: Keeping, using: str = "owner") -> int:
    """Erase the personal values of every sealed line that has been kept long enough; answers how many.

    Lines about erasing are kept as they are. CannotErase when a line that is old enough is not sealed yet.
    The database lets only the owner do this, and refuses whatever is not sealed, too young, or more than erasing.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        done = 0
        for purpose, duration in [*keeping.by_purpose.items(), ("", keeping.usual)]:
            before = _start(date_of(duration.before(day_of(today))))
            done += _erase(cursor, before, purpose, list(keeping.by_purpose))
        if done:
            Event.objects.using(using).create(
                actor=by.username,
                actor_role=by.role,
                actor_unit=by.unit,
                action=ACTION,
                object=f"{done} lines of before {today.isoformat()}",
                purpose="drift",
                outcome="allowed",
            )
    return done


def _erase(cursor: CursorWrapper, before: datetime, purpose: str, others: list[str]) -> int:
    old = OLD.format(purpose="purpose = %(purpose)s" if purpose else "purpose <> ALL(%(others)s)")
    values = {"own": ACTION, "before": before, "purpose": purpose, "others": others}
    cursor.execute(f"SELECT count(*) {old} AND position IS NULL", values)
    if waiting := cursor.fetchone()[0]:
        raise CannotErase(f"{waiting} lines that are old enough are not sealed yet; nothing was erased.")
    done = 0
    while True:
        cursor.execute(f"SELECT {COLUMNS}, audit_event.id {old} LIMIT {AT_ONCE}", values)
        rows = cursor.fetchall()
        if not rows:
            return done
        digests = [Line.of(row).digest() for row in rows]
        cursor.execute(ERASE, [[row[-1] for row in rows], digests])
        done += len(rows)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
