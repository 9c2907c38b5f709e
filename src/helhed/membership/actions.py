"""Verbs of membership: count who stands in which group, and write down what changed."""

from collections.abc import Callable
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.utils import timezone
from pyarrow import csv

from helhed.audit.actions import Actor, note
from helhed.law import Catalogue, catalogue
from helhed.membership import statements
from helhed.membership.models import Recount
from helhed.membership.versions import bring_up_to_date
from helhed.periods import Span, day_of
from helhed.register import questions
from helhed.register.models import Delivery
from helhed.rules import many

FIRST_DAY = date(2008, 1, 1)
Progress = Callable[[str, float], None]
LOCK = 0x68656C68


@transaction.atomic
def recount(*, by: Actor, delivery: Delivery | None = None, progress: Progress | None = None) -> Recount:
    """Count everyone, or the families a delivery touched, and bring spells and change rows up to date.

    The day changes are seen from is the day the delivery was received, else today. The first count of all writes no
    change rows: nobody moved. `progress` is called with a step's name and the share done.
    """
    say = progress or (lambda step, share: None)
    at = _moment()
    book = catalogue()
    people = _whom(delivery)
    first = not Recount.objects.exists()
    bring_up_to_date(book)
    counted = _count(book, people, say)
    say("write", 0.6)
    new, closed = _write(counted, people, at)
    row = Recount.objects.create(
        at=at,
        delivery=delivery.pk if delivery else None,
        everyone=people is None,
        catalogue=book.hash,
        people=len(people) if people is not None else questions.number_of_people(),
        spells_new=new,
        spells_closed=closed,
    )
    if not first:
        _write_changes(row, people, _day(delivery))
    note(by=by, action="recount", object=f"recount {row.pk}: {new} new, {closed} closed")
    say("write", 1.0)
    return row


def _moment() -> datetime:
    """The time of this recount, read after the lock so that two recounts never carry the same or a wrong order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _whom(delivery: Delivery | None) -> list[int] | None:
    """The people to count: None for everyone, else those touched and their families (a child's case moves a parent)."""
    if delivery is None or delivery.touches_everyone or not Recount.objects.filter(everyone=True).exists():
        return None
    return questions.families_of(questions.touched_by(delivery))


def _day(delivery: Delivery | None) -> date:
    seen = delivery.received_at if delivery else timezone.now()
    return timezone.localtime(seen).date()


def _count(book: Catalogue, people: list[int] | None, say: Progress) -> pa.Table:
    say("read", 0.0)
    facts = questions.facts(people)
    say("count", 0.2)
    return many.evaluate(*facts, book.groups(), book.vocabulary(), Span(day_of(FIRST_DAY), None))


def _write(counted: pa.Table, people: list[int] | None, at: datetime) -> tuple[int, int]:
    """Bring the stored spells in line with the fresh ones; answers how many were added and closed."""
    scope = {"at": at, "people": people}
    with connection.cursor() as cursor:
        cursor.execute(statements.MAKE_COUNTED)
        with cursor.copy(statements.FILL_COUNTED) as copy:
            copy.write(_as_csv(counted))
        for statement in (statements.CUT_BY_VERSION, statements.INDEX_FRESH, statements.ANALYZE_FRESH):
            cursor.execute(statement)
        cursor.execute(_for(people, statements.CLOSE_WHAT_NO_LONGER_HOLDS), scope)
        closed = cursor.rowcount
        cursor.execute(_for(people, statements.ADD_WHAT_IS_NEW), scope)
        return cursor.rowcount, closed


def _as_csv(counted: pa.Table) -> pa.Buffer:
    certain = pc.equal(counted["value"].cast(pa.string()), "true")
    columns = [
        counted["group"].cast(pa.string()),
        counted["person"],
        certain,
        counted["start"],
        counted["end"],
    ]
    table = pa.table(columns, names=["group", "person", "certain", "start", "end"])
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(include_header=False))
    return sink.getvalue()


def _write_changes(row: Recount, people: list[int] | None, day: date) -> None:
    values = {"at": row.at, "day": day, "recount": row.pk, "people": people}
    with connection.cursor() as cursor:
        cursor.execute(_for(people, statements.WRITE_CHANGES), values)


def _for(people: list[int] | None, statement: str) -> str:
    return statement.format(whom=statements.EVERYONE if people is None else statements.THESE_PEOPLE)
