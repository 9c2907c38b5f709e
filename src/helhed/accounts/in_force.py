"""The appointment in force: a user's own columns say what it says, and follow it when another one begins."""

from datetime import date
from typing import Protocol

from django.utils import timezone

from helhed.accounts.models import User
from helhed.accounts.roles import STAFF_ROLES

LIMITS = ("role", "administration", "unit", "clearance", "vip", "protected_address")
"""What an appointment says, and User repeats while it is in force."""


class Limited(Protocol):
    """Whatever has a role and its limits: a Login, an Appointment, Privileges."""

    role: str
    administration: str
    unit: str
    clearance: int
    vip: bool
    protected_address: bool


def bring_up_to_date(user: User) -> User:
    """Give a user the limits of today's appointment, when another one has begun than the user's columns show.

    Without an appointment today the columns stay, and `User.may` is False because their time is over.
    """
    if user.role in STAFF_ROLES and user.is_active and not user.appointed(timezone.localdate()):
        show(user)
    return user


def show(user: User) -> None:
    """Let the user's columns be those of the appointment in force; without one, of the next, or else the last."""
    today = timezone.localdate()
    rows = [row for row in user.appointments.all() if row.valid_to is None or row.valid_from < row.valid_to]
    open_yet = [row for row in rows if row.valid_to is None or today < row.valid_to]
    row = (open_yet[:1] or rows[-1:] or [None])[0]
    if row:
        take(user, row, row.valid_from, row.valid_to)
        user.save(update_fields=[*LIMITS, "appointed_from", "appointed_to"])


def take(user: User, limits: Limited, since: date, until: date | None) -> None:
    """Let the user's own columns say what the appointment says, without saving them."""
    for field in LIMITS:
        setattr(user, field, getattr(limits, field))
    user.appointed_from, user.appointed_to = since, until
