from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.periods import OPEN, birthday, date_of, day_of, plus_months
from helhed.periods.days import day_from, days_in_month, year_month_day

days = st.integers(day_of(date(1600, 1, 1)), day_of(date(2800, 12, 31)))


def day(text):
    return day_of(date.fromisoformat(text))


def test_days_are_counted_from_1970():
    assert (day("1970-01-01"), day("1970-01-02"), day("1969-12-31")) == (0, 1, -1)


def test_a_moment_is_not_a_day():
    with pytest.raises(TypeError):
        day_of(datetime(2022, 6, 1, 12))


def test_open_is_later_than_any_date():
    assert day_of(date.max) < OPEN == 2**31 - 1


@given(days)
def test_the_calendar_arithmetic_is_that_of_the_standard_library(number):
    when = date_of(number)
    assert year_month_day(number) == (when.year, when.month, when.day)
    assert day_from(when.year, when.month, when.day) == number == day_of(when)


def test_the_length_of_every_month_of_four_centuries():
    for year in range(1900, 2301):
        for month in range(1, 13):
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            assert days_in_month(year, month) == last.day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-05-31", 0, "2024-05-31"),
    ],
)
def test_months_keep_the_day_of_the_month_clamped(start, months, end):
    assert plus_months(day(start), months) == day(end)


def test_a_month_can_be_added_to_a_sources_last_day():
    assert plus_months(day("9999-12-31"), 1) == day("9999-12-31") + 31


@pytest.mark.parametrize(
    ("born", "age", "reached"),
    [
        ("2004-02-29", 18, "2022-03-01"),
        ("2004-02-29", 20, "2024-02-29"),
        ("2004-02-28", 18, "2022-02-28"),
        ("2004-03-01", 18, "2022-03-01"),
        ("2004-06-15", 0, "2004-06-15"),
        ("1880-02-29", 20, "1900-03-01"),
    ],
)
def test_a_birthday_on_29_february_is_1_march_in_a_common_year(born, age, reached):
    assert birthday(day(born), age) == day(reached)
