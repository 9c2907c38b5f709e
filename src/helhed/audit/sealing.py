"""Sealing: what has been committed goes into the tree, and a signed head says so.

Ids and times do not come in the order in which transactions end, so `id > the last` would leave lines out for ever.
What holds is the snapshot: every transaction below its xmin has ended, and nothing below it can appear any more. A
head notes that number. The next sealing looks at the lines from there on and skips those that already have a leaf –
so a line that could be seen early is sealed early, one that appears late is found, and none is sealed twice.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from helhed.audit.heads import NOTHING_BEFORE, SignedHead
from helhed.audit.keys import signing_key, thumbprint
from helhed.audit.lines import COLUMNS, Line
from helhed.audit.models import Head
from helhed.audit.stored import TILE_BITS, nodes, signed
from helhed.audit.trees import Frontier, frontier

AT_ONCE = 10_000
"""How many lines are in memory at a time."""
LOCK = 0x68656C68_6C6F67
SNAPSHOT = """
SELECT pg_snapshot_xmin(now)::text, pg_snapshot_xmax(now)::text, clock_timestamp()
FROM pg_current_snapshot() AS now"""
WAITING = f"""
SELECT {COLUMNS}, audit_event.id
FROM audit_event
WHERE xid >= %s::xid8 AND NOT EXISTS (SELECT FROM audit_leaf WHERE event = audit_event.id)
ORDER BY audit_event.xid, audit_event.id"""


def seal() -> SignedHead | None:
    """Seal every line that is committed now, under one head. Answers it; None when nothing is new or another is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        last = Head.objects.order_by("-size").first()
        cursor.execute(SNAPSHOT)
        xmin, xmax, at = cursor.fetchone()
        edge = frontier(last.size if last else 0, nodes(cursor))
        # A log that was brought to another server meets smaller numbers: then every line is looked at once.
        below = last.below if last and last.below <= int(xmax) else 0
        for rows in _waiting(below):
            _append(cursor, edge, rows)
        if edge.size == (last.size if last else 0):
            return None
        return _sign(edge, at.astimezone(UTC), last, int(xmin))


def _waiting(below: int) -> Iterator[list[tuple]]:
    """The committed lines without a leaf, in the order (transaction, id), some thousands at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(WAITING, [str(below)])
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def _append(cursor: CursorWrapper, edge: Frontier, rows: list[tuple]) -> None:
    """Append the lines' leaves, and the subtrees of 256 they complete."""
    leaves, tiles = [], []
    for row in rows:
        leaf = Line.of(row).hash()
        leaves.append((edge.size, row[-1], leaf))
        tiles += [done for done in edge.push(leaf) if done[0] % TILE_BITS == 0]
    _copy(cursor, "audit_leaf (position, event, hash)", leaves)
    _copy(cursor, "audit_tile (level, index, hash)", tiles)


def _copy(cursor: CursorWrapper, table: str, rows: list[tuple]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _sign(edge: Frontier, at: datetime, last: Head | None, below: int) -> SignedHead:
    key, previous = signing_key("log"), NOTHING_BEFORE
    if last is not None:
        previous = signed(last).hash()
        # A clock that was set back does not turn the order of the heads.
        at = max(at, last.at + timedelta(microseconds=1))
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
