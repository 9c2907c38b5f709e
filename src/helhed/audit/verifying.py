"""Holding the log against its tree, the tree against its heads, and the heads against what is held outside.

A log is verified in portions, so that a long one can be followed; nothing is kept between them but the place.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from helhed.audit.anchors import timestamps
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import NOTHING_BEFORE, SignedHead
from helhed.audit.lines import COLUMNS, Line
from helhed.audit.models import Anchor, Event, Head, Leaf, Tile
from helhed.audit.retention import ACTION as RETAIN
from helhed.audit.stored import TILE_BITS, nodes, signed
from helhed.audit.trees import Frontier, frontier
from helhed.audit.witness import read_statement

PORTION = 50_000
TOLD = 20
"""How many findings of one kind are told one by one."""
RECEIPTS = 200
"""How many receipts of the store are held against their heads."""
LATE = timedelta(days=1)
"""A line is sealed with the next head; one that claims to be older than the head before by more than this was put in."""
LEAVES = f"""
SELECT {COLUMNS}, leaf.hash, leaf.event, leaf.position, audit_event.id IS NULL
FROM audit_leaf AS leaf LEFT JOIN audit_event ON audit_event.id = leaf.event
WHERE leaf.position >= %s ORDER BY leaf.position LIMIT %s"""


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: its kind, and the numbers and names of the sentence about it."""

    kind: str
    values: dict[str, str | int]


@dataclass(frozen=True)
class Held:
    """A head that somebody outside holds."""

    who: str
    head: SignedHead


@dataclass
class Portion:
    """What one portion came to: leaves [start, end) of `size`, and what was found."""

    start: int
    size: int
    end: int = 0
    findings: list[Finding] = field(default_factory=list)

    def find(self, kind: str, **values: str | int) -> None:
        """Note a finding; of one kind only so many."""
        if sum(found.kind == kind for found in self.findings) < TOLD:
            self.findings.append(Finding(kind, values))

    @property
    def is_last(self) -> bool:
        return self.end >= self.size


def verify(held: Iterable[Held], key: Ed25519PublicKey, *, portion: int = PORTION) -> Iterator[Portion]:
    """Verify the whole log, portion by portion; `held` are the heads that others hold, `key` the log's public key."""
    outside, start = list(held), 0
    while True:
        done = verify_portion(start, outside, key, most=portion)
        yield done
        if done.is_last:
            return
        start = done.end


def verify_portion(start: int, held: list[Held], key: Ed25519PublicKey, *, most: int = PORTION) -> Portion:
    """Verify `most` leaves from `start` on, taking the tree before them as verified; the last portion also looks at what
    only the whole log shows: its tail, lines outside the tree, erased lines."""
    portion = Portion(start, Leaf.objects.count())
    with connection.cursor() as cursor:
        try:
            edge = frontier(start, nodes(cursor))
        except LookupError:
            portion.find("hole", position=start)
            portion.end = portion.size
            return portion
        _Walk(portion, held, key, edge).over(cursor, most)
        if portion.is_last:
            _look_at_the_end(cursor, portion, held)
    return portion


