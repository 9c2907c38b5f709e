"""Whether the log is sealed and anchored."""

from dataclasses import dataclass
from datetime import datetime

from helhed.audit.models import Anchor, Head


@dataclass(frozen=True)
class Anchored:
    """When lines were last sealed, when a head was last left outside, and whether sharing rests meanwhile."""

    last_sealed_at: datetime | None
    last_anchored_at: datetime | None
    sharing_paused: bool


def state() -> Anchored:
    """The log as it stands."""
    head = Head.objects.order_by("-size").first()
    anchor = Anchor.objects.filter(held=True).order_by("-id").first()
    return Anchored(head.at if head else None, anchor.at if anchor else None, False)
