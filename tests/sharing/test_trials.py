"""The workshop's numbers: for whom, with a line in the log, and never one that points at a few."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.membership.definitions import book
from helhed.membership.trial import Outcome
from helhed.periods import Span
from helhed.rules.criteria import Age
from helhed.rules.spells import from_columns, replay
from helhed.sharing import protection, trials
from helhed.sharing.answers import NoAccess

persons = st.integers(0, 400)
thresholds = st.sampled_from([3, 5, 10, 25])
NOTHING = replay(from_columns(("*",), [], [], [], [], [], people=1), 0, Span(0, 10), None, None)


@given(persons, persons, thresholds)
def test_no_two_numbers_differ_by_less_than_the_threshold(one, other, limit):
    shown = [protection.drawn(n, limit) for n in (one, other)]
    values = [count.value for count in shown if count.value is not None]
    assert all(value == 0 or value >= limit for value in values)
    if len(values) == 2 and values[0] != values[1]:
        assert abs(values[0] - values[1]) >= limit


@given(persons, thresholds)
def test_few_are_hidden_and_none_is_none(number, limit):
    shown = protection.drawn(number, limit)
    assert shown.hidden == (0 < number < limit)
    assert (shown.value == 0) == (number == 0)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 400), thresholds)
def test_where_few_come_or_leave_the_others_are_not_said_to_be_none(coming, leaving, staying, limit):
    """Else the base's exact size, which the mapping shows, and the draft's would tell how many they are."""
    shown = trials._moved(outcome(coming, leaving, staying), limit)
    few = [0 < number < limit for number in (coming, leaving)]
    if any(few):
        assert all(count.value != 0 for count in shown)
    assert [count.hidden for count, hidden in zip(shown, few, strict=True) if hidden] == [True] * sum(few)


def outcome(coming, leaving, staying):
    return Outcome(coming + staying, 0, leaving + staying, staying, [], None, {}, {}, NOTHING, 1000, 0)


def test_the_curve_has_no_numbers_where_the_facts_do_not_reach():
    found = outcome(0, 0, 0)._replace(curve=[0, 0, 40], base_curve=[0, 7, 50], since=20)
    points = trials._curve([10, 20, 30], found, 5)
    assert [(p.size.mark, p.base.mark) for p in points] == [("none", "none"), ("", ""), ("", "")]
    assert [p.size.value for p in points] == [None, 0, 40]


@pytest.fixture
def staff(db):
    for name, role, side in (
        ("anders", "analyst", ""),
        ("lene", "leader", "sof"),
        ("dorte", "steward", ""),
        ("bente", "caseworker", "bif"),
        ("ulla", "committee", ""),
    ):
        appoint(by=SYSTEM, login=Login(name, name.title(), role, side), password="kun-til-denne-test")
    return {user.username: user for user in User.objects.all()}


def asked(by, base=None):
    return trials.impact(criteria=Age(18), on=date(2026, 1, 1), base=base, grace="P6M", by=by, language="da")


@pytest.mark.parametrize("name", ["anders", "lene", "dorte"])
def test_a_look_is_a_line_in_the_log(staff, name):
    found = asked(staff[name], "5A")
    assert found.base_key == "5A" and found.base_label == book().label("groups", "5A", "da")
    line = Event.objects.get(action="trial")
    assert (line.actor, line.outcome, line.object) == (name, "allowed", "5A 2026-01-01")


@pytest.mark.parametrize("name", ["bente", "ulla"])
def test_others_see_no_numbers_and_the_try_is_logged(staff, name):
    with pytest.raises(NoAccess):
        asked(staff[name])
    assert Event.objects.get(action="trial").outcome == "denied"


def test_an_unknown_base_is_a_lookup_error(staff):
    with pytest.raises(LookupError):
        asked(staff["anders"], "5Å")


def test_the_curve_has_the_months_of_ten_years_today_and_the_day(staff):
    days = [point.on for point in asked(staff["anders"]).curve]
    assert days == sorted(set(days)) and date(2026, 1, 1) in days
    assert sum(day.day == 1 for day in days) >= 121


def test_every_model_the_hoi_groups_and_the_shared_are_there(staff):
    keys = {overlap.key for overlap in asked(staff["anders"]).overlaps}
    assert {"HOI-SKAL", "FAELLES", "5A", "1A", "8D"} <= keys and "KORT-1" not in keys
