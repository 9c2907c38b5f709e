"""Working days in Denmark: Monday to Friday, the public holidays left out."""

from datetime import date, timedelta

FIXED = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
"""New Year's Day, Constitution Day, Christmas Eve, Christmas, New Year's Eve: the offices are closed."""
AROUND_EASTER = (-3, -2, 1, 39, 50)
"""Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday."""
PRAYER_DAY, LAST_PRAYER_DAY = 26, 2023
"""Store bededag, a public holiday until 2023 (lov nr. 214 af 06/03/2023)."""


def works(day: date) -> bool:
    """Whether a day is a working day."""
    easter = easter_sunday(day.year)
    away = (day - easter).days
    prayer = away == PRAYER_DAY and day.year <= LAST_PRAYER_DAY
    return (
        day.weekday() < 5 and (day.month, day.day) not in FIXED and away not in AROUND_EASTER and not prayer
    )


def after(day: date, days: int) -> date:
    """The day that is so many working days after a day; the day itself does not count."""
    while days:
        day += timedelta(days=1)
        days -= works(day)
    return day


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus' form of the algorithm published in Nature, 1876)."""
    century, of_century = divmod(year, 100)
    leaps, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leaps - correction + 15) % 30
    week = (32 + 2 * left + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
