"""The log as the steward reads it: whole lines, newest first, with filters."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from helhed.audit.actions import Actor, note
from helhed.audit.models import Event
from helhed.pages.steward.log_words import ACTIONS, FIELDS, GROUNDS, PURPOSES, worded
from helhed.pages.words import reader_language, role_name, unit_name


@dataclass(frozen=True)
class LogRow:
    """One line of the log in words."""

    line: int
    at: datetime
    actor: str
    role: str
    unit: str
    action: str
    person: str
    object: str
    purpose: str
    ground: str
    fields: str
    allowed: bool


@dataclass(frozen=True)
class Filters:
    """What the log is narrowed to; empty means everything."""

    actor: str
    action: str
    outcome: str
    day: date | None
    person: UUID | None
    line: int | None

    @property
    def any(self) -> bool:
        return any((self.actor, self.action, self.outcome, self.day, self.person, self.line))


def filters_of(query: QueryDict) -> Filters:
    """The filters in an address; what cannot be read is left out."""
    return Filters(
        actor=query.get("hvem", "").strip(),
        action=query.get("handling", ""),
        outcome=query.get("udfald", "") if query.get("udfald") in ("allowed", "denied") else "",
        day=_day(query.get("dag", "")),
        person=_key(query.get("borger", "")),
        line=int(query["linje"]) if query.get("linje", "").isdecimal() else None,
    )


def lines(filters: Filters) -> QuerySet[Event]:
    """The lines that fit, newest first."""
    found = Event.objects.order_by("-at", "-pk")
    if filters.actor:
        found = found.filter(actor=filters.actor)
    if filters.action:
        found = found.filter(action=filters.action)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.day:
        found = found.filter(at__date=filters.day)
    if person := asked_about(filters):
        found = found.filter(person_key=person)
    return found


def asked_about(filters: Filters) -> UUID | None:
    """The citizen a log is narrowed to: by key, or as the one a line speaks of."""
    if filters.line is None:
        return filters.person
    return Event.objects.filter(pk=filters.line).values_list("person_key", flat=True).first()


@transaction.atomic
def told(filters: Filters, events: list[Event], by: Actor) -> list[LogRow]:
    """The lines in words. To read what the log says of one citizen is a line in that citizen's own log."""
    person = asked_about(filters)
    if person is not None and any(event.person_key == person for event in events):
        note(by=by, action="see-log", person_key=person, purpose="tilsyn")
    return [row(event) for event in events]


def row(event: Event) -> LogRow:
    """A line in words. The citizen stands as a code that leads to nobody outside this log, never as a key or a name."""
    language = reader_language()
    return LogRow(
        at=event.at,
        actor=event.actor,
        role=role_name(event.actor_role, language),
        unit=unit_name(event.actor_unit, language),
        action=worded(ACTIONS, event.action),
        line=event.pk,
        person=_code(event.person_key) if event.person_key else "",
        object=event.object,
        purpose=worded(PURPOSES, event.purpose),
        ground=", ".join(worded(GROUNDS, ground) for ground in event.ground.split("+") if ground),
        fields=", ".join(worded(FIELDS, field) for field in event.fields),
        allowed=event.outcome == "allowed",
    )


def _code(person: UUID) -> str:
    """The same eight signs for the same citizen; without the program's secret they cannot be turned back."""
    return salted_hmac("helhed.log.citizen", person.hex, algorithm="sha256").hexdigest()[:8]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
