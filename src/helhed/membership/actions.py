"""Verbs of membership: count who stands in which group, see a new day in, and write down what changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.law import Catalogue
from helhed.membership import statements
from helhed.membership.counting import Progress, compare, count
from helhed.membership.definitions import book
from helhed.membership.models import Adoption, Recount
from helhed.membership.versions import Current, are_up_to_date, bring_up_to_date
from helhed.membership.writing import store, write_changes
from helhed.register import questions
from helhed.register.models import Delivery, Merge

LOCK = 0x68656C68


@dataclass(frozen=True)
class _Scope:
    """What one counting is about: its cause, the people (None = everyone), the groups (None = all), the day seen."""

    cause: str
    people: list[int] | None
    keys: frozenset[str] | None
    day: date
    delivery: int | None = None
    merged: int | None = None
    unmerged: int | None = None


@dataclass(frozen=True)
class _Round:
    """What the countings of one transaction have in common. `adopted`: versions in the book that no counting has had yet."""

    by: Actor
    law: Catalogue
    versions: Current
    adopted: list[int]
    say: Progress


@transaction.atomic
def recount(*, by: Actor, delivery: Delivery | None = None, progress: Progress | None = None) -> Recount:
    """Count everyone, or the families a delivery touched, and bring spells and change rows up to date.

    Changes are seen on the last day seen, which is brought up to the day the delivery was received (else today) first,
    with what was known until now. The first count of all writes no change rows: nobody moved. Groups whose versions have
    changed are counted for everyone before. `progress` is called with a step's name and the share done.
    """
    at, turn = _begin(by, progress)
    first = not Recount.objects.exists()
    day = _see_in(_day(delivery), at, turn.law)
    people = _whom(delivery)
    if turn.versions.changed and people is not None:
        _recount(turn, _Scope(Recount.GROUPS, None, turn.versions.changed, day), at)
        at = _later(at)
    cause = Recount.EVERYONE if delivery is None else Recount.DELIVERY
    scope = _Scope(cause, people, None, day, delivery=delivery.pk if delivery else None)
    return _recount(turn, scope, at, moved=not first)


@transaction.atomic
def recount_definitions(*, by: Actor, progress: Progress | None = None) -> Recount | None:
    """Count everyone in the groups whose versions are not those counted last, after an adoption for example.

    Answers None where no version changed, or nobody has been counted yet.
    """
    if are_up_to_date(book()) and not Adoption.objects.filter(counted_at=None).exists():
        return None
    if not Recount.objects.filter(everyone=True).exists():
        return None
    at, turn = _begin(by, progress)
    if not turn.versions.changed:
        _stamp(turn, at)
        return None
    day = _see_in(timezone.localdate(), at, turn.law)
    return _recount(turn, _Scope(Recount.GROUPS, None, turn.versions.changed, day), at)


@transaction.atomic
def recount_merged(*, by: Actor) -> list[Recount]:
    """Count the persons of merges, and of merges undone, that have not been counted since; one counting for each."""
    if not (_merges_to_count() and Recount.objects.filter(everyone=True).exists()):
        return []
    at, turn = _begin(by, None)
    day = _see_in(timezone.localdate(), at, turn.law)
    done = []
    for name, merge in _merges_to_count():
        people = questions.families_of([merge.kept_id, merge.gone_id])
        done.append(_recount(turn, _Scope(Recount.PEOPLE, people, None, day, **{name: merge.pk}), at))
        at = _later(at)
    return done


@transaction.atomic
def turn_day(*, by: Actor, today: date | None = None) -> list[Recount]:
    """See in the days up to today: for each a counting, with a change row for everyone whose standing differs from the
    day before's. Answers the countings; none if the day was seen before, or nobody has been counted yet.
    """
    today = today or timezone.localdate()
    if not _is_later(today, _last_day()):
        return []
    at = _moment()
    before = _last_day()
    until = _see_in(today, at, book())
    turned = list(Recount.objects.filter(cause=Recount.DAY, day__gt=before).order_by("day"))
    if turned:
        note(by=by, action="turn-day", object=f"{len(turned)} days to {until}")
    return turned


def _begin(by: Actor, progress: Progress | None) -> tuple[datetime, _Round]:
    at = _moment()
    adopted = list(Adoption.objects.filter(counted_at=None).values_list("pk", flat=True))
    law = book()
    say = progress or (lambda step, share: None)
    return at, _Round(by, law, bring_up_to_date(law), adopted, say)


def _moment() -> datetime:
    """The time of this recount, read after the lock so that two recounts never carry the same or a wrong order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _later(at: datetime) -> datetime:
    """A moment after this one, for the next counting of the same transaction."""
    return max(_moment(), at + timedelta(microseconds=1))


