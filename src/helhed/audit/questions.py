"""What the log can be asked: its lines, newest first and page by page, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.audit.anchoring import ALARM, REST, PlaceState, place_states
from helhed.audit.heads import SignedHead
from helhed.audit.models import Anchor, Event, Head
from helhed.audit.stored import oldest_unsealed, signed, unsealed


@dataclass(frozen=True)
class Narrowed:
    """Which lines are asked for; what is empty does not narrow."""

    actor: str = ""
    unit: str = ""
    action: str = ""
    purpose: str = ""
    outcome: str = ""
    day: date | None = None
    person: UUID | None = None
    decision: UUID | None = None
    mandate: UUID | None = None


@dataclass(frozen=True)
class Page:
    """Lines, newest first, and from which line the pages beside it go on (None: there is none)."""

    lines: list[Event]
    older_than: int | None
    newer_than: int | None


def page(
    wanted: Narrowed, size: int, *, older_than: int | None = None, newer_than: int | None = None
) -> Page:
    """A page of lines, found from its edge: as quick at the end of a long log as at its beginning."""
    found = narrowed(wanted)
    if newer_than is not None:
        lines = list(found.filter(pk__gt=newer_than).order_by("pk")[: size + 1])
        more, lines = len(lines) > size, lines[:size][::-1]
        # The lines one came from are older; where there is nothing newer, the newest page is shown instead.
        return Page(lines, lines[-1].pk, lines[0].pk if more else None) if lines else page(wanted, size)
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    lines = list(found.order_by("-pk")[: size + 1])
    more, lines = len(lines) > size, lines[:size]
    first = lines[0].pk if lines and older_than is not None else None
    return Page(lines, lines[-1].pk if more else None, first)


def narrowed(wanted: Narrowed) -> QuerySet[Event]:
    """The lines that fit."""
    fits = {
        "actor": wanted.actor,
        "action": wanted.action,
        "purpose": wanted.purpose,
        "outcome": wanted.outcome,
        "person_key": wanted.person,
        "decision": wanted.decision,
        "mandate": wanted.mandate,
    }
    found = Event.objects.filter(**{name: value for name, value in fits.items() if value})
    if wanted.unit:
        found = found.filter(actor_unit__startswith=wanted.unit)
    if wanted.day:
        start = timezone.make_aware(datetime.combine(wanted.day, time.min))
        end = timezone.make_aware(datetime.combine(wanted.day + timedelta(days=1), time.min))
        found = found.filter(at__gte=start, at__lt=end)
    return found


def person_of(line: int) -> UUID | None:
    """The citizen a line speaks of."""
    return Event.objects.filter(pk=line).values_list("person_key", flat=True).first()


def objects_of(person: UUID, begins: str) -> list[str]:
    """What lines about a person say they were about, of those that begin with a text; the oldest first. What was erased at
    the end of retention is not among them."""
    lines = Event.objects.filter(person_key=person, object__startswith=begins)
    return list(lines.order_by("pk").values_list("object", flat=True))


def denied(most: int) -> list[Event]:
    """The newest lines about what was refused."""
    return list(Event.objects.filter(outcome="denied").order_by("-pk")[:most])


@dataclass(frozen=True)
class Tries:
    """Somebody who was refused many times in a day: how often, and how many different things and citizens it was about."""

    actor: str
    day: date
    number: int
    different: int


def refused_often(at_least: int, days: int) -> list[Tries]:
    """Who was refused so many times on one day, or more, of the last days; the newest first, then the most. Nobody who is not
    logged in, and not the program itself, is among them."""
    since = timezone.now() - timedelta(days=days)
    asked = Concat("object", Value(" "), Cast("person_key", CharField()), output_field=CharField())
    found = (
        Event.objects.filter(outcome="denied", at__gte=since)
        .exclude(actor__in=("", SYSTEM.username))
        .values("actor", day=TruncDate("at"))
        .annotate(number=Count("pk"), different=Count(asked, distinct=True))
        .filter(number__gte=at_least)
        .order_by("-day", "-number", "actor")
    )
    return [Tries(**row) for row in found]


@dataclass(frozen=True)
class Health:
    """How the log stands: what is sealed, what waits, what is left outside, and what is wrong."""

    sealed: int
    waiting: int
    waiting_since: datetime | None
    head: SignedHead | None
    places: list[PlaceState]
    late_places: list[PlaceState]
    sealing_is_late: bool
    sharing_rests: bool

    @property
    def total(self) -> int:
        return self.sealed + self.waiting

    @property
    def is_anchored(self) -> bool:
        """Every sealed line is covered by a head that some place outside holds."""
        return any(place.size >= self.sealed > 0 for place in self.places)

    @property
    def anchored_at(self) -> datetime | None:
        return max((place.at for place in self.places if place.at), default=None)

    @property
    def refusing(self) -> list[PlaceState]:
        """Places that say the log contradicts what they have seen."""
        return [place for place in self.places if place.refused]

    @property
    def is_alarm(self) -> bool:
        return self.sealing_is_late or bool(self.late_places or self.refusing)


def health() -> Health:
    """How the log stands now."""
    newest = Head.objects.order_by("-size").first()
    places, since, now = place_states(), oldest_unsealed(), timezone.now()
    return Health(
        sealed=newest.size if newest else 0,
        waiting=unsealed(),
        waiting_since=since,
        head=signed(newest) if newest else None,
        places=places,
        late_places=[place for place in places if place.is_behind(now, ALARM)],
        sealing_is_late=since is not None and now - since > ALARM,
        sharing_rests=bool(places) and all(place.is_behind(now, REST) for place in places),
    )


def heads(most: int) -> list[SignedHead]:
    """The newest heads, newest first."""
    return [signed(head) for head in Head.objects.order_by("-size")[:most]]


def anchors(most: int) -> list[Anchor]:
    """The newest tries to leave a head outside, newest first."""
    return list(Anchor.objects.order_by("-id")[:most])
