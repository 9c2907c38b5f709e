"""The list of the watched: persons and employees whose every look is in the month's sample."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.covering import choosing
from helhed.register import questions as register
from helhed.register.cpr import read_number
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import actions, questions

PURPOSE = "tilsyn"


@dataclass(frozen=True)
class Watched:
    """One on the list: a person (`person_key`) or an employee (`username`); `until` is the first day it no longer holds."""

    id: UUID
    person_key: UUID | None
    username: str
    name: str
    reason: str
    since: datetime
    until: date
    set_by: str
    holds: bool
    ended_at: datetime | None


def watched(*, by: User, language: str) -> tuple[Watched, ...]:
    """The list, those that hold first. The names of persons shown are lines in their own logs."""
    _needs(by)
    rows = questions.watches()
    people = {row.person_key for row in rows if row.person_key}
    names = hatch.names(people=people, by=by, purpose=PURPOSE, language=language)
    staff = names_of(login for row in rows for login in (row.username, row.set_by))
    today = timezone.localdate()
    found = [
        Watched(
            id=row.pk,
            person_key=row.person_key,
            username=row.username,
            name=names.get(row.person_key, "") if row.person_key else staff.get(row.username, row.username),
            reason=row.reason,
            since=row.since,
            until=row.until,
            set_by=staff.get(row.set_by, row.set_by),
            holds=row.ended_at is None and row.until > today,
            ended_at=row.ended_at,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: not each.holds))


def watch(*, by: User, about: str, reason: str, until: date) -> None:
    """Watch the person of a whole personal number, or the employee of a login, until a day."""
    _needs(by)
    person, username = _meant(about.strip())
    if by.username == username:
        raise Refused(_("Du kan ikke sætte dig selv på listen."))
    actions.watch(by=by, person=person, username=username, reason=reason, until=until)


def unwatch(*, by: User, watch: UUID) -> None:
    """Take somebody off the list before the day. NoAccess where nobody stands under that id."""
    _needs(by)
    if not any(row.pk == watch for row in questions.watches()):
        raise NoAccess(_("Der er ingen på listen med dette nummer."))
    actions.unwatch(by=by, watch=watch)


def _meant(about: str) -> tuple[UUID | None, str]:
    if read_number(about) is not None:
        with choosing():
            found = register.find(about, 1)
        if not found:
            raise Refused(_("Ingen borger har det nummer."))
        return found[0].key, ""
    user = (
        User.objects.filter(username=about.lower(), person_key__isnull=True)
        .exclude(role="representative")
        .first()
    )
    if user is None:
        raise Refused(_("Skriv et helt personnummer eller en medarbejders brugernavn."))
    return None, user.username


def _needs(by: User) -> None:
    if not by.may("watch.keep"):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
