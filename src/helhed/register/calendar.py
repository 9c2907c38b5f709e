"""Dates of a whole column at once, from digits to days since 1 January 1970."""

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years outside these are taken for slips of the pen."""


class DateForm:
    """How a source writes dates: a pattern with dd, mm and yyyy once each, e.g. dd-mm-yyyy or yyyymmdd.

    ValueError if the pattern is not one.
    """

    def __init__(self, pattern: str) -> None:
        if not re.fullmatch(
            r"(?=.*dd)(?=.*mm)(?=.*yyyy)[^A-Za-z0-9]*((dd|mm|yyyy)[^A-Za-z0-9]*){3}", pattern
        ):
            raise ValueError(pattern)
        self.pattern = pattern
        self.width = len(pattern)
        self.at = {part: pattern.index(part) for part in ("dd", "mm", "yyyy")}
        shape = re.escape(pattern)
        for part in self.at:
            shape = shape.replace(part, f"[0-9]{{{len(part)}}}")
        self.regex = f"^{shape}$"

    def read(self, column: Any) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """The days of a string column, and where they are real days; 0 where not."""
        formed = pc.match_substring_regex(column, self.regex)
        digit = digits_of(pc.if_else(formed, column, "0" * self.width), self.width)
        year, month, day = (number_at(digit, self.at[part], len(part)) for part in ("yyyy", "mm", "dd"))
        days, real = days_of(year, month, day)
        good = formed.to_numpy(zero_copy_only=False) & real
        return np.where(good, days, 0).astype(np.int32), good


def digits_of(column: Any, width: int) -> NDArray[np.uint8]:
    """The characters of a string column whose values all have this many ASCII characters, less '0': a table."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    column = column.cast(pa.large_string())
    if not len(column):
        return np.zeros((0, width), np.uint8)
    _, offsets, data = column.buffers()
    first = np.frombuffer(offsets, np.int64)[column.offset]
    flat = np.frombuffer(data, np.uint8)[first : first + len(column) * width]
    return flat.reshape(len(column), width) - np.uint8(48)


def number_at(digit: NDArray[np.uint8], first: int, width: int) -> NDArray[np.int64]:
    """The number written by some neighbouring columns of a table of digits."""
    number = np.zeros(len(digit), np.int64)
    for place in range(first, first + width):
        number = number * 10 + digit[:, place]
    return number


def days_of(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Days since 1970 of years, months and days of month, and where they are real days of sensible years."""
    real = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(real, (year - FIRST_YEAR) * 12 + month - 1, 0)
    days = _FIRST_DAYS[months] + day - 1
    real &= days < _FIRST_DAYS[months + 1]
    return np.where(real, days, 0).astype(np.int32), real


_MONTHS = np.arange((FIRST_YEAR - 1970) * 12, (LAST_YEAR + 1 - 1970) * 12 + 1)
_FIRST_DAYS = _MONTHS.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
