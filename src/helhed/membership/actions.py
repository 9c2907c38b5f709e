"""Verbs of membership: count who stands in which group, see a new day in, and write down what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.membership import statements
from helhed.membership.counting import Difference, Progress, compare, count
from helhed.membership.definitions import book
from helhed.membership.models import Adoption, GroupVersion, Recount
from helhed.membership.standings import WORDS, changes
from helhed.membership.versions import Current, bring_up_to_date
from helhed.periods import OPEN, day_of
from helhed.register import questions, wire
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


@transaction.atomic
def recount(*, by: Actor, delivery: Delivery | None = None, progress: Progress | None = None) -> Recount:
    """Count everyone, or the families a delivery touched, and bring spells and change rows up to date.

    Changes are seen on the last day seen, which is brought up to the day the delivery was received (else today) first,
    with what was known until now. The first count of all writes no change rows: nobody moved. Groups whose versions have
    changed are counted for everyone before. `progress` is called with a step's name and the share done.
    """
    say = progress or (lambda step, share: None)
    at, versions = _begin()
    first = not Recount.objects.exists()
    day = _see_in(_day(delivery), at)
    people = _whom(delivery)
    if versions.changed and people is not None:
        _recount(by, _Scope(Recount.GROUPS, None, versions.changed, day), versions, at, say)
        at = _later(at)
    cause = Recount.EVERYONE if delivery is None else Recount.DELIVERY
    scope = _Scope(cause, people, None, day, delivery=delivery.pk if delivery else None)
    return _recount(by, scope, versions, at, say, moved=not first)


@transaction.atomic
def recount_definitions(*, by: Actor, progress: Progress | None = None) -> Recount | None:
    """Count everyone in the groups whose versions are not those counted last, after an adoption for example.

    Answers None where no version changed, or nobody has been counted yet.
    """
    if not Recount.objects.filter(everyone=True).exists():
        return None
    at, versions = _begin()
    if not versions.changed:
        _stamp(at)
        return None
    day = _see_in(timezone.localdate(), at)
    scope = _Scope(Recount.GROUPS, None, versions.changed, day)
    return _recount(by, scope, versions, at, progress or (lambda step, share: None))


@transaction.atomic
def recount_merged(*, by: Actor) -> list[Recount]:
    """Count the persons of merges, and of merges undone, that have not been counted since; one counting for each."""
    if not Recount.objects.filter(everyone=True).exists():
        return []
    at, versions = _begin()
    day = _see_in(timezone.localdate(), at)
    done = []
    for name, merges in (("merged", Merge.objects.all()), ("unmerged", Merge.objects.exclude(known_to=None))):
        seen = Recount.objects.filter(**{f"{name}__isnull": False}).values(name)
        for merge in merges.exclude(pk__in=seen).order_by("pk"):
            people = questions.families_of([merge.kept_id, merge.gone_id])
            scope = _Scope(Recount.PEOPLE, people, None, day, **{name: merge.pk})
            done.append(_recount(by, scope, versions, at, lambda step, share: None))
            at = _later(at)
    return done


@transaction.atomic
def turn_day(*, by: Actor, today: date | None = None) -> list[Recount]:
    """See in the days up to today: for each a counting, with a change row for everyone whose standing differs from the
    day before's. Answers the countings; none if the day was seen before, or nobody has been counted yet.
    """
    if not Recount.objects.exists():
        return []
    at = _moment()
    before = _last_day()
    until = _see_in(today or timezone.localdate(), at)
    if until == before:
        return []
    turned = list(Recount.objects.filter(cause=Recount.DAY, day__gt=before).order_by("day"))
    note(by=by, action="turn-day", object=f"{len(turned)} days to {until}")
    return turned


def _begin() -> tuple[datetime, Current]:
    at = _moment()
    return at, bring_up_to_date(book())


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


def _day(delivery: Delivery | None) -> date:
    """The day a counting is seen on: when the delivery was received; for everyone today, but at first when the newest was."""
    seen = delivery
    if seen is None and not Recount.objects.exists():
        seen = Delivery.objects.filter(status="received").order_by("-received_at").first()
    return timezone.localtime(seen.received_at if seen else timezone.now()).date()


def _last_day() -> date | None:
    """The last day seen: everyone's standing on it is what the change rows add up to."""
    return Recount.objects.order_by("-day").values_list("day", flat=True).first()


