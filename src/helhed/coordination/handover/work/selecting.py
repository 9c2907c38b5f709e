"""Which chains lie on which shelf, as the database is asked for them: by the units of the viewer's line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from helhed.coordination.handover.work.reach import Place, Reach

FROM, TO = "c.from_unit = ANY(%(line)s)", "c.to_unit = ANY(%(line)s)"
OPEN = "c.ended_at IS NULL"
NOT_GOING_BACK = """NOT EXISTS (SELECT 1 FROM handover_chain r
    WHERE r.returns_id = c.id AND r.state NOT IN ('cancelled', 'lapsed'))"""
SHELVES = {
    "proposals": f"c.direction = 'over' AND c.state = 'proposed' AND ({FROM} OR {TO})",
    "consent": f"c.direction = 'over' AND c.state IN ('assessed', 'asked') AND ({FROM} OR {TO})",
    "decide": f"c.direction = 'over' AND c.state IN ('consented', 'decided', 'refused') AND ({FROM} OR {TO})",
    "accept": f"c.direction = 'over' AND c.state IN ('offered', 'accepted') AND ({FROM} OR {TO})",
    "running": f"c.direction = 'over' AND c.state = 'effective' AND {TO} AND {NOT_GOING_BACK}",
    "returns": f"c.direction = 'back' AND {OPEN} AND ({FROM} OR {TO})",
    "overdue": f"{OPEN} AND c.due_on < %(today)s AND ({FROM} OR {TO})",
}
WAITS = {
    "assess": "c.direction = 'over' AND c.state = 'proposed'",
    "ask": "c.direction = 'over' AND c.state = 'assessed'",
    "answer": "c.direction = 'over' AND c.state = 'asked'",
    "decide": "c.direction = 'over' AND c.state IN ('consented', 'decided')",
    "accept": "c.state = 'offered'",
    "refused": "c.direction = 'over' AND c.state = 'refused'",
    "note": "c.direction = 'back' AND c.state IN ('proposed', 'decided')",
    "day": "c.state = 'accepted'",
}
"""What an open chain waits for: the assessment, the question, the citizen's answer, the decision, acceptance, an answer to what was
sent back, the note of a return, or its day only."""
HALF_IN = """(c.steps > 1 AND (SELECT h.kind <> 'proposed' FROM handover_step h
    WHERE h.chain_id = c.id AND h.kind IN ('proposed', 'assessed-' || %(side)s) ORDER BY h.number DESC LIMIT 1))"""
REFUSAL = """(SELECT r.reason FROM handover_step r WHERE r.chain_id = c.id AND r.kind = 'refused'
    ORDER BY r.number DESC LIMIT 1)"""
OURS = f"""(CASE
    WHEN %(works)s AND c.direction = 'over' THEN CASE c.state
        WHEN 'proposed' THEN (CASE %(side)s WHEN 'bif' THEN {FROM} ELSE {TO} END) AND NOT {HALF_IN}
        WHEN 'assessed' THEN true
        WHEN 'consented' THEN {FROM}
        WHEN 'decided' THEN {FROM}
        WHEN 'offered' THEN {TO}
        WHEN 'refused' THEN {FROM} AND {REFUSAL} <> 'kapacitet'
        ELSE false END
    WHEN %(works)s THEN (c.state = 'proposed' AND {FROM}) OR (c.state = 'offered' AND {TO})
    WHEN %(leads)s THEN (c.state = 'offered' AND {TO} AND c.due_on < %(today)s)
        OR (c.state = 'offered' AND c.direction = 'back' AND c.due_on < %(today)s)
        OR (c.state = 'refused' AND {REFUSAL} = 'kapacitet')
    ELSE false END)"""
"""Whether the next step is the viewer's to take."""
COLUMNS = f"""c.id, c.person_key, c.model, c.direction, c.state, c.from_unit, c.to_unit, c.opened_at, c.due_on,
    c.escalated_at, c.effective_on, c.cause, c.family IS NOT NULL, {OURS} AS ours"""
