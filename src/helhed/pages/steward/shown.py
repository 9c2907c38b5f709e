"""A delivery as a page shows it: its sums over files, its state in words, how far it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.register.models import Delivery, DeliveryFile

STATES: dict[str, tuple[Promise, str, str]] = {
    "waiting": (_("Venter på tur"), "hourglass", "quiet"),
    "running": (_("Læses ind"), "sync", "quiet"),
    "received": (_("Modtaget"), "check", "good"),
    "held": (_("Holdt tilbage – venter på svar"), "warning", "warn"),
    "refused": (_("Afvist"), "close", "bad"),
    "failed": (_("Mislykket"), "error", "bad"),
}
COUNTED = ("read", "new", "changed", "unchanged", "deleted", "closed", "rejected")
MODES: dict[str, Promise] = {"full": _("fuld"), "delta": _("ændringer"), "correction": _("rettelser")}


@dataclass(frozen=True)
class Shown:
    """One delivery in a list or on its page."""

    id: int
    source: str
    source_key: str
    status: str
    state: Promise
    icon: str
    tone: str
    at: datetime
    by: str
    message: str
    counts: dict[str, int]
    files: tuple[DeliveryFile, ...]
    under_way: bool
    step: str
    percent: int


def shown(delivery: Delivery, language: str) -> Shown:
    """A delivery with its files (prefetched) as a page shows it."""
    files = tuple(delivery.files.all())
    state, icon, tone = STATES[delivery.status]
    total = delivery.progress_total
    return Shown(
        id=delivery.pk,
        source=delivery.source.label_en if language == "en" else delivery.source.label_da,
        source_key=delivery.source.key,
        status=delivery.status,
        state=state,
        icon=icon,
        tone=tone,
        at=delivery.received_at or delivery.created,
        by=delivery.by,
        message=delivery.message(language),
        counts={name: sum(getattr(file, name) for file in files) for name in COUNTED},
        files=files,
        under_way=delivery.status in ("waiting", "running"),
        step=delivery.progress_step,
        percent=min(100, round(100 * delivery.progress_done / total)) if total else 0,
    )
