"""The calendar of both engines on every single day of four centuries, after which it repeats itself."""

from datetime import date, timedelta

import pytest

from helhed.periods import Duration
from helhed.periods import days as plain
from helhed.rules.many import calendar

FIRST = date(1800, 3, 1)
DAYS = 146_097
EVERY = [(FIRST + timedelta(days=n), (FIRST - date(1970, 1, 1)).days + n) for n in range(DAYS)]


@pytest.mark.parametrize("written", [plain, calendar], ids=["one", "many"])
def test_every_day_of_four_centuries(written):
    wrong = [
        when
        for when, number in EVERY
        if written.year_month_day(number) != (when.year, when.month, when.day)
        or written.day_from(when.year, when.month, when.day) != number
    ]
    assert not wrong


@pytest.mark.parametrize("written", [plain, calendar], ids=["one", "many"])
@pytest.mark.parametrize("born", [date(1904, 2, 29), date(1996, 2, 29), date(2000, 1, 29), date(2001, 3, 29)])
def test_every_birthday_up_to_the_highest_age(written, born):
    """On the day itself; for 29 February on 1 March in a common year."""
    number = (born - date(1970, 1, 1)).days
    for age in range(151):
        year = born.year + age
        leap = (date(year, 3, 1) - date(year, 2, 1)).days == 29
        when = date(year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else born.replace(year=year)
        assert written.birthday(number, age) == (when - date(1970, 1, 1)).days


def test_a_duration_is_of_days_or_of_months_and_never_of_both():
    lengths = [
        (Duration.parse(text).months, Duration.parse(text).days) for text in ("P3D", "P3W", "P3M", "P3Y")
    ]
    assert lengths == [(0, 3), (0, 21), (3, 0), (36, 0)]
