"""Which looks are drawn: by chance, but so that the same seed draws the same looks from the same log.

Each look gets the number SHA-256(seed, a space, the number of its line); the lowest numbers are drawn. Whoever holds the
log and the seed can draw again, in any language, and nobody who draws can choose.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from secrets import token_hex

from django.db.models import Q, QuerySet
from django.utils import timezone

from helhed.audit.models import Event
from helhed.sharing.safeguards.models import Watch

SEEN_IN_PASSING = ("find", "find-hit", "list", "refused")
"""Lines that are no look at one citizen: searches, and names on lists. They are sampled only where somebody is watched."""

Window = tuple[date, datetime]
"""The first day of a month, and the moment before which looks count: the month's end, or earlier."""


@dataclass(frozen=True)
class Drawn:
    """What was drawn: numbers of lines in the log, in order. `watched` are not among the `chosen`."""

    seed: str
    population: tuple[int, ...]
    chosen: tuple[int, ...]
    watched: tuple[int, ...]


def new_seed() -> str:
    """A seed nobody can guess: 32 hexadecimal digits."""
    return token_hex(16)


def draw(unit: str, window: Window, size: int, seed: str) -> Drawn:
    """Draw from a unit's looks in a window: every one by or at somebody watched, and `size` of the others."""
    lines = lines_of(unit, window)
    watched = tuple(lines.filter(_watched(window)).order_by("pk").values_list("pk", flat=True))
    looks = lines.filter(outcome="allowed").exclude(action__in=SEEN_IN_PASSING)
    taken = set(watched)
    others = [line for line in _one_a_request(looks) if line not in taken]
    return Drawn(seed, tuple(sorted(taken.union(others))), chosen(others, size, seed), watched)


def chosen(lines: list[int], size: int, seed: str) -> tuple[int, ...]:
    """The lines the seed draws, in order of their numbers."""
    ranked = sorted(lines, key=lambda line: sha256(f"{seed} {line}".encode()).digest())
    return tuple(sorted(ranked[:size]))


def digest(lines: tuple[int, ...]) -> str:
    """SHA-256 of the numbers of lines, a line each."""
    return sha256("\n".join(map(str, lines)).encode()).hexdigest()


def lines_of(unit: str, window: Window) -> QuerySet[Event]:
    """The lines of the log of what staff of a unit saw of a citizen in a window, and of what they were refused."""
    start, end = _ends(window)
    return Event.objects.filter(
        Q(fields__len__gt=0) | Q(outcome="denied"),
        actor_unit=unit,
        actor_role__in=["caseworker", "leader"],
        at__gte=start,
        at__lt=end,
        person_key__isnull=False,
    )


def units_of(month: date) -> list[str]:
    """The units whose staff looked at a citizen in a month."""
    start, end = bounds(month)
    found = Event.objects.filter(
        actor_role__in=["caseworker", "leader"], at__gte=start, at__lt=end, person_key__isnull=False
    )
    return sorted(set(found.exclude(actor_unit="").values_list("actor_unit", flat=True)))


def bounds(month: date) -> tuple[datetime, datetime]:
    """The moments a month begins and ends, half-open. `month` is its first day."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    start, end = (timezone.make_aware(datetime.combine(day, time())) for day in (month, after))
    return start, end


def _one_a_request(looks: QuerySet[Event]) -> list[int]:
    """The first line of each page that was shown: what one page shows may stand on several lines."""
    first: dict[str, int] = {}
    for line, request in looks.order_by("pk").values_list("pk", "request_id"):
        first.setdefault(request or f"line {line}", line)
    return list(first.values())


def _ends(window: Window) -> tuple[datetime, datetime]:
    return bounds(window[0])[0], window[1]


def _watched(window: Window) -> Q:
    """The lines by or at somebody who was watched at some time in the window, as long as that was."""
    start, end = _ends(window)
    found = Q(pk__in=[])
    for watch in Watch.objects.filter(since__lt=end).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=start)):
        last = timezone.make_aware(datetime.combine(watch.until, time()))
        until = min(last, watch.ended_at) if watch.ended_at else last
        of = Q(person_key=watch.person_key) if watch.person_key else Q(actor=watch.username)
        found |= of & Q(at__gte=max(watch.since, start), at__lt=min(until, end))
    return found