def _see_in(day: date, at: datetime) -> date:
    """See in the days up to this one, with what is known until now. Answers the last day seen, which may be a later one."""
    seen = _last_day()
    if seen is None or seen >= day:
        return seen or day
    values = {"seen": seen, "until": day, "at": at, "catalogue": book().hash}
    with connection.cursor() as cursor:
        cursor.execute(statements.TURN_DAYS, values)
    return day


def _recount(
    by: Actor, scope: _Scope, versions: Current, at: datetime, say: Progress, moved: bool = True
) -> Recount:
    """Count, store the difference, and write down who moved (`moved` false: nobody did, all are new)."""
    people = scope.people
    fresh = count(book(), versions.rows, people, scope.keys, say)
    say("write", 0.6)
    difference = compare(fresh, people, scope.keys)
    _store(difference, at)
    row = Recount.objects.create(
        at=at,
        day=scope.day,
        cause=scope.cause,
        delivery=scope.delivery,
        merged=scope.merged,
        unmerged=scope.unmerged,
        everyone=people is None and scope.keys is None,
        catalogue=book().hash,
        people=len(people) if people is not None else questions.number_of_people(),
        spells_new=int(difference.new.sum()),
        spells_closed=len(difference.outdated),
    )
    if moved:
        _write_changes(row, difference)
    _stamp(at)
    note(
        by=by, action="recount", object=f"recount {row.pk}: {row.spells_new} new, {row.spells_closed} closed"
    )
    say("write", 1.0)
    return row


def _store(difference: Difference, at: datetime) -> None:
    """Close what no longer holds, then add what is new."""
    if len(difference.outdated):
        with connection.cursor() as cursor:
            cursor.execute(
                statements.CLOSE_WHAT_NO_LONGER_HOLDS, {"at": at, "ids": difference.outdated.tolist()}
            )
    new = difference.fresh.of(np.flatnonzero(difference.new))
    if len(new.person):
        columns = {
            "person_id": new.person,
            "version_id": new.version,
            "certain": new.certain,
            "start": _days(new.start),
            "end": _days(new.end),
            "known_from": _repeated(at.isoformat(), len(new.person)),
        }
        wire.put("membership_spell", pa.table(columns))


def _write_changes(row: Recount, difference: Difference) -> None:
    if not (difference.closed.any() or difference.new.any()):
        return
    key_of = dict(GroupVersion.objects.values_list("pk", "key"))
    keys = sorted(set(key_of.values()))
    found = changes(difference, {pk: keys.index(key) for pk, key in key_of.items()}, day_of(row.day))
    if len(found.person):
        size = len(found.person)
        columns = {
            "recount_id": np.full(size, row.pk),
            "person_id": found.person,
            "group_key": pa.DictionaryArray.from_arrays(pa.array(found.key), keys).cast(pa.string()),
            "what": pa.DictionaryArray.from_arrays(pa.array(found.what), list(WORDS)).cast(pa.string()),
            "on": _days(found.on),
            "found_at": _repeated(row.at.isoformat(), size),
        }
        wire.put("membership_change", pa.table(columns))


def _stamp(at: datetime) -> None:
    """Say of the adopted versions that they are counted."""
    Adoption.objects.filter(counted_at=None, at__lte=at).update(counted_at=at)


def _days(days: Sequence[int] | np.ndarray) -> pa.Array:
    return pa.array(np.asarray(days, np.int32), mask=np.asarray(days) == OPEN).cast(pa.date32())


def _repeated(text: str, size: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), [text]).cast(pa.string())
