"""How many wrong passwords are too many: few for one name, more for one address, where a whole office may sit."""

from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, Sum
from django.http import HttpRequest
from django.utils import timezone


class Handler(AxesDatabaseHandler):
    """django-axes with two limits: `AXES_FAILURE_LIMIT` for a name, `ADDRESS_FAILURE_LIMIT` for an address."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """The failures counted against the limit for a name; an address counts in proportion to its own limit."""
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        name = (credentials or {}).get("username") or ""
        at_name = _failures(Q(username=name), since) if name else 0
        at_address = _failures(Q(ip_address=request.axes_ip_address), since)
        share = at_address * settings.AXES_FAILURE_LIMIT // settings.ADDRESS_FAILURE_LIMIT
        return max(at_name, share)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """A right password clears the name, never the address: whoever has one login cannot buy tries at others."""
        name = (credentials or {}).get("username") or ""
        return AccessAttempt.objects.filter(username=name).delete()[0] if name else 0


def _failures(which: Q, since: datetime) -> int:
    found = AccessAttempt.objects.filter(which, attempt_time__gte=since)
    return found.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def open_again(request: HttpRequest, username: str) -> datetime:
    """When the next try counts again for this name from this address."""
    which = Q(username=username) | Q(ip_address=request.axes_ip_address)
    last = AccessAttempt.objects.filter(which).aggregate(last=Max("attempt_time"))["last"]
    return (last or timezone.now()) + settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
