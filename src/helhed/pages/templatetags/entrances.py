"""How a time of day looks on the pages of joint entrances."""

from datetime import datetime, time

from django import template
from django.utils import timezone

from helhed.coordination.handover.entrances import opening

register = template.Library()


@register.filter
def clock(at: datetime | time | None) -> str:
    """A time of day, or that of a moment here: 9.00 in Danish, 9:00 in English; "" for none."""
    return opening.clock(timezone.localtime(at).time() if isinstance(at, datetime) else at)
