"""Answers of accounts: who is appointed to what, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from helhed.accounts.models import Appointment, User
from helhed.accounts.roles import STAFF_ROLES


@dataclass(frozen=True)
class Employed:
    """One of the staff with every appointment, newest first, and how it stands on the day: now, later or over."""

    user: User
    state: str
    rows: tuple[Appointment, ...]


def staff(on: date | None = None) -> tuple[Employed, ...]:
    """Everyone who was ever appointed, those in force first, each group by name; `on` is a day, or today."""
    on = on or timezone.localdate()
    rows = Prefetch("appointments", Appointment.objects.order_by("-valid_from", "-id"))
    users = User.objects.filter(role__in=STAFF_ROLES).order_by("name", "username").prefetch_related(rows)
    found = [Employed(user, _state(user, on), tuple(user.appointments.all())) for user in users]
    return tuple(sorted(found, key=lambda each: ("now", "later", "over").index(each.state)))


def persons_behind(usernames: Iterable[str]) -> dict[str, UUID]:
    """Who some log-ins are in the register: citizens, and those representatives whom it knows."""
    rows = User.objects.filter(username__in=set(usernames))
    found = rows.values_list("username", "person_key", "own_person")
    return {name: key or own for name, key, own in found if key or own}


def _state(user: User, on: date) -> str:
    """From the rows, not from the user's columns: they are brought up to date only when somebody logs in."""
    real = [row for row in user.appointments.all() if row.valid_to is None or row.valid_from < row.valid_to]
    open_yet = [row for row in real if row.valid_to is None or on < row.valid_to] if user.is_active else []
    if any(row.valid_from <= on for row in open_yet):
        return "now"
    return "later" if open_yet else "over"
