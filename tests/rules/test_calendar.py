"""The calendar of compiled code is that of `periods`."""

import random

import pytest

from helhed import periods
from helhed.periods import OPEN, Duration, day_of
from helhed.rules.criteria import Leaf
from helhed.rules.many import calendar
from helhed.rules.one.leaves import modified
from rules.words import day


def test_every_day_of_eight_years_and_any_number_of_months():
    for start in range(day("2019-12-01"), day("2028-03-02")):
        for months in (-25, -12, -6, -1, 1, 2, 6, 12, 119):
            assert calendar.plus_months(start, months) == periods.plus_months(start, months)


def test_every_birthday_of_those_born_around_leap_days():
    for year in (1896, 1900, 1999, 2000, 2004, 2023):
        for birth in range(day(f"{year}-02-26"), day(f"{year}-03-03")):
            for age in (0, 1, 4, 18, 30, 100):
                assert calendar.birthday(birth, age) == periods.birthday(birth, age)


@pytest.mark.parametrize(
    ("name", "number"),
    [("within", calendar.WITHIN), ("lasted", calendar.LASTED), ("ending_within", calendar.ENDING)],
)
def test_a_modifier_gives_the_same_days_in_both_engines(name, number):
    chance = random.Random(7)
    for _ in range(2000):
        duration = Duration(chance.choice([1, 2, 6, 14]), chance.choice("DWMY"))
        start = chance.randrange(day("2023-01-01"), day("2025-01-01"))
        end = chance.choice([None, start + chance.randrange(1, 900)])
        found = calendar.modified(number, duration.months, duration.days, start, OPEN if end is None else end)
        span = modified(Leaf("benefit", **{name: duration}), periods.Span(start, end))
        assert (span and (span.start, span.stop)) == (found if found[0] < found[1] else None)


def test_the_last_day_of_a_source_can_be_lengthened():
    last = day_of(periods.date_of(day("9999-12-31")))
    assert calendar.plus_months(last, 999_999 * 12) < OPEN
