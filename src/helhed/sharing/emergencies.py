"""Emergency access: opened by a caseworker for three hours, looked at again by a leader, seen by the citizen.

What it opens is decided by the policy, look by look (ground `noedadgang`); here it is begun, ended and judged. The citizen
reads in the own log that it was an emergency, which unit, when, and what the leader found. The words of the reason are for
the leader and the steward: they may tell of others than the citizen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.covering import choosing
from helhed.audit.models import Event
from helhed.register import questions as register
from helhed.register.cpr import read_number
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import actions, questions, standing
from helhed.sharing.safeguards.models import Emergency
from helhed.sharing.safeguards.questions import Often

PURPOSE = "noedadgang"
SHOWN = timedelta(days=90)
"""How long a judged emergency access stays on the leader's page."""


@dataclass(frozen=True)
class Running:
    """An emergency access that runs: until when, and the reason given."""

    id: UUID
    person_key: UUID
    opened_at: datetime
    until: datetime
    reason: str


@dataclass(frozen=True)
class Seen:
    """One thing looked at in an emergency access: when, what was done, which categories of information."""

    at: datetime
    action: str
    fields: tuple[str, ...]
    allowed: bool


@dataclass(frozen=True)
class SecondLook:
    """An emergency access as the leader sees it. `person_name` is empty where the leader may not meet the citizen.

    `due` is the last day for the second look, `late` that it has passed; `own` that the reader opened it.
    """

    id: UUID
    person_key: UUID
    person_name: str
    who: str
    unit_label: str
    reason: str
    opened_at: datetime
    ended_at: datetime
    runs: bool
    seen: tuple[Seen, ...]
    due: date
    late: bool
    own: bool
    verdict: str
    note: str
    judged_by: str
    judged_at: datetime | None


@dataclass(frozen=True)
class Overview:
    """Emergency accesses as the steward sees them: of the last thirty days, waiting, late, and who has many."""

    recent: int
    waiting: int
    late: int
    often: tuple[Often, ...]
    names: dict[str, str]
    more_than: int


def find(*, by: User, number: str) -> UUID:
    """The citizen of a whole personal number, to open in an emergency; the search is in the citizen's own log."""
    _needs(by, "emergency.open")
    if read_number(number) is None:
        raise Refused(_("Skriv hele personnummeret, ti cifre."))
    with choosing():
        found = register.find(number, 1)
    note(
        by=by,
        action="emergency-find",
        person_key=found[0].key if found else None,
        purpose=PURPOSE,
        fields=["identity"] if found else [],
    )
    if not found:
        raise Refused(_("Ingen borger har det nummer."))
    return found[0].key


def running(*, by: User, person: UUID) -> Running | None:
    """The reader's own emergency access to a citizen, where one runs."""
    _needs(by, "emergency.open")
    row = standing.emergency_of(by.username, hatch.key_of(person))
    return _running(row) if row else None


def begin(*, by: User, person: UUID, reason: str) -> Running:
    """Open a citizen's information for three hours. Refused where the reason is too short, NoAccess for other roles."""
    _needs(by, "emergency.open")
    return _running(actions.open_emergency(by=by, person=hatch.key_of(person), reason=reason))


def end(*, by: User, emergency: UUID) -> None:
    """Close the reader's own emergency access early. NoAccess if it is somebody else's."""
    _needs(by, "emergency.open")
    row = questions.emergency(emergency)
    if row is None or row.username != by.username:
        raise NoAccess(_("Nødadgangen er ikke din."))
    actions.close_emergency(by=by, emergency=emergency)


@transaction.atomic
def second_looks(*, by: User, language: str) -> tuple[SecondLook, ...]:
    """The emergency accesses of the leader's administration: first those that wait, the oldest first, then the judged
    ones of the last ninety days."""
    _needs(by, "emergency.review")
    since = timezone.now() - SHOWN
    found = list(questions.emergencies_in(by.administration))
    judged = [row for row in found if row.verdict and row.opened_at > since]
    rows = [row for row in reversed(found) if not row.verdict] + judged
    people = {row.person_key for row in rows}
    names = hatch.names(people=people, by=by, purpose="tilsyn", language=language)
    staff = names_of(login for row in rows for login in (row.username, row.seen_by))
    return tuple(_second_look(row, by, names.get(row.person_key, ""), staff, language) for row in rows)


def judge(*, by: User, emergency: UUID, verdict: str, words: str) -> None:
    """The second look: "justified" or "not-justified", by a leader of the same administration who did not open it."""
    _needs(by, "emergency.review")
    row = questions.emergency(emergency)
    if row is None or row.unit.split("/")[0] != by.administration:
        raise NoAccess(_("Nødadgangen hører ikke til din forvaltning."))
    actions.judge_emergency(by=by, emergency=emergency, verdict=verdict, words=words)


def waiting(by: User) -> tuple[int, int]:
    """How many emergency accesses wait for a leader of this administration, and how many of them too long."""
    rows = [row for row in questions.emergencies_in(by.administration) if not row.verdict]
    return len(rows), len(questions.waiting_too_long(rows))


def overview(*, by: User) -> Overview:
    """What the steward must know: how many, how many nobody has looked at in time, and who opens many."""
    _needs(by, "sample.draw")
    rows = list(Emergency.objects.all())
    recent = timezone.now() - timedelta(days=questions.RATE_DAYS)
    often = tuple(questions.often(settings.EMERGENCY_RATE))
    return Overview(
        recent=sum(row.opened_at > recent for row in rows),
        waiting=sum(not row.verdict for row in rows),
        late=len(questions.waiting_too_long(rows)),
        often=often,
        names=names_of(each.username for each in often),
        more_than=settings.EMERGENCY_RATE,
    )


def names_of(logins: Iterable[str]) -> dict[str, str]:
    """The names of employees by login."""
    return dict(User.objects.filter(username__in=set(logins)).values_list("username", "name"))


def _needs(by: User, permission: str) -> None:
    if not by.may(permission):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))


def _running(row: Emergency) -> Running:
    return Running(row.pk, row.person_key, row.opened_at, row.until, row.reason)


def _second_look(row: Emergency, by: User, name: str, staff: dict[str, str], language: str) -> SecondLook:
    due = questions.look_due(row)
    return SecondLook(
        id=row.pk,
        person_key=row.person_key,
        person_name=name,
        who=staff.get(row.username, row.username),
        unit_label=hatch.label_of_unit(row.unit, language),
        reason=row.reason,
        opened_at=row.opened_at,
        ended_at=row.closed_at or row.until,
        runs=row.closed_at is None and row.until > timezone.now(),
        seen=tuple(_seen(line) for line in questions.lines_during(row)),
        due=due,
        late=not row.verdict and due < timezone.localdate(),
        own=row.username == by.username,
        verdict=row.verdict,
        note=row.verdict_note,
        judged_by=staff.get(row.seen_by, row.seen_by),
        judged_at=row.seen_at,
    )


def _seen(line: Event) -> Seen:
    return Seen(line.at, line.action, tuple(line.fields), line.outcome == "allowed")
