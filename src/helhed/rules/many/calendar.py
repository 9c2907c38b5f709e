"""Calendar arithmetic for compiled code: the same answers as `helhed.periods`, for numbers without a class.

It is written again because compiled code can only call compiled code; a test holds the two together.
"""

from helhed.periods import OPEN
from helhed.rules.many.compiled import kernel

PLAIN, WITHIN, LASTED, ENDING = 0, 1, 2, 3
"""The time modifiers of a leaf; PLAIN is none."""

_MARCH_0 = 719468  # days from 1 March of year 0 (a year from March ends with its leap day) to 1 January 1970


@kernel
def day_from(year: int, month: int, day: int) -> int:
    shifted = year - 1 if month <= 2 else year
    leap_days = shifted // 4 - shifted // 100 + shifted // 400
    return 365 * shifted + leap_days + (153 * ((month + 9) % 12) + 2) // 5 + day - 1 - _MARCH_0


@kernel
def year_month_day(day: int) -> tuple[int, int, int]:
    cycle = (day + _MARCH_0) // 146097
    of_cycle = (day + _MARCH_0) % 146097
    year = (of_cycle - of_cycle // 1460 + of_cycle // 36524 - of_cycle // 146096) // 365
    of_year = of_cycle - (365 * year + year // 4 - year // 100)
    since_march = (5 * of_year + 2) // 153
    month = since_march + 3 if since_march < 10 else since_march - 9
    year += 400 * cycle + (1 if month <= 2 else 0)
    return year, month, of_year - (153 * since_march + 2) // 5 + 1


@kernel
def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@kernel
def plus_months(day: int, months: int) -> int:
    """The same day of the month so many months on, clamped to that month's last day; as `periods.plus_months`."""
    year, month, of_month = year_month_day(day)
    total = year * 12 + month - 1 + months
    year, month = total // 12, total % 12 + 1
    longest = 31
    if month == 2:
        longest = 29 if is_leap(year) else 28
    elif month in (4, 6, 9, 11):
        longest = 30
    return day_from(year, month, min(of_month, longest))


@kernel
def birthday(birth: int, age: int) -> int:
    year, month, of_month = year_month_day(birth)
    if month == 2 and of_month == 29 and not is_leap(year + age):
        return day_from(year + age, 3, 1)
    return day_from(year + age, month, of_month)


@kernel
def modified(modifier: int, months: int, days: int, start: int, stop: int) -> tuple[int, int]:
    """The days that `[start, stop)` counts for under a time modifier; empty if the second is not larger."""
    if modifier == PLAIN:
        return start, stop
    if modifier == LASTED:
        return (plus_months(start, months) if months else start + days), stop
    if modifier == WITHIN:
        if stop < OPEN:
            stop = plus_months(stop, months) if months else stop + days
        return start, stop
    if stop >= OPEN:
        return start, start
    return max(start, plus_months(stop, -months) if months else stop - days), stop
