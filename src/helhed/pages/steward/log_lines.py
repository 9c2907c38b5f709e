"""The log as the steward reads it: whole lines, newest first, with filters."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from helhed.audit import questions
from helhed.audit.actions import SYSTEM, Actor, note
from helhed.audit.models import Event
from helhed.pages.steward import object_words
from helhed.pages.steward.log_words import ACTIONS, FIELDS, PURPOSES, ground_word, worded
from helhed.pages.words import reader_language, role_name, unit_name


@dataclass(frozen=True)
class LogRow:
    """One line of the log in words; `kept` is what it was about as the log keeps it."""

    line: int
    at: datetime
    actor: str
    is_erased: bool
    role: str
    unit: str
    action: str
    person: str
    object: str
    kept: str
    purpose: str
    ground: str
    fields: str
    allowed: bool
    decision: str
    mandate: str


@dataclass(frozen=True)
class Filters:
    """What the log is narrowed to; empty means everything. `line` stands for the citizen that line speaks of."""

    actor: str
    unit: str
    action: str
    purpose: str
    outcome: str
    day: date | None
    person: UUID | None
    line: int | None
    decision: UUID | None
    mandate: UUID | None

    @property
    def any(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Turned:
    """A page of lines, and the queries of its neighbours (empty where there is none)."""

    lines: list[Event]
    newer: str
    older: str


def filters_of(query: QueryDict) -> Filters:
    """The filters in an address; what cannot be read is left out."""
    return Filters(
        actor=query.get("hvem", "").strip(),
        unit=query.get("enhed", ""),
        action=query.get("handling", ""),
        purpose=query.get("formaal", ""),
        outcome=query.get("udfald", "") if query.get("udfald") in ("allowed", "denied") else "",
        day=_day(query.get("dag", "")),
        person=_key(query.get("borger", "")),
        line=_number(query.get("linje", "")),
        decision=_key(query.get("afgoerelse", "")),
        mandate=_key(query.get("fuldmagt", "")),
    )


def turned(filters: Filters, query: QueryDict, size: int) -> Turned:
    """The page of lines an address asks for, newest first: `foer` and `efter` name the line it goes on from."""
    wanted = questions.Narrowed(
        actor=filters.actor,
        unit=filters.unit,
        action=filters.action,
        purpose=filters.purpose,
        outcome=filters.outcome,
        day=filters.day,
        person=asked_about(filters),
        decision=filters.decision,
        mandate=filters.mandate,
    )
    page = questions.page(
        wanted, size, older_than=_number(query.get("foer", "")), newer_than=_number(query.get("efter", ""))
    )
    return Turned(page.lines, _turn(query, "efter", page.newer_than), _turn(query, "foer", page.older_than))


def _turn(query: QueryDict, way: str, line: int | None) -> str:
    if line is None:
        return ""
    turning = query.copy()
    for name in ("foer", "efter"):
        turning.pop(name, None)
    turning[way] = str(line)
    return turning.urlencode()


def asked_about(filters: Filters) -> UUID | None:
    """The citizen a log is narrowed to: by key, or as the one a line speaks of."""
    if filters.line is None:
        return filters.person
    return questions.person_of(filters.line)


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
        actor=_("Systemet selv") if event.actor == SYSTEM.username else event.actor,
        is_erased=event.remains is not None,
        role="" if event.actor == SYSTEM.username else role_name(event.actor_role, language),
        unit=unit_name(event.actor_unit, language),
        action=worded(ACTIONS, event.action),
        line=event.pk,
        person=_code(event.person_key) if event.person_key else "",
        object=object_words.told(event.object) or event.object,
        kept=event.object,
        purpose=worded(PURPOSES, event.purpose),
        ground=", ".join(ground_word(ground) for ground in event.ground.split("+") if ground),
        fields=", ".join(worded(FIELDS, field) for field in event.fields),
        allowed=event.outcome == "allowed",
        decision=str(event.decision or ""),
        mandate=str(event.mandate or ""),
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


def _number(text: str) -> int | None:
    """The number of a line; what is none, or could be none, narrows nothing."""
    return int(text) if text.isdecimal() and len(text) < 18 else None
