"""Deliveries and midnights in any order: the change rows add up to the standing, and nothing is told twice."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import write_notices
from helhed.coordination.advis.models import Held
from helhed.membership.actions import turn_day
from helhed.membership.models import Change, Recount
from membership.nights import BENEFIT, STUDENT, VAGUE, YOUNG, count, last_day, person, standing, told

START = date(2025, 3, 1)
KEY = "KORT-4"

benefits = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([BENEFIT, VAGUE]),
        st.integers(-40, 20),
        st.one_of(st.none(), st.integers(0, 25)),
    ),
    min_size=1,
    max_size=5,
)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), benefits),
        st.tuples(st.just("count"), st.none()),
        st.tuples(st.just("days pass"), st.integers(1, 4)),
        st.tuples(st.just("turn"), st.none()),
    ),
    min_size=2,
    max_size=9,
)


def dated(rows):
    """Benefits around the first day; a later start of the same person and text is another row."""
    found = []
    for who, text, start, length in rows:
        first = START + timedelta(days=start)
        found.append((who, text, first, None if length is None else first + timedelta(days=length)))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=benefits, then=happenings)
def test_change_rows_add_up_to_the_standing_on_every_day(nights, first, then):
    with transaction.atomic():
        count(nights.benefits(START, dated(first)))
        assert last_day() == START and not Change.objects.exists()
        baseline, day, waiting = standing(START), START, []
        for what, given_rows in then:
            if what == "deliver":
                waiting.append(nights.benefits(day, dated(given_rows)))
            elif what == "days pass":
                day += timedelta(days=given_rows)
            elif what == "turn":
                turn_day(by=SYSTEM, today=day)
            elif waiting:
                count(waiting.pop(0))
            if not waiting:
                assert told(baseline) == standing(last_day())
        for delivery in waiting:
            count(delivery)
        turn_day(by=SYSTEM, today=day)
        assert last_day() == day and told(baseline) == standing(day)
        whole = count()
        assert (whole.spells_new, whole.spells_closed) == (0, 0)
        transaction.set_rollback(True)


def changes(recount):
    return list(
        Change.objects.filter(recount=recount, group_key=KEY)
        .values_list("person_id", "what", "on")
        .order_by("pk")
    )


def test_a_spell_that_ends_is_told_on_the_day_after_its_last(nights):
    count(nights.benefits(START, [(0, BENEFIT, date(2025, 1, 1), START + timedelta(days=2))]))
    turned = turn_day(by=SYSTEM, today=START + timedelta(days=5))
    assert [row.day for row in turned] == [START + timedelta(days=n) for n in (1, 2, 3, 4, 5)]
    assert [changes(row) for row in turned] == [
        [],
        [],
        [(person(0).pk, "out", START + timedelta(days=3))],
        [],
        [],
    ]
    assert [row.people for row in turned] == [0, 0, 1, 0, 0]


def test_a_version_that_gives_way_to_another_moves_nobody_who_is_in_both(nights):
    """On 1 July 2025 the groups' second versions take over: two spells, one standing."""
    eve = date(2025, 6, 30)
    count(nights.benefits(eve, [(0, BENEFIT, date(2025, 1, 1), None)]))
    [turned] = turn_day(by=SYSTEM, today=date(2025, 7, 1))
    assert standing(eve)[person(0).pk, KEY] == standing(date(2025, 7, 1))[person(0).pk, KEY] == "in"
    assert changes(turned) == []


def test_a_day_is_seen_in_once(nights):
    count(nights.benefits(START, [(0, BENEFIT, START + timedelta(days=1), None)]))
    assert len(turn_day(by=SYSTEM, today=START + timedelta(days=1))) == 1
    rows = Change.objects.count()
    assert turn_day(by=SYSTEM, today=START + timedelta(days=1)) == []
    assert turn_day(by=SYSTEM, today=START) == []
    assert Change.objects.count() == rows > 0
    with pytest.raises(IntegrityError, match="recount_day_turned_once"), transaction.atomic():
        Recount.objects.create(
            at=Recount.objects.last().at,
            day=START + timedelta(days=1),
            cause="day",
            everyone=False,
            people=0,
            spells_new=0,
            spells_closed=0,
        )


def test_before_anybody_is_counted_no_day_is_seen_in(db):
    assert turn_day(by=SYSTEM, today=START) == []


def test_an_age_that_is_reached_at_midnight_is_told(nights):
    """Born on 5 June 1995: on the day of turning 30 nobody delivers anything, and the group of the young is left."""
    eve = date(2025, 6, 4)
    count(nights.benefits(eve, [(YOUNG, STUDENT, date(2024, 1, 1), None)]))
    assert standing(eve)[person(YOUNG).pk, "KORT-6"] == "in"
    [turned] = turn_day(by=SYSTEM, today=date(2025, 6, 5))
    rows = Change.objects.filter(recount=turned, group_key="KORT-6").values_list("person_id", "what", "on")
    assert list(rows) == [(person(YOUNG).pk, "out", date(2025, 6, 5))]


def test_a_delivery_counted_after_midnight_sees_the_day_that_has_begun(nights):
    """Received before midnight, counted after it: what midnight told is not told again, and what it took back is."""
    count(nights.benefits(START, [(0, BENEFIT, date(2025, 1, 1), START)]))
    longer = nights.benefits(START, [(0, BENEFIT, date(2025, 1, 1), None)])
    [turned] = turn_day(by=SYSTEM, today=START + timedelta(days=1))
    assert changes(turned) == [(person(0).pk, "out", START + timedelta(days=1))]
    row = count(longer)
    assert row.day == START + timedelta(days=1)
    assert changes(row) == [(person(0).pk, "in", date(2025, 1, 1))]


def test_a_delivery_sees_the_days_before_it_in_first(nights):
    """Three days nobody counted: they are told with what was known then, and the delivery only with what it changed."""
    count(nights.benefits(START, [(0, BENEFIT, date(2025, 1, 1), START + timedelta(days=1))]))
    later = START + timedelta(days=3)
    row = count(nights.benefits(later, [(0, BENEFIT, date(2025, 1, 1), START)]))
    days = Recount.objects.filter(cause="day").order_by("day")
    assert [day.day for day in days] == [START + timedelta(days=n) for n in (1, 2, 3)]
    assert [changes(day) for day in days] == [[], [(person(0).pk, "out", START + timedelta(days=2))], []]
    assert changes(row) == [(person(0).pk, "corrected", START + timedelta(days=1))]


def test_notices_read_a_new_day_as_any_other_counting(nights):
    count(nights.benefits(START, [(0, BENEFIT, date(2025, 1, 1), START)]))
    [turned] = turn_day(by=SYSTEM, today=START + timedelta(days=1))
    write_notices(by=SYSTEM)
    assert Held.objects.filter(recount=turned.pk).exists()
    assert write_notices(by=SYSTEM) == 0


def test_the_order_of_persons_and_rows_does_not_matter(nights):
    rows = dated([(who, BENEFIT, start, 9) for who in range(3) for start in (-30, -5)])
    count(nights.benefits(START, rows))
    shuffled = random.Random(7).sample(rows, len(rows))
    row = count(nights.benefits(START, shuffled))
    assert (row.spells_new, row.spells_closed) == (0, 0)
