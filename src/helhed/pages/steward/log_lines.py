"""The log as the steward reads it: whole lines, newest first, with filters."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from helhed.audit.models import Event
from helhed.pages.steward.log_words import ACTIONS, FIELDS, GROUNDS, PURPOSES, worded
from helhed.pages.words import reader_language, role_name, unit_name


@dataclass(frozen=True)
class LogRow:
    """One line of the log in words."""

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

    @property
    def any(self) -> bool:
        return any((self.actor, self.action, self.outcome, self.day, self.person))


def filters_of(query: QueryDict) -> Filters:
    """The filters in an address; what cannot be read is left out."""
    return Filters(
        actor=query.get("hvem", "").strip(),
        action=query.get("handling", ""),
        outcome=query.get("udfald", "") if query.get("udfald") in ("allowed", "denied") else "",
        day=_day(query.get("dag", "")),
        person=_key(query.get("borger", "")),
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
    if filters.person:
        found = found.filter(person_key=filters.person)
    return found


def row(event: Event) -> LogRow:
    """A line in words. The citizen stands as a key, never as a name."""
    language = reader_language()
    return LogRow(
        at=event.at,
        actor=event.actor,
        role=role_name(event.actor_role, language),
        unit=unit_name(event.actor_unit, language),
        action=worded(ACTIONS, event.action),
        person=str(event.person_key or ""),
        object=event.object,
        purpose=worded(PURPOSES, event.purpose),
        ground=", ".join(worded(GROUNDS, ground) for ground in event.ground.split("+") if ground),
        fields=", ".join(worded(FIELDS, field) for field in event.fields),
        allowed=event.outcome == "allowed",
    )


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
