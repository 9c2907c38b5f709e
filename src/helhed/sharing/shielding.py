"""Citizens under special protection: met only by staff with the right to it, until the protection is ended."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import Appointment, User
from helhed.accounts.questions import staff
from helhed.accounts.roles import ROLES
from helhed.audit.covering import choosing
from helhed.register import questions as register
from helhed.sharing import hatch
from helhed.sharing.access import actions
from helhed.sharing.access.models import Shield
from helhed.sharing.answers import NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.policy import OVERSIGHT
from helhed.sharing.refusal import Refused


@dataclass(frozen=True)
class Shielded:
    """One protection: of whom, why, and since when. `holds` until it is ended; `merged` where the citizen is read as another
    since, whom a protection of its own follows (by a trigger)."""

    id: int
    name: str
    reason: str
    since: datetime
    set_by: str
    holds: bool
    merged: bool
    ended_at: datetime | None
    ended_by: str
    end_reason: str


def shielded(*, by: User, language: str) -> tuple[Shielded, ...]:
    """Everyone under special protection, and those who were; the newest first. Each name is a line in that citizen's log."""
    _needs(by)
    rows = list(Shield.objects.order_by("-pk"))
    keys = {row.person_key for row in rows}
    names = hatch.names(people=keys, by=by, purpose=OVERSIGHT, language=language)
    merged = {key for key in keys if hatch.key_of(key) != key}
    people = names_of(login for row in rows for login in (row.set_by, row.ended_by))
    return tuple(
        Shielded(
            id=row.pk,
            name=names.get(row.person_key, ""),
            reason=row.reason,
            since=row.since,
            set_by=people.get(row.set_by, row.set_by),
            holds=row.ended_at is None,
            merged=row.person_key in merged,
            ended_at=row.ended_at,
            ended_by=people.get(row.ended_by, row.ended_by),
            end_reason=row.end_reason,
        )
        for row in rows
    )


def trusted(*, by: User) -> int:
    """How many caseworkers may meet the protected today."""
    _needs(by)
    today = timezone.localdate()
    return sum(any(_meets_them(row, today) for row in each.rows) for each in staff() if each.state == "now")


def shield(*, by: User, number: str, reason: str) -> None:
    """Protect the citizen of a whole personal number. Refused where there is none, or the citizen is protected already."""
    _needs(by)
    if not register.is_number(number):
        raise Refused(_("Skriv et helt personnummer, 10 cifre."))
    with choosing():
        found = register.find(number, 1)
    if not found:
        raise Refused(_("Ingen borger har det nummer."))
    actions.shield(by=by, person=found[0].key, reason=reason)


def unshield(*, by: User, shield: int, reason: str) -> None:
    """End a protection. NoAccess where none is in force under that id."""
    _needs(by)
    row = Shield.objects.filter(pk=shield, ended_at__isnull=True).first()
    try:
        if row is None:
            raise Shield.DoesNotExist
        actions.unshield(by=by, person=row.person_key, reason=reason)
    except Shield.DoesNotExist:
        raise NoAccess(_("Beskyttelsen findes ikke, eller den er allerede ophævet.")) from None


def _meets_them(row: Appointment, today: date) -> bool:
    in_force = row.valid_from <= today and (row.valid_to is None or today < row.valid_to)
    return in_force and row.vip and "citizen.look" in ROLES[row.role].permissions


def _needs(by: User) -> None:
    if not by.may("shield.keep"):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
