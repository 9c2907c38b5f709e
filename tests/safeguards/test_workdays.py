"""Working days: weekends and Danish public holidays do not count."""

from datetime import date

import pytest

from helhed.sharing.safeguards.workdays import after, easter_sunday, works


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter(day):
    assert easter_sunday(day.year) == day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 6, 5), False),  # Constitution Day
        (date(2026, 4, 2), False),  # Maundy Thursday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2023, 5, 5), False),  # Store bededag, for the last time
        (date(2024, 4, 26), True),  # where it would have been
    ],
)
def test_which_days_work(day, expected):
    assert works(day) is expected


def test_three_working_days_over_easter():
    assert after(date(2026, 4, 1), 3) == date(2026, 4, 9)


def test_the_day_itself_does_not_count():
    assert after(date(2026, 11, 16), 1) == date(2026, 11, 17)
