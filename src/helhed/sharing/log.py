"""The citizen's own log: who looked, when, from which unit, why, on which ground, at which kinds of information, for whom.

The employee's name is not shown unless HELHED_SHOW_EMPLOYEE_NAMES is on: dates and purposes are what the citizen is
entitled to, the name only where it is essential (Datatilsynet 2024-32-0283, after C-579/21). The steward sees the whole
line. One who acts under a mandate is named as the citizen named them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.models import Event
from helhed.audit.proofs import of_event
from helhed.law import catalogue
from helhed.sharing.answers import EmergencyNote, LogLine, Looks, NoAccess
from helhed.sharing.lanes import ground_label
from helhed.sharing.log_words import action_label, field_label, purpose_label, role_label
from helhed.sharing.mandates import standing
from helhed.sharing.safeguards.models import Emergency

MOST = 200
SCOPE = "log"
PURPOSE = "repraesentation"


def who_looked(
    *,
    by: User,
    language: str,
    mandate: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
    own: bool = True,
) -> Looks:
    """A citizen's own log, newest first, two hundred lines a page; of the days [since, until], both included, and with what
    the reader did about themselves or without (`own`)."""
    person = _whose(by, mandate)
    if mandate is not None:
        note(by=by, action="log-read", person_key=person, purpose=PURPOSE, fields={"log"}, mandate=mandate)
    events = Event.objects.filter(person_key=person)
    if not own:
        events = events.exclude(actor=by.username, mandate=None)
    if since is not None:
        events = events.filter(at__date__gte=since)
    if until is not None:
        events = events.filter(at__date__lte=until)
    pages = Paginator(events.order_by("-at", "-pk"), MOST)
    turned = pages.get_page(page)
    lines = _lines(person, list(turned), by.username, language)
    return Looks(lines, pages.count, turned.number, pages.num_pages)


def lines_of(person: UUID, *, language: str, reader: str = "", most: int = MOST) -> list[LogLine]:
    """The newest lines of a citizen's log as the citizen reads them. Who asks has been let in, and noted, by the caller."""
    events = Event.objects.filter(person_key=person).order_by("-at", "-pk")[:most]
    return list(_lines(person, list(events), reader, language))


def proof(*, by: User, event: int, mandate: UUID | None = None) -> dict[str, Any]:
    """The proof that a line stands in the sealed log. LookupError where it is no line about this citizen, `NotSealed` where it
    is too new."""
    person = _whose(by, mandate)
    if not Event.objects.filter(pk=event, person_key=person).exists():
        raise LookupError(event)
    if mandate is not None:
        note(by=by, action="log-proof", person_key=person, purpose=PURPOSE, fields={"log"}, mandate=mandate)
    return of_event(event)


def _whose(by: User, mandate: UUID | None) -> UUID:
    if mandate is not None:
        held = (
            standing.active(mandate, by.username, SCOPE, lock=False) if by.may("citizen.represent") else None
        )
        if held is None:
            raise NoAccess(_("Fuldmagten giver ikke adgang til, hvem der har set oplysningerne."))
        return held.person_key
    if not by.may("citizen.own") or by.person_key is None:
        raise NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
    return by.person_key


@dataclass(frozen=True)
class _Known:
    """What the lines of one page need to be told: who reads, names by login and by mandate, emergencies."""

    reader: str
    names: dict[str, str]
    holders: dict[UUID, str]
    emergencies: list[Emergency]


def _lines(person: UUID, events: list[Event], reader: str, language: str) -> tuple[LogLine, ...]:
    known = _Known(
        reader,
        _names(events) if settings.SHOW_EMPLOYEE_NAMES else {},
        standing.names_of(event.mandate for event in events if event.mandate),
        list(Emergency.objects.filter(person_key=person)),
    )
    return tuple(_line(event, known, language) for event in events)


def _names(events: Iterable[Event]) -> dict[str, str]:
    logins = {event.actor for event in events if event.actor_unit}
    return dict(User.objects.filter(username__in=logins).values_list("username", "name"))


def _line(event: Event, known: _Known, language: str) -> LogLine:
    own = bool(known.reader) and event.actor == known.reader
    acted = event.mandate is not None
    unit = "" if own or acted or not event.actor_unit else event.actor_unit
    return LogLine(
        at=event.at,
        who=_who(event, known, own=own),
        unit_label=catalogue().called(unit, language),
        action=action_label(event.action, own=own),
        purpose="" if own or acted else purpose_label(event.purpose),
        ground=", ".join(filter(None, (ground_label(g) for g in event.ground.split("+")))),
        fields=tuple(field_label(f) for f in event.fields),
        allowed=event.outcome == "allowed",
        event=event.pk,
        behalf=_("på borgerens vegne") if acted and own else _("på dine vegne") if acted else "",
        emergency=_emergency(event, known.emergencies),
    )


def _who(event: Event, known: _Known, *, own: bool) -> str:
    if own:
        return _("Dig selv")
    if event.mandate is not None:
        return known.holders.get(event.mandate) or role_label(event.actor_role)
    return known.names.get(event.actor) or role_label(event.actor_role)


def _emergency(event: Event, emergencies: Iterable[Emergency]) -> EmergencyNote | None:
    """The emergency access a line rests on: the one it opened or closed, or the one that ran when this employee looked."""
    if event.purpose != "noedadgang":
        return None
    for one in emergencies:
        ends = one.closed_at or one.until
        looked = one.username == event.actor and one.opened_at <= event.at < ends
        if looked or event.object == f"emergency {one.pk}":
            return EmergencyNote(one.opened_at, ends, one.verdict)
    return None
