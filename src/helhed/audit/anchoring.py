"""Leaving the heads outside the database, and what it means when that has not been possible for a while.

A place is behind from the oldest line on that no head there covers. After an hour that is an alarm; when every place
has been behind for four hours, sharing across the administrations rests until one has a head again.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from helhed.audit import trees
from helhed.audit.anchors import files, timestamps, witnesses
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import SignedHead
from helhed.audit.keys import jwk, signing_key
from helhed.audit.models import Anchor, Head
from helhed.audit.stored import nodes, oldest_unsealed, signed

ALARM = timedelta(hours=1)
REST = timedelta(hours=4)
REMEMBERED = 5.0
"""Seconds a state is good for: it is asked for with every decision."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A place where heads are to be left: its kind and its address."""

    kind: str
    address: str


@dataclass(frozen=True)
class PlaceState:
    """How it stands with a place: the last head it holds, since when it is behind, and what it said last."""

    place: Place
    size: int
    at: datetime | None
    behind_since: datetime | None
    words: str
    refused: bool

    def is_behind(self, now: datetime, by: timedelta) -> bool:
        """Whether a line has waited longer than this for a head here."""
        return self.behind_since is not None and now - self.behind_since > by


@dataclass(frozen=True)
class Anchored:
    """When lines were last sealed, when a head was last left outside, and whether sharing rests meanwhile."""

    last_sealed_at: datetime | None
    last_anchored_at: datetime | None
    sharing_paused: bool


def places() -> list[Place]:
    """The places that are configured."""
    named = [
        ("file", settings.ANCHOR_FILE),
        ("witness", settings.WITNESS_URL),
        ("timestamp", settings.TSA_URL),
    ]
    return [Place(kind, address) for kind, address in named if address]


# ---- leaving


def anchor() -> list[Anchor]:
    """Leave the newest head wherever it is not yet. What a place would not take is remembered and tried again next time."""
    newest = Head.objects.order_by("-size").first()
    if newest is None:
        return []
    head = signed(newest)
    return [row for place in places() if (row := _leave_at(place, head)) is not None]


def _leave_at(place: Place, head: SignedHead) -> Anchor | None:
    last = Anchor.objects.filter(kind=place.kind, place=place.address).order_by("-id").first()
    if last is not None and last.held and bytes(last.head) == head.hash():
        return None
    row = Anchor(kind=place.kind, place=place.address, size=head.size, head=head.hash(), held=True)
    try:
        row.answer = _ask(place, head)
    except NotTaken as no:
        row.held, row.refused, row.words = False, no.refused, str(no)[:300]
        log.warning("the log's head of %d lines is not left at %s: %s", head.size, place.address, no)
        if last is not None and (last.held, last.words) == (False, row.words):
            return None
    row.save()
    return row


def _ask(place: Place, head: SignedHead) -> bytes:
    try:
        return LEAVE[place.kind](place.address, head)
    except LookupError as error:
        # The proof cannot be made from what is stored: leaves or subtrees are gone.
        raise NotTaken(f"No proof can be made: {error}.", refused=True) from None


def _at_file(address: str, head: SignedHead) -> bytes:
    with connection.cursor() as cursor:
        known = nodes(cursor)
        return files.leave(Path(address), head, lambda size: trees.tree_hash(0, size, known))


def _at_witness(address: str, head: SignedHead) -> bytes:
    before = Anchor.objects.filter(kind="witness", place=address, held=True).order_by("-id").first()
    known = _witness_of(before) if before else ""
    with connection.cursor() as cursor:
        ours = nodes(cursor)
        return witnesses.leave(
            address,
            head,
            jwk(signing_key("log").public_key()),
            lambda size: trees.consistency(size, head.size, ours),
            known,
        )


def _witness_of(row: Anchor) -> str:
    """The name of the key a stored countersignature was made with."""
    try:
        return str(json.loads(bytes(row.answer))["witness"]["kid"])
    except (ValueError, KeyError, TypeError):
        raise NotTaken("The last countersignature in the store cannot be read.", refused=True) from None


def _at_timestamp(address: str, head: SignedHead) -> bytes:
    return timestamps.leave(address, head, Path(settings.TSA_ROOT))


LEAVE: dict[str, Callable[[str, SignedHead], bytes]] = {
    "file": _at_file,
    "witness": _at_witness,
    "timestamp": _at_timestamp,
}


# ---- how it stands


def place_states() -> list[PlaceState]:
    """How it stands with each place that is configured."""
    configured = places()
    waiting = oldest_unsealed() if configured else None
    return [_state_of(place, waiting) for place in configured]


def _state_of(place: Place, unsealed: datetime | None) -> PlaceState:
    rows = Anchor.objects.filter(kind=place.kind, place=place.address).order_by("-id")
    held, last = rows.filter(held=True).first(), rows.first()
    size = held.size if held else 0
    first = Head.objects.filter(size__gt=size).order_by("size").values_list("at", flat=True).first()
    since = min((at for at in (first, unsealed) if at is not None), default=None)
    failed = last is not None and not last.held
    return PlaceState(
        place,
        size,
        held.at if held else None,
        since,
        last.words if failed else "",
        failed and last.refused,
    )


_remembered: dict[tuple[Place, ...], tuple[float, Anchored]] = {}


def state() -> Anchored:
    """The log as it stands, at most five seconds ago."""
    configured = tuple(places())
    then, found = _remembered.get(configured, (0.0, None))
    if found is None or time.monotonic() - then > REMEMBERED:
        found = _state()
        _remembered[configured] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Let the next `state` be asked anew."""
    _remembered.clear()


def _state() -> Anchored:
    states = place_states()
    head = Head.objects.order_by("-size").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
    return Anchored(
        head.at if head else None,
        max((each.at for each in states if each.at is not None), default=None),
        bool(states) and all(each.is_behind(now, REST) for each in states),
    )
