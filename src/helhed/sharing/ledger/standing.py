"""Who holds what of a citizen, now and earlier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from helhed.sharing.ledger.models import PARTS, Holding, Offer, Worker
from helhed.sharing.ledger.units import in_line

OPEN = """
    SELECT person_key, id, part, unit, since, ground, ref, beside FROM ledger_holding
    WHERE person_key = ANY(%s::uuid[]) AND until IS NULL ORDER BY person_key, part
"""
LOCKED = f"{OPEN} FOR UPDATE"
KEPT = f"{OPEN} FOR SHARE"
EVER = "SELECT count(DISTINCT (person_key, part)) FROM ledger_holding WHERE person_key = ANY(%s::uuid[])"


@dataclass(frozen=True)
class Held:
    """A part as it is held now: by which unit, since when, on what ground. `beside`: the administration that has it too."""

    id: UUID
    part: str
    unit: str
    since: datetime
    ground: str
    ref: UUID | None
    beside: str


@dataclass(frozen=True)
class Move:
    """Parts that moved together: when, which, from and to which unit (that of the first of them), why, by whom."""

    at: datetime
    parts: tuple[str, ...]
    from_unit: str
    to_unit: str
    ground: str
    ref: UUID | None
    by: str


def holders(person_key: UUID, *, lock: bool = False) -> dict[str, Held]:
    """What is held of a citizen now, by part; empty where the ledger is not opened. `lock`: nobody moves any of it until
    the caller's transaction ends."""
    return holders_of([person_key], lock=lock).get(person_key, {})


def holders_of(people: Iterable[UUID], *, lock: bool = False) -> dict[UUID, dict[str, Held]]:
    """The same for several citizens at once; who has none is left out."""
    return _whole(LOCKED, list(people)) if lock else _read(OPEN, list(people))


def kept(people: Iterable[UUID]) -> dict[UUID, dict[str, Held]]:
    """The same, each row kept as it is until the caller's transaction ends: whatever rests on a holding asks so. A move waits
    until then, and one that came first is what is answered."""
    return _whole(KEPT, list(people))


def offered_to(people: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The units each of some citizens is offered to now."""
    rows = Offer.objects.filter(person_key__in=list(people), closed_at__isnull=True)
    found: dict[UUID, tuple[str, ...]] = {}
    for person, unit in rows.order_by("unit").values_list("person_key", "unit"):
        found[person] = (*found.get(person, ()), unit)
    return found


def held_by(unit: str, *, part: str = "") -> QuerySet[Holding]:
    """What exactly this unit holds now, of one part or of all."""
    rows = Holding.objects.filter(unit=unit, until__isnull=True)
    return rows.filter(part=part) if part else rows


def history(person_key: UUID) -> list[Holding]:
    """All that was ever held of a citizen, part by part, the oldest first."""
    rows = Holding.objects.filter(person_key=person_key)
    return sorted(rows, key=lambda row: (PARTS.index(row.part), row.since))


def holds(unit: str, person_key: UUID, part: str) -> bool:
    """Whether a part lies with this unit now, with one above it or one below it."""
    held = Holding.objects.filter(person_key=person_key, part=part, until__isnull=True).values_list(
        "unit", flat=True
    )
    return any(in_line(each, unit) for each in held)


def worker_of(person_key: UUID, part: str) -> str:
    """The employee the holding unit has put on a part, by username; "" where nobody is named."""
    row = Worker.objects.filter(person_key=person_key, part=part, until__isnull=True).first()
    return row.username if row else ""


def workers_of(people: Iterable[UUID], part: str) -> dict[UUID, str]:
    """The same for several citizens at once; who has nobody named is left out."""
    rows = Worker.objects.filter(person_key__in=list(people), part=part, until__isnull=True)
    return dict(rows.values_list("person_key", "username"))


def moves(person_key: UUID) -> list[Move]:
    """Each time something of a citizen moved, the oldest first."""
    rows = history(person_key)
    before = {(row.part, row.until): row.unit for row in rows if row.until}
    together: Mapping[datetime, list[Holding]] = defaultdict(list)
    for row in rows:
        if row.previous_until:
            together[row.since].append(row)
    return [
        Move(
            at,
            tuple(row.part for row in each),
            before[each[0].part, at],
            each[0].unit,
            each[0].ground,
            each[0].ref,
            each[0].recorded_by,
        )
        for at, each in sorted(together.items())
    ]


def _whole(query: str, people: list[UUID]) -> dict[UUID, dict[str, Held]]:
    """All that is held, each row locked. A row that moved while we waited is gone from what was read: then every lock is let
    go and all is read again, so that nobody waits for a new row while holding an old one."""
    while True:
        with transaction.atomic():
            found = _read(query, people)
            short = [person for person in people if len(found.get(person, ())) < len(PARTS)]
            if not short or sum(len(found.get(person, ())) for person in short) == _opened(short):
                return found
            transaction.set_rollback(True)


def _read(query: str, people: list[UUID]) -> dict[UUID, dict[str, Held]]:
    found: dict[UUID, dict[str, Held]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, [people])
        for person, *row in cursor.fetchall():
            held = Held(*row)
            found.setdefault(person, {})[held.part] = held
    return found


def _opened(people: list[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(EVER, [people])
        return cursor.fetchone()[0]