CASES = " ".join(f"WHEN '{shelf}' THEN {where}" for shelf, where in SHELVES.items())
WAITING = " ".join(f"WHEN '{waits}' THEN {where}" for waits, where in WAITS.items())
MINE = f"({FROM} OR {TO})"
ONCE = """c.person_key <> ALL (ARRAY(SELECT g.key FROM register_merge m
    JOIN register_person g ON g.id = m.gone_id JOIN register_person k ON k.id = m.kept_id
    WHERE m.known_to IS NULL AND NOT EXISTS (SELECT 1 FROM handover_merged f WHERE f.merge = m.id)
    AND EXISTS (SELECT 1 FROM handover_chain o WHERE o.person_key = k.key AND (o.ended_at IS NULL OR o.state = 'effective')
        AND (o.from_unit = ANY(%(line)s) OR o.to_unit = ANY(%(line)s)))))"""
"""Not who is read as another, where that one is on the viewer's shelves too: until the worker has followed the merge the citizen
stands there once, under the key of who is left."""
ASKED = f"""{MINE} AND {ONCE} AND ({OPEN} OR c.state = 'effective') AND (CASE %(shelf)s {CASES} ELSE false END)
    AND (%(model)s = '' OR c.model = %(model)s) AND (NOT %(ours)s OR {OURS})
    AND (%(waits)s = '' OR (CASE %(waits)s {WAITING} ELSE false END))
    AND (%(people)s::uuid[] IS NULL OR c.person_key = ANY(%(people)s::uuid[]))"""
NUMBERS = ", ".join(f"count(*) FILTER (WHERE {where})" for where in SHELVES.values())
COUNTED = (
    f"SELECT {NUMBERS} FROM handover_chain c WHERE {MINE} AND {ONCE} AND ({OPEN} OR c.state = 'effective')"
)
OURS_NUMBERS = ", ".join(f"count(*) FILTER (WHERE {where} AND {OURS})" for where in SHELVES.values())
OURS_COUNTED = f"SELECT {OURS_NUMBERS} FROM handover_chain c WHERE {MINE} AND {ONCE} AND {OPEN}"
WAITING_NUMBERS = ", ".join(f"count(*) FILTER (WHERE {where})" for where in WAITS.values())
OF_EACH = f"SELECT {WAITING_NUMBERS} FROM handover_chain c WHERE {ASKED}"
NUMBER = f"SELECT count(*) FROM handover_chain c WHERE {ASKED}"
MODELS = f"SELECT DISTINCT c.model FROM handover_chain c WHERE {ASKED} ORDER BY 1"
EVERYBODY = f"SELECT c.id, c.person_key FROM handover_chain c WHERE {ASKED}"
THESE = f"SELECT {COLUMNS} FROM handover_chain c WHERE c.id = ANY(%(chains)s::uuid[]) AND {MINE}"
FOUND = f"SELECT {COLUMNS} FROM handover_chain c WHERE {ASKED} ORDER BY"
PART = "LIMIT %(most)s OFFSET %(before)s"
SINCE = "(SELECT n.at FROM handover_step n WHERE n.chain_id = c.id AND n.number = c.steps)"
ORDERS = {
    "": f"{FOUND} ours DESC, c.due_on NULLS LAST, c.opened_at, c.id {PART}",
    "due": f"{FOUND} c.due_on NULLS LAST, c.opened_at, c.id {PART}",
    "-due": f"{FOUND} c.due_on DESC NULLS LAST, c.opened_at, c.id {PART}",
    "since": f"{FOUND} {SINCE}, c.id {PART}",
    "-since": f"{FOUND} {SINCE} DESC, c.id {PART}",
    "model": f"{FOUND} c.model, c.due_on NULLS LAST, c.id {PART}",
    "-model": f"{FOUND} c.model DESC, c.due_on NULLS LAST, c.id {PART}",
}
"""A page of a shelf, by the order asked for; without one what waits for the viewer comes first."""


@dataclass(frozen=True)
class Wish:
    """What of a shelf is asked for: one model, what waits for the viewer only, what waits for one thing (of WAITS) only, these
    citizens only, in which order."""

    shelf: str
    model: str = ""
    ours: bool = False
    people: tuple[UUID, ...] | None = None
    sort: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Lying:
    """A chain on a shelf, with what of its steps is needed to say what can be done."""

    id: UUID
    person_key: UUID
    model: str
    place: Place
    opened_at: datetime
    since: datetime
    due_on: date | None
    escalated: bool
    effective_on: date | None
    ours: bool
    asked_how: str


def counted(reach: Reach, today: date) -> dict[str, int]:
    """How many chains lie on each shelf."""
    found = _rows(COUNTED, reach.told() | {"today": today})
    return dict(zip(SHELVES, found[0], strict=True))


