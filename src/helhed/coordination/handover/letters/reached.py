"""When a letter counts as having reached the citizen: on the own page when it is there to be opened, on paper some working days
after it was sent. post.yaml says how many, and where that is from."""

from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.utils import timezone

from helhed.coordination.handover.letters.models import PORTAL, PRINT, Letter
from helhed.sharing.safeguards.workdays import after

POST = Path(__file__).parent / "post.yaml"


@cache
def working_days(channel: str) -> int:
    """So many working days a letter takes by a channel."""
    return int(yaml.safe_load(POST.read_text(encoding="utf-8"))[channel]["working_days"])


def reached_on(letter: UUID) -> date | None:
    """The day a letter counts as having come; None while it waits to be sent. What lay unread on the own page and was then sent
    on paper came with the paper, or when it was opened if that was before. LookupError where there is no such letter."""
    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        raise LookupError(letter)
    if row.printed_at is not None:
        by_post = after(timezone.localdate(row.printed_at), working_days(PRINT))
        return min(by_post, timezone.localdate(row.read_at)) if row.read_at else by_post
    if row.read_at is not None and row.channel != PORTAL:
        return timezone.localdate(row.read_at)
    return after(timezone.localdate(row.written_at), working_days(PORTAL)) if row.channel == PORTAL else None
