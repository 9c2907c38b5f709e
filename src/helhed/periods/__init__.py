"""Bedrock: days, spans of days, durations. Knows nothing of people, law or storage.

A day is a whole number (days since 1 January 1970). A span is half-open, `[start, end)`; an open end is None
in Python and `OPEN` in arrays. A duration is one number and one unit; months keep the day of the month,
clamped to the last day of the month.

    days       day_of, date_of, plus_months, birthday, OPEN
    spans      Span, union, intersection, complement, clip
    durations  Duration.parse("P6M").after(day)
"""

from helhed.periods.days import OPEN, birthday, date_of, day_of, plus_months
from helhed.periods.durations import Duration
from helhed.periods.spans import Span, clip, complement, intersection, span_of, union

__all__ = [
    "OPEN",
    "Duration",
    "Span",
    "birthday",
    "clip",
    "complement",
    "date_of",
    "day_of",
    "intersection",
    "plus_months",
    "span_of",
    "union",
]