def ours(reach: Reach, today: date) -> dict[str, int]:
    """On how many of each shelf the next step is the viewer's to take."""
    found = _rows(OURS_COUNTED, reach.told() | {"today": today})
    return dict(zip(SHELVES, found[0], strict=True))


def of_each(reach: Reach, today: date, wish: Wish) -> dict[str, int]:
    """How many of what is asked for wait for each thing, whichever of them was asked for."""
    found = _rows(OF_EACH, _told(reach, today, replace(wish, waits="")))
    return dict(zip(WAITS, found[0], strict=True))


def number(reach: Reach, today: date, wish: Wish) -> int:
    """How many there are of what is asked for."""
    return int(_rows(NUMBER, _told(reach, today, wish))[0][0])


def models(reach: Reach, today: date, shelf: str) -> tuple[str, ...]:
    """The models there are on a shelf."""
    return tuple(key for (key,) in _rows(MODELS, _told(reach, today, Wish(shelf))))


def everybody(reach: Reach, today: date, wish: Wish) -> list[tuple[UUID, UUID]]:
    """Every chain asked for, with its citizen's key, in no order."""
    return _rows(EVERYBODY, _told(reach, today, wish))


def page(reach: Reach, today: date, wish: Wish, *, most: int, before: int) -> list[Lying]:
    """A page of what is asked for, in the order asked for."""
    told = _told(reach, today, wish) | {"most": most, "before": before}
    return _lying(_rows(ORDERS.get(wish.sort, ORDERS[""]), told), today)


def these(reach: Reach, today: date, chains: list[UUID]) -> list[Lying]:
    """Some chains, those within the viewer's reach only, in the order given."""
    rows = _rows(THESE, reach.told() | {"today": today, "chains": chains})
    found = {lying.id: lying for lying in _lying(rows, today)}
    return [found[chain] for chain in dict.fromkeys(chains) if chain in found]


def _told(reach: Reach, today: date, wish: Wish) -> dict[str, Any]:
    """What a statement is given: who asks, and what of which shelf."""
    people = None if wish.people is None else list(wish.people)
    asked = {
        "shelf": wish.shelf,
        "model": wish.model,
        "ours": wish.ours,
        "people": people,
        "waits": wish.waits,
    }
    return reach.told() | {"today": today} | asked


STEPS = """
    SELECT s.chain_id, s.kind, s.reason, s.at, s.pinned ->> 'how'
    FROM handover_step s WHERE s.chain_id = ANY(%(chains)s::uuid[]) ORDER BY s.chain_id, s.number
"""
GOING_BACK = """
    SELECT returns_id FROM handover_chain
    WHERE returns_id = ANY(%(chains)s::uuid[]) AND state NOT IN ('cancelled', 'lapsed')
"""


def _lying(rows: list[tuple[Any, ...]], today: date) -> list[Lying]:
    chains = [row[0] for row in rows]
    steps: dict[UUID, list[tuple[Any, ...]]] = {chain: [] for chain in chains}
    for chain, *step in _rows(STEPS, {"chains": chains}) if chains else ():
        steps[chain].append(tuple(step))
    back = {chain for (chain,) in _rows(GOING_BACK, {"chains": chains})} if chains else set()
    return [_one(row, steps[row[0]], today, returning=row[0] in back) for row in rows]


def _one(row: tuple[Any, ...], steps: list[tuple[Any, ...]], today: date, *, returning: bool) -> Lying:
    chain, person, model, direction, state, start, end, opened, due, escalated, on, cause, family, ours = row
    halves: set[str] = set()
    refusal, how, since = "", "", opened
    for kind, reason, at, asked_how in steps:
        if kind == "proposed":
            halves = set()
        elif kind in ("assessed-bif", "assessed-sof"):
            halves.add(kind.removeprefix("assessed-"))
        elif kind == "refused":
            refusal = reason
        elif kind == "asked":
            how = asked_how or "portal"
        since = at if kind != "escalated" else since
    late = due is not None and due < today and state not in ("effective",)
    place = Place(direction, state, start, end, frozenset(halves), refusal, late, returning, cause, family)
    return Lying(chain, person, model, place, opened, since, due, escalated is not None, on, bool(ours), how)


def _rows(query: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        return cursor.fetchall()