class _Walk:
    """One pass over leaves, with the heads that fall in between."""

    def __init__(self, portion: Portion, held: list[Held], key: Ed25519PublicKey, edge: Frontier) -> None:
        self.portion, self.key, self.edge = portion, key, edge
        self.before = Head.objects.filter(size__lte=portion.start).order_by("-size").first()
        self.last = signed(self.before) if self.before else None
        self.heads = Head.objects.filter(size__gt=portion.start).order_by("size").iterator(2_000)
        self.next = next(self.heads, None)
        self.held: dict[int, list[Held]] = {}
        for each in held:
            self.held.setdefault(each.head.size, []).append(each)
        self.tiles: dict[tuple[int, int], bytes] = {}

    def over(self, cursor: CursorWrapper, most: int) -> None:
        """Walk over so many leaves."""
        cursor.execute(LEAVES, [self.portion.start, most])
        earliest = self._earliest()
        for row in cursor.fetchall():
            *line, leaf, event, position, is_gone = row
            if position != self.edge.size:
                self.portion.find("hole", position=self.edge.size)
                self.portion.end = self.portion.size
                return
            self._look_at(line, bytes(leaf), event, is_gone, earliest)
            for level, index, found in self.edge.push(bytes(leaf)):
                if level % TILE_BITS == 0:
                    self.tiles[level, index] = found
            if self._meets_head():
                earliest = self._earliest()
        self.portion.end = self.edge.size
        self._look_at_tiles()

    def _look_at(self, row: list, leaf: bytes, event: int, is_gone: bool, earliest: str) -> None:
        if is_gone:
            self.portion.find("gone", line=event)
            return
        line = Line.of(row)
        if line.hash() != leaf:
            self.portion.find("changed", line=event)
        elif line.open[2] < earliest:
            self.portion.find("late", line=event, at=line.open[2])

    def _earliest(self) -> str:
        """The earliest time a line sealed with the next head may claim."""
        return (self.last.at - LATE).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if self.last else ""

    def _meets_head(self) -> bool:
        """Hold the tree so far against the heads of this size, ours and others'."""
        size, root = self.edge.size, None
        for each in self.held.get(size, ()):
            root = root or self.edge.root()
            if each.head.root != root:
                self.portion.find("anchor-other", who=each.who, size=size)
        if self.next is None or self.next.size != size:
            return False
        head = signed(self.next)
        if head.root != (root or self.edge.root()):
            self.portion.find("root", size=size)
        if not head.is_signed_by(self.key):
            self.portion.find("signature", size=size)
        if head.previous != (self.last.hash() if self.last else NOTHING_BEFORE):
            self.portion.find("chain", size=size)
        self.last, self.next = head, next(self.heads, None)
        return True

    def _look_at_tiles(self) -> None:
        """The stored subtrees, from which proofs are made, are those of the leaves."""
        stored = {
            (tile.level, tile.index): bytes(tile.hash)
            for level in {level for level, _ in self.tiles}
            for tile in Tile.objects.filter(
                level=level,
                index__gte=min(index for at, index in self.tiles if at == level),
                index__lte=max(index for at, index in self.tiles if at == level),
            )
        }
        if stored != self.tiles:
            self.portion.find("tile", start=self.portion.start, end=self.portion.end)


def _look_at_the_end(cursor: CursorWrapper, portion: Portion, held: list[Held]) -> None:
    newest = Head.objects.order_by("-size").first()
    size = newest.size if newest else 0
    if size != portion.size:
        portion.find("tail", size=size, leaves=portion.size)
    for each in held:
        if each.head.size > portion.size:
            portion.find("anchor-ahead", who=each.who, size=each.head.size, leaves=portion.size)
    _look_at_receipts(portion)
    if newest is not None:
        _look_outside(cursor, portion, newest)
    words = Event.objects.filter(action=RETAIN).values_list("object", flat=True)
    said = sum(int(number) for number in (each.split(" ")[0] for each in words) if number.isdigit())
    erased = Event.objects.filter(remains__isnull=False).count()
    if erased != said:
        portion.find("erased", count=erased, said=said)


def _look_outside(cursor: CursorWrapper, portion: Portion, newest: Head) -> None:
    """Lines that ought to have been sealed with the newest head, and are not in the tree."""
    cursor.execute(
        "SELECT count(*), min(id) FROM audit_event WHERE xid < %s::xid8"
        " AND NOT EXISTS (SELECT FROM audit_leaf WHERE event = audit_event.id)",
        [str(newest.below)],
    )
    count, first = cursor.fetchone()
    if count:
        portion.find("outside", count=count, line=first)


def _look_at_receipts(portion: Portion) -> None:
    """The newest receipts in the store are for heads that are still there, and hold."""
    for row in Anchor.objects.filter(held=True).order_by("-id")[:RECEIPTS]:
        head = Head.objects.filter(size=row.size).first()
        if head is None:
            portion.find("anchor-lost", who=row.place, size=row.size)
            continue
        try:
            if bytes(row.head) != signed(head).hash():
                portion.find("anchor-bad", who=row.place, size=row.size)
            elif row.kind == "witness":
                read_statement(json.loads(bytes(row.answer)), signed(head))
            elif row.kind == "timestamp" and settings.TSA_ROOT:
                timestamps.hold(bytes(row.answer), signed(head).body(), Path(settings.TSA_ROOT))
        except (ValueError, NotTaken):
            portion.find("anchor-bad", who=row.place, size=row.size)
