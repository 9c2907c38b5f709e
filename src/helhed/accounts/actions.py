"""Verbs of accounts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from helhed.accounts import visits
from helhed.accounts.in_force import LIMITS, show, take
from helhed.accounts.models import Appointment, User, Visit
from helhed.accounts.roles import STAFF_ROLES
from helhed.audit.actions import SYSTEM, Actor, note


@dataclass(frozen=True)
class Login:
    """What a login consists of besides its password.

    `since` and `until` are days, half-open: without `since` it holds from today, without `until` it has no end.
    `subject` is what an identity provider calls this user, with the door in front: `staff:…`. `own_person`: who a
    representative is in the register, where it knows them.
    """

    username: str
    name: str
    role: str
    administration: str = ""
    unit: str = ""
    person_key: UUID | None = None
    clearance: int = 1
    vip: bool = False
    protected_address: bool = False
    since: date | None = None
    until: date | None = None
    reason: str = ""
    subject: str | None = None
    own_person: UUID | None = None


ACCESS_MANAGEMENT = "adgangsstyring"
"""How the municipality's access management stands in the log and in the appointments it makes."""
NOT_NAMES = frozenset({ACCESS_MANAGEMENT, SYSTEM.username})
"""Names in the log that are nobody's login."""


class AppointmentError(ValueError):
    """An appointment that cannot be made; `args[0]` is one sentence."""


@transaction.atomic
def appoint(*, by: Actor, login: Login, password: str | None) -> User:
    """Make the login, or appoint an existing one of that username anew. Answers the user as it stands today.

    A new appointment takes the place of whatever was arranged from its first day on. Without a password a known
    login keeps the one it has, and a new one has none: the identity provider is then its only way in.
    Raises AppointmentError.
    """
    user = User.objects.select_for_update().filter(username=login.username).first()
    user = user or User(username=login.username)
    since = login.since or timezone.localdate()
    _check(user, login, since)
    user.name, user.person_key, user.is_active = login.name, login.person_key, True
    user.own_person = login.own_person
    user.subject = login.subject or user.subject
    if password is not None or user.pk is None:
        user.set_password(password)
    if user.pk is None or login.role not in STAFF_ROLES:
        take(user, login, since, login.until)
    user.save()
    if login.role in STAFF_ROLES:
        _make_room(by, user, since, login.reason)
        _append(by, user, login, since)
        show(user)
    note(by=by, action="appoint", object=f"user {login.username} as {login.role}"[:200])
    return user


@transaction.atomic
def end(*, by: Actor, username: str, on: date | None = None, reason: str = "") -> User:
    """End a login from a day on (today when none is given: it stops at once); the log keeps its name.

    Raises User.DoesNotExist for an unknown username, AppointmentError for a day that is past.
    """
    today = timezone.localdate()
    on = on or today
    user = User.objects.select_for_update().get(username=username)
    if on < today:
        raise AppointmentError(f"An appointment cannot be ended on a day that is past: {on}.")
    _make_room(by, user, on, reason)
    user.appointed_to = max(user.appointed_from, min(user.appointed_to or on, on))
    user.is_active = user.is_active and on > today
    user.save(update_fields=["is_active", "appointed_to"])
    note(by=by, action="end", object=f"user {username}")
    return user


@transaction.atomic
def change_password(*, by: User, password: str, kept: str) -> None:
    """Give oneself a new password, and end every own log-in but the one with the session key `kept`."""
    by.set_password(password)
    by.save(update_fields=["password"])
    ended = visits.close(by.visits.exclude(session_key=kept))
    note(by=by, action="password-changed", object=f"{ended} other log-ins ended")


@transaction.atomic
def end_visit(*, by: User, visit: UUID, kept: str) -> int:
    """End one of one's own log-ins, another than that of the session key `kept`. Answers 1.

    Raises Visit.DoesNotExist for one that is not there, or somebody else's.
    """
    number = visits.close(by.visits.filter(pk=visit).exclude(session_key=kept))
    if not number:
        raise Visit.DoesNotExist
    note(by=by, action="visit-ended", object="one")
    return number


@transaction.atomic
def end_other_visits(*, by: User, kept: str) -> int:
    """End all of one's own log-ins but that of the session key `kept`. Answers how many."""
    number = visits.close(by.visits.exclude(session_key=kept))
    note(by=by, action="visit-ended", object=f"all others: {number}")
    return number


def _check(user: User, login: Login, since: date) -> None:
    if login.until is not None and login.until <= since:
        raise AppointmentError(f"The appointment would end {login.until}, before it begins {since}.")
    if login.username in NOT_NAMES:
        raise AppointmentError(f"{login.username} is the log's name for a program, not for a person.")
    if user.pk is None:
        return
    if since < timezone.localdate() and user.appointments.exists():
        raise AppointmentError(f"An appointment cannot begin on a day that is past: {since}.")
    if (user.role in STAFF_ROLES) != (login.role in STAFF_ROLES):
        raise AppointmentError(
            f"{login.username} is another kind of login: staff and citizens never share one."
        )


def _make_room(by: Actor, user: User, since: date, reason: str) -> None:
    """Cut the appointments that reach beyond a day; those that would begin after it become empty."""
    beyond = Q(valid_to__isnull=True) | Q(valid_to__gt=since) & Q(valid_to__gt=F("valid_from"))
    for row in user.appointments.filter(beyond):
        row.valid_to, row.ended_by, row.end_reason = max(since, row.valid_from), by.username, reason
        row.save(update_fields=["valid_to", "ended_by", "end_reason"])


def _append(by: Actor, user: User, login: Login, since: date) -> None:
    limits = {field: getattr(login, field) for field in LIMITS}
    Appointment.objects.create(
        user=user, made_by=by.username, reason=login.reason, valid_from=since, valid_to=login.until, **limits
    )


DEMO_STAFF = [
    Login(
        "bente",
        "Bente Holm",
        "caseworker",
        "bif",
        "bif/jobcenter-koebenhavn/gammel-koege-landevej",
        clearance=2,
        protected_address=True,
    ),
    Login("soeren", "Søren Kjær", "caseworker", "sof", "sof/driftscenter-1", clearance=2),
    Login("kim", "Kim Dahl", "caseworker", "sof", "sof/driftscenter-2"),
    Login("yrsa", "Yrsa Lynge", "caseworker", "bif", "bif/ydelsesservice"),
    Login("lene", "Lene Brandt", "leader", "sof", "sof/driftscenter-1"),
    Login("birgit", "Birgit Lund", "leader", "bif", "bif/jobcenter-koebenhavn/gammel-koege-landevej"),
    Login("anders", "Anders Wulff", "analyst"),
    Login("dorte", "Dorte Ravn", "steward"),
    Login("ulla", "Ulla Friis", "committee"),
]
DEMO_OTHERS = [Login("karin", "Karin Holm", "representative")]


@transaction.atomic
def make_demo_users(*, by: Actor, password: str, citizens: list[tuple[str, str, UUID]]) -> list[User]:
    """Make the demo's staff, a relative, and one login per citizen (username, name, person key)."""
    own = [Login(u, name, "citizen", person_key=key) for u, name, key in citizens]
    return [appoint(by=by, login=login, password=password) for login in [*DEMO_STAFF, *DEMO_OTHERS, *own]]