def _whom(delivery: Delivery | None) -> list[int] | None:
    """The people to count: None for everyone, else those touched and their families (a child's case moves a parent)."""
    if delivery is None or delivery.touches_everyone or not Recount.objects.filter(everyone=True).exists():
        return None
    return questions.families_of(questions.touched_by(delivery))


def _merges_to_count() -> list[tuple[str, Merge]]:
    found = []
    for name, merges in (("merged", Merge.objects.all()), ("unmerged", Merge.objects.exclude(known_to=None))):
        seen = Recount.objects.filter(**{f"{name}__isnull": False}).values(name)
        found += [(name, merge) for merge in merges.exclude(pk__in=seen).order_by("pk")]
    return found


def _day(delivery: Delivery | None) -> date:
    """The day a counting is seen on: when the delivery was received; for everyone today, but at first when the newest was."""
    seen = delivery
    if seen is None and not Recount.objects.exists():
        seen = Delivery.objects.filter(status="received").order_by("-received_at").first()
    return timezone.localtime(seen.received_at if seen else timezone.now()).date()


def _last_day() -> date | None:
    """The last day seen: everyone's standing on it is what the change rows add up to."""
    return Recount.objects.order_by("-day").values_list("day", flat=True).first()


def _is_later(day: date, seen: date | None) -> bool:
    return seen is not None and seen < day


def _see_in(day: date, at: datetime, law: Catalogue) -> date:
    """See in the days up to this one, with what is known until now. Answers the last day seen, which may be a later one."""
    seen = _last_day()
    if not _is_later(day, seen):
        return seen or day
    values = {"seen": seen, "until": day, "at": at, "catalogue": law.hash}
    with connection.cursor() as cursor:
        cursor.execute(statements.TURN_DAYS, values)
    return day


def _recount(turn: _Round, scope: _Scope, at: datetime, moved: bool = True) -> Recount:
    """Count, store the difference, and write down who moved (`moved` false: nobody did, all are new)."""
    people = scope.people
    fresh = count(turn.law, turn.versions.rows, people, scope.keys, turn.say)
    turn.say("write", 0.6)
    difference = compare(fresh, people, scope.keys)
    store(difference, at)
    row = Recount.objects.create(
        at=at,
        day=scope.day,
        cause=scope.cause,
        delivery=scope.delivery,
        merged=scope.merged,
        unmerged=scope.unmerged,
        everyone=people is None and scope.keys is None,
        catalogue=turn.law.hash,
        people=len(people) if people is not None else questions.number_of_people(),
        spells_new=int(difference.new.sum()),
        spells_closed=len(difference.outdated),
    )
    if moved:
        write_changes(row, difference)
    _stamp(turn, at)
    note(
        by=turn.by,
        action="recount",
        object=f"recount {row.pk}: {row.spells_new} new, {row.spells_closed} closed",
    )
    turn.say("write", 1.0)
    return row


def _stamp(turn: _Round, at: datetime) -> None:
    """Say of the adopted versions in this book that they are counted."""
    Adoption.objects.filter(pk__in=turn.adopted, counted_at=None).update(counted_at=at)
