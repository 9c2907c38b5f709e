"""Messages as they lie before their reader, the newest first. What the program itself told a unit of many citizens on one day,
of one kind under one model, is one message: a model that begins would bury all the others under its proposals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from helhed.coordination.handover.chain.models import Message
from helhed.coordination.handover.work.reach import Reach
from helhed.coordination.handover.work.words import SYSTEM

MANY = 5
"""From so many on they are one message."""
LYING_ON = {"proposed": "proposals", "overdue": "overdue", "returning": "returns"}
"""The kinds that are gathered, and the shelf of the work list on which the citizens lie."""
GATHERED = f"""(m.what IN ({", ".join(f"'{what}'" for what in LYING_ON)})
    AND s.by = '{SYSTEM}' AND (m.what <> 'proposed' OR s.number = 1))"""
"""What the program told of its own accord. A proposal that came back from the receiver is no longer a new one."""
LOTS = f"""
    WITH told AS (
        SELECT m.id, m.at, m.unit, m.what, m.to_leader, c.model, {GATHERED} AS gathered,
            (m.at AT TIME ZONE %(zone)s)::date AS day, m.done_at IS NULL AND m.read_at IS NULL AS unread
        FROM handover_message m JOIN handover_chain c ON c.id = m.chain_id JOIN handover_step s ON s.id = m.step_id
        WHERE m.unit = ANY(%(line)s) AND (%(only)s::bigint[] IS NULL OR m.id = ANY(%(only)s::bigint[]))
        AND (NOT %(unread)s OR (m.to_leader = %(leads)s AND m.done_at IS NULL AND m.read_at IS NULL))
    ), counted AS (
        SELECT *, gathered AND {MANY} <= count(*)
            OVER (PARTITION BY gathered, unit, what, to_leader, model, day) AS many FROM told
    ), lot AS (
        SELECT CASE WHEN NOT many THEN id END AS message, max(at) AS at, max(id) AS newest, what, unit, to_leader,
            CASE WHEN many THEN model ELSE '' END AS model, CASE WHEN many THEN day END AS day,
            count(*) AS number, count(*) FILTER (WHERE unread) AS unread
        FROM counted GROUP BY 1, 4, 5, 6, 7, 8
    )
"""
PAGE = f"""{LOTS} SELECT message, at, what, unit, to_leader, model, day, number, unread FROM lot
    WHERE %(what)s = '' OR what = %(what)s ORDER BY at DESC, newest DESC LIMIT %(most)s"""
KINDS = f"{LOTS} SELECT what, count(*) FROM lot GROUP BY what"


@dataclass(frozen=True)
class Lot:
    """One `message`, or None and many as one: `number` of them, `unread` of those, told `unit` on `day` under `model` (None and
    empty of a single message). `at`: when the last of them came."""

    message: int | None
    at: datetime
    what: str
    unit: str
    to_leader: bool
    model: str
    day: date | None
    number: int
    unread: int

    @property
    def key(self) -> str:
        """The name of many in a form."""
        return f"{self.what}:{self.model}:{self.day}:{self.unit}"


def page(reach: Reach, *, unread: bool, what: str, most: int) -> list[Lot]:
    """The newest: those that wait for the viewer's role only, or all; of one kind of MESSAGES, or of any."""
    return [Lot(*row) for row in _rows(PAGE, reach, unread=unread, what=what, most=most)]


def kinds(reach: Reach, *, unread: bool, only: Iterable[int] | None = None) -> Mapping[str, int]:
    """How many there are of each kind, many as one; of some messages only, by their ids, if asked."""
    scope = None if only is None else list(only)
    return dict(_rows(KINDS, reach, unread=unread, only=scope))


def of_key(waiting: QuerySet[Message], key: str) -> QuerySet[Message] | None:
    """Those of some messages that lie as one under this key; None where it is no such key."""
    what, _colon, rest = key.partition(":")
    model, _colon, rest = rest.partition(":")
    day, _colon, unit = rest.partition(":")
    if what not in LYING_ON or not unit:
        return None
    try:
        start = date.fromisoformat(day)
    except ValueError:
        return None
    first = Q(step__number=1) if what == "proposed" else Q()
    return waiting.filter(first, at__date=start, what=what, unit=unit, chain__model=model, step__by=SYSTEM)


def _rows(query: str, reach: Reach, **asked: Any) -> list[tuple[Any, ...]]:
    told = {"zone": settings.TIME_ZONE, "line": list(reach.line), "leads": reach.leads, "only": None}
    with connection.cursor() as cursor:
        cursor.execute(query, told | asked)
        return cursor.fetchall()
