"""Personal numbers as they stand in files: ten digits, with or without a dash after the sixth.

The first six are a date; the seventh says which century (the table of cpr.dk, "Opbygning af CPR-nummeret"). An
erstatningspersonnummer, given to who has no CPR number, has 60 added to the day (cpr.dk, "Erstatningspersonnummer i
eksterne systemer"). The check digit is not looked at: since 1 October 2007 valid numbers are issued without it.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.register.calendar import days_of, digits_of, number_at

CPR, ERSTATNING = "cpr", "erstatning"
FORM = r"^[0-9]{6}-?[0-9]{4}$"


@dataclass(frozen=True)
class Number:
    """A personal number: its ten digits, what kind it is, and the birth date it says."""

    value: str
    kind: str
    birth_date: date

    @property
    def written(self) -> str:
        """As it is written for people: 010203-1234."""
        return f"{self.value[:6]}-{self.value[6:]}"


@dataclass(frozen=True)
class Numbers:
    """A column of numbers. `value` is 0 where `good` is false; `birth` is days since 1970; `ordinary`: not day + 60."""

    value: NDArray[np.int64]
    birth: NDArray[np.int32]
    good: NDArray[np.bool_]
    ordinary: NDArray[np.bool_]


def read_number(text: str) -> Number | None:
    """The number a text is, or None if it is none."""
    text = text.strip()
    if not re.match(FORM, text, re.ASCII) or text.endswith("\n"):
        return None
    value = text.replace("-", "")
    day, month, year, seventh = int(value[:2]), int(value[2:4]), int(value[4:6]), int(value[6])
    kind, day = (ERSTATNING, day - 60) if day > 60 else (CPR, day)
    try:
        return Number(value, kind, date(century(seventh, year) + year, month, day))
    except ValueError:
        return None


def century(seventh: int, year: int) -> int:
    """The century of a two-digit year, by the seventh digit."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def read_numbers(column: Any) -> Numbers:
    """The numbers of a string column (trimmed)."""
    formed = pc.match_substring_regex(column, FORM)
    plain = pc.replace_substring(column, "-", "")
    digit = digits_of(pc.if_else(formed, plain, "0" * 10), 10)
    value = number_at(digit, 0, 10)
    day, month, year = (number_at(digit, place, 2) for place in (0, 2, 4))
    ordinary = day <= 60
    birth, real = days_of(_CENTURIES[digit[:, 6], year] + year, month, np.where(ordinary, day, day - 60))
    good = formed.to_numpy(zero_copy_only=False) & real
    return Numbers(np.where(good, value, 0), birth, good, ordinary & good)


def text_of(value: NDArray[np.int64]) -> Any:
    """The ten digits of each number, as a string column."""
    return pc.utf8_lpad(pa.array(value).cast(pa.string()), 10, "0")


_CENTURIES = np.array([[century(seventh, year) for year in range(100)] for seventh in range(10)], np.int64)
