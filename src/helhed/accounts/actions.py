"""Verbs of accounts."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note


@dataclass(frozen=True)
class Login:
    """What a login consists of besides its password."""

    username: str
    name: str
    role: str
    administration: str = ""
    unit: str = ""
    person_key: UUID | None = None


@transaction.atomic
def appoint(*, by: Actor, login: Login, password: str) -> User:
    """Make the login, or bring an existing one of that username to this form. Answers the user."""
    user = User.objects.filter(username=login.username).first() or User(username=login.username)
    user.name = login.name
    user.role = login.role
    user.administration = login.administration
    user.unit = login.unit
    user.person_key = login.person_key
    user.is_active = True
    user.set_password(password)
    user.save()
    note(by=by, action="appoint", object=f"user {login.username} as {login.role}")
    return user


@transaction.atomic
def end(*, by: Actor, username: str) -> None:
    """Close a login; the log keeps its name. Unknown usernames raise User.DoesNotExist."""
    user = User.objects.select_for_update().get(username=username)
    user.is_active = False
    user.save(update_fields=["is_active"])
    note(by=by, action="end", object=f"user {username}")


DEMO_STAFF = [
    Login("bente", "Bente Holm", "caseworker", "bif", "bif/jobcenter-koebenhavn/gammel-koege-landevej"),
    Login("soeren", "Søren Kjær", "caseworker", "sof", "sof/driftscenter-1"),
    Login("lene", "Lene Brandt", "leader", "sof", "sof/driftscenter-1"),
    Login("anders", "Anders Wulff", "analyst"),
    Login("dorte", "Dorte Ravn", "steward"),
    Login("ulla", "Ulla Friis", "committee"),
]


@transaction.atomic
def make_demo_users(*, by: Actor, password: str, citizens: list[tuple[str, str, UUID]]) -> list[User]:
    """Make the demo's staff and one login per citizen (username, name, person key)."""
    logins = DEMO_STAFF + [Login(u, name, "citizen", person_key=key) for u, name, key in citizens]
    return [appoint(by=by, login=login, password=password) for login in logins]
