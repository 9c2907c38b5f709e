"""Sealing: what has been committed goes into the tree, and a signed head says so.

Ids and times do not come in the order in which transactions end, so `id > the last` would leave lines out for ever.
What holds is the snapshot: every transaction below its xmin has ended, and nothing below it can appear any more. A
head notes that number. The next sealing looks at the lines from there on and skips those that already have a leaf –
so a line that could be seen early is sealed early, one that appears late is found, and none is sealed twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from helhed.audit.heads import NOTHING_BEFORE, SignedHead
from helhed.audit.keys import signing_key, thumbprint
from helhed.audit.lines import COLUMNS, Line
from helhed.audit.models import Head
from helhed.audit.stored import nodes, signed
from helhed.audit.trees import Frontier, frontier

AT_ONCE = 50_000
"""How many lines one head takes in at most, so that memory has a bound."""
LOCK = 0x68656C68_6C6F67
TILE_BITS = 8
# A log that was brought to another server meets smaller transaction numbers; then every line is looked at once.
SNAPSHOT = """
SELECT pg_snapshot_xmin(now)::text, pg_snapshot_xmax(now)::text, clock_timestamp()
FROM pg_current_snapshot() AS now"""
WAITING = f"""
SELECT {COLUMNS}, audit_event.id
FROM audit_event
WHERE xid >= %s::xid8 AND NOT EXISTS (SELECT FROM audit_leaf WHERE event = audit_event.id)
ORDER BY audit_event.xid, audit_event.id LIMIT %s"""


@dataclass(frozen=True)
class _Batch:
    """Lines that became leaves: their hashes with the events' ids, and up to which transaction all is sealed now."""

    leaves: list[tuple[int, bytes]]
    below: int


def seal() -> list[SignedHead]:
    """Seal every line that is committed now. Answers the new heads; none when nothing is new or another is at it."""
    heads = []
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return heads
            count, head = _seal_once(cursor)
        if head is not None:
            heads.append(head)
        if count < AT_ONCE:
            return heads


def _seal_once(cursor: CursorWrapper) -> tuple[int, SignedHead | None]:
    last = Head.objects.order_by("-size").first()
    batch, at = _waiting(cursor, last.below if last else 0)
    if not batch.leaves:
        return 0, None
    edge = frontier(last.size if last else 0, nodes(cursor))
    _write(cursor, edge, batch.leaves)
    if last is not None:
        # A clock that was set back does not turn the order of the heads.
        at = max(at, last.at + timedelta(microseconds=1))
    return len(batch.leaves), _sign(edge, at, last, batch.below)


def _waiting(cursor: CursorWrapper, below: int) -> tuple[_Batch, datetime]:
    """The committed lines without a leaf, in the order (transaction, id)."""
    cursor.execute(SNAPSHOT)
    xmin, xmax, at = cursor.fetchone()
    cursor.execute(WAITING, [str(below if below <= int(xmax) else 0), AT_ONCE])
    leaves, highest = [], 0
    for row in cursor:
        leaves.append((row[-1], Line.of(row).hash()))
        highest = int(row[1])
    whole = len(leaves) < AT_ONCE
    return _Batch(leaves, int(xmin) if whole else min(int(xmin), highest)), at.astimezone(UTC)


def _write(cursor: CursorWrapper, edge: Frontier, leaves: list[tuple[int, bytes]]) -> None:
    """Append the leaves, and the subtrees of 256 they complete."""
    first, tiles = edge.size, []
    for _, leaf in leaves:
        tiles += [done for done in edge.push(leaf) if done[0] % TILE_BITS == 0]
    rows = ((first + number, event, leaf) for number, (event, leaf) in enumerate(leaves))
    _copy(cursor, "audit_leaf (position, event, hash)", rows)
    _copy(cursor, "audit_tile (level, index, hash)", iter(tiles))


def _copy(cursor: CursorWrapper, table: str, rows: Iterator[tuple]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _sign(edge: Frontier, at: datetime, last: Head | None, below: int) -> SignedHead:
    key = signing_key("log")
    previous = signed(last).hash() if last else NOTHING_BEFORE
    head = SignedHead(edge.size, edge.root(), at, previous, thumbprint(key.public_key())).signed(key)
    Head.objects.create(
        size=head.size,
        root=head.root,
        at=head.at,
        previous=head.previous,
        key=head.key,
        signature=head.signature,
        below=below,
    )
    return head
