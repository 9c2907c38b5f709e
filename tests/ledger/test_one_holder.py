"""Whatever happens to the ledger, each part of a citizen's has exactly one holder at every instant since it was opened."""

from bisect import bisect_left
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhed.audit.actions import SYSTEM
from helhed.sharing.ledger import actions, standing
from helhed.sharing.ledger.models import PARTS, Holding, Worker
from ledger.made_up import employed, opened

UNITS = ("bif/ungeenhed", "bif/ydelsesservice", "sof", "sof/driftscenter-1", "sof/driftscenter-4/voksne")
people = st.integers(0, 2)
parts = st.sampled_from(PARTS)
units = st.sampled_from(UNITS)
events = st.lists(
    st.one_of(
        st.tuples(st.just("move"), people, st.dictionaries(parts, units, max_size=4)),
        st.tuples(
            st.just("many"), st.lists(st.tuples(people, parts, units), max_size=6, unique_by=lambda m: m[:2])
        ),
        st.tuples(st.just("worker"), people, parts),
        st.tuples(st.just("stopped"), people, st.dictionaries(parts, units, max_size=4)),
    ),
    max_size=15,
)


class Stopped(Exception):
    """The program was stopped in the middle."""


def happen(event, persons):
    kind, *told = event
    if kind == "many":
        moves = [(persons[number], part, unit) for number, part, unit in told[0]]
        actions.move_many(by=SYSTEM, moves=moves, ground="omorganisering", ref=uuid4())
    elif kind == "worker":
        person, part = persons[told[0]], told[1]
        unit = standing.holders(person)[part].unit
        actions.take_on(by=SYSTEM, person=person, part=part, username=WORKERS[unit.split("/")[0]])
    else:
        with transaction.atomic():
            actions.move(by=SYSTEM, person=persons[told[0]], to=told[1], ground="omorganisering", ref=uuid4())
            if kind == "stopped":
                raise Stopped


WORKERS = {"bif": "for-bif", "sof": "for-sof"}


def one_at_every_instant(person):
    for part in PARTS:
        rows = list(Holding.objects.filter(person_key=person, part=part).order_by("since"))
        starts = [row.since for row in rows]
        moments = [at + step for at in starts for step in (timedelta(0), timedelta(microseconds=1))]
        for at in moments:
            held = [row for row in rows if row.since <= at and (row.until is None or at < row.until)]
            assert len(held) == 1, (part, at, rows)
            assert held[0] == rows[bisect_left(starts, at + timedelta(microseconds=1)) - 1]
        assert [row.until for row in rows] == [*starts[1:], None]


@pytest.fixture
def staff(db):
    for side, username in WORKERS.items():
        employed(username, side)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events)
def test_each_part_has_one_holder_at_every_instant(staff, happenings):
    with transaction.atomic():
        persons = [opened() for _ in range(3)]
        for event in happenings:
            try:
                happen(event, persons)
            except Stopped:
                continue
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS holding_is_followed IMMEDIATE")
        for person in persons:
            one_at_every_instant(person)
            held = standing.holders(person)
            for worker in Worker.objects.filter(person_key=person, until__isnull=True):
                assert worker.unit == held[worker.part].unit
        transaction.set_rollback(True)
