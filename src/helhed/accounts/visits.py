"""Visits: each log-in of somebody as long as it lasts. One row beside the session, so that its owner finds it."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from helhed.accounts.browsers import browser_and_system
from helhed.accounts.models import User, Visit


def begun(user: User, session: str, way: str, described: str, ends: datetime) -> None:
    """A log-in has begun: its row, and away with the rows of those that ran out.

    `session` is the session's key, `way` the way in, `described` what the browser says of itself.
    """
    Visit.objects.filter(ends_at__lte=timezone.now()).delete()
    browser, system = browser_and_system(described)
    said = {"user": user, "way": way, "browser": browser, "system": system, "ends_at": ends}
    Visit.objects.update_or_create(session_key=session, defaults=said)


def seen(session: str, ends: datetime) -> None:
    """A sign of life: the log-in now lasts until `ends`."""
    Visit.objects.filter(session_key=session).update(seen_at=timezone.now(), ends_at=ends)


def over(session: str) -> None:
    """A log-in has ended by itself or by its owner."""
    Visit.objects.filter(session_key=session).delete()


def moved(before: str, session: str) -> None:
    """The session got another key."""
    Visit.objects.filter(session_key=before).update(session_key=session)


def of(user: User) -> QuerySet[Visit]:
    """A user's log-ins that still last, the latest used first."""
    there = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return user.visits.filter(ends_at__gt=timezone.now(), session_key__in=there).order_by("-seen_at", "id")


def close(visits: QuerySet[Visit]) -> int:
    """End log-ins: their sessions are gone at once. Answers how many."""
    keys = list(visits.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    Visit.objects.filter(session_key__in=keys).delete()
    return len(keys)
