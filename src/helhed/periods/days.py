"""Days as whole numbers, and the calendar arithmetic that needs no clock.

A day is the number of days since 1 January 1970 (negative before it), in the proleptic Gregorian calendar.
The arithmetic works on plain integers, so a source's "31-12-9999" can have a month added to it.
"""

from datetime import date, datetime

OPEN = 2147483647
"""The end of an open span in arrays: the largest 32-bit whole number. In Python an open end is None."""

_ORDINAL_OF_DAY_0 = date(1970, 1, 1).toordinal()
_DAY_0_SINCE_MARCH_0 = 719468  # 1 March of year 0, where the leap day closes the year, to 1 January 1970
_DAYS_IN_400_YEARS = 146097


def day_of(when: date) -> int:
    """The day number of a calendar date. A moment (datetime) is refused: it is not a whole day."""
    if isinstance(when, datetime):
        raise TypeError(f"a day is a date without a time of day, not {when!r}")
    return when.toordinal() - _ORDINAL_OF_DAY_0


def date_of(day: int) -> date:
    """The calendar date of a day number. ValueError outside the years 1–9999."""
    return date.fromordinal(day + _ORDINAL_OF_DAY_0)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_from(year: int, month: int, day: int) -> int:
    """The day number of a year, month (1–12) and day of month."""
    shifted = year - 1 if month <= 2 else year
    month_since_march = (month + 9) % 12
    leap_days = shifted // 4 - shifted // 100 + shifted // 400
    return 365 * shifted + leap_days + (153 * month_since_march + 2) // 5 + day - 1 - _DAY_0_SINCE_MARCH_0


def year_month_day(day: int) -> tuple[int, int, int]:
    """The year, month and day of month of a day number."""
    cycle, of_cycle = divmod(day + _DAY_0_SINCE_MARCH_0, _DAYS_IN_400_YEARS)
    year_of_cycle = (of_cycle - of_cycle // 1460 + of_cycle // 36524 - of_cycle // 146096) // 365
    day_of_year = of_cycle - (365 * year_of_cycle + year_of_cycle // 4 - year_of_cycle // 100)
    month_since_march = (5 * day_of_year + 2) // 153
    day_of_month = day_of_year - (153 * month_since_march + 2) // 5 + 1
    month = month_since_march + 3 if month_since_march < 10 else month_since_march - 9
    year = 400 * cycle + year_of_cycle + (1 if month <= 2 else 0)
    return year, month, day_of_month


def plus_months(day: int, months: int) -> int:
    """The same day of the month some months later (or, if negative, earlier), clamped."""
    year, month, day_of_month = year_month_day(day)
    years, month_from_0 = divmod(month - 1 + months, 12)
    year, month = year + years, month_from_0 + 1
    return day_from(year, month, min(day_of_month, days_in_month(year, month)))


def birthday(birth: int, age: int) -> int:
    """The day on which a person born on day `birth` reaches `age`.

    Who is born on 29 February has the birthday on 1 March in a common year: the law counts a year as over
    when its last day is over. Adding months would say 28 February.
    """
    year, month, day_of_month = year_month_day(birth)
    if month == 2 and day_of_month == 29 and not is_leap(year + age):
        return day_from(year + age, 3, 1)
    return day_from(year + age, month, day_of_month)
