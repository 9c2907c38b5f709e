"""The tree as the store keeps it: leaves, every subtree of 256, and the heads."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from helhed.audit.heads import SignedHead
from helhed.audit.models import Head
from helhed.audit.trees import node_hash

TILE_BITS = 8


def nodes(cursor: CursorWrapper) -> Callable[[int, int], bytes]:
    """Answers the hash of a whole subtree of 2**level leaves: read, or folded from at most 128 that were."""

    def node(level: int, index: int) -> bytes:
        kept = level - level % TILE_BITS
        width = 1 << level - kept
        hashes = _read(cursor, kept, index * width, width)
        while len(hashes) > 1:
            hashes = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    return node


def _read(cursor: CursorWrapper, level: int, first: int, count: int) -> list[bytes]:
    if level == 0:
        table, place, narrowed = "audit_leaf", "position", ""
    else:
        table, place, narrowed = "audit_tile", "index", f" AND level = {level:d}"
    cursor.execute(
        f"SELECT hash FROM {table} WHERE {place} >= %s AND {place} < %s{narrowed} ORDER BY {place}",
        [first, first + count],
    )
    hashes = [bytes(row[0]) for row in cursor]
    if len(hashes) != count:
        raise LookupError(f"the tree has {len(hashes)} of {count} hashes at level {level} from {first} on")
    return hashes


def signed(head: Head) -> SignedHead:
    """A stored head as the words that were signed."""
    return SignedHead(
        head.size, bytes(head.root), head.at, bytes(head.previous), head.key, bytes(head.signature)
    )


UNSEALED = """
FROM audit_event WHERE xid >= %s::xid8 AND NOT EXISTS (SELECT FROM audit_leaf WHERE event = audit_event.id)"""


def unsealed() -> int:
    """How many lines have no leaf yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {UNSEALED}", [_sealed_below()])
        return cursor.fetchone()[0]


def oldest_unsealed() -> datetime | None:
    """When the oldest line without a leaf was written."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(at) {UNSEALED}", [_sealed_below()])
        return cursor.fetchone()[0]


def _sealed_below() -> str:
    newest = Head.objects.order_by("-size").values_list("below", flat=True).first()
    return str(newest or 0)
