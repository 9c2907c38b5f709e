"""Columns of Arrow tables as plain numbers, checked; and what is said of those that do not fit."""

from typing import Any

import numpy as np
import pyarrow as pa

from helhed.periods import OPEN
from helhed.rules.errors import Message, RefusedError
from helhed.rules.facts import ends_before_start
from helhed.rules.many.shapes import Int32s


def spans_of(table: Any, name: str, person: str) -> tuple[Int32s, Int32s]:
    """The starts and ends of a table, checked: every row starts, and ends after its start."""
    starts = days_of(table, name, "start")
    if starts.null_count:
        raise empty_value(name, "start")
    start, end = as_int32(starts), as_int32(days_of(table, name, "end").fill_null(OPEN))
    wrong = end <= start
    if wrong.any():
        at = int(np.argmax(wrong))
        raise RefusedError(ends_before_start(name, column_of(table, name, person)[at].as_py()))
    return start, end


def days_of(table: Any, name: str, column: str) -> Any:
    days = flat(column_of(table, name, column))
    if pa.types.is_null(days.type):
        return days.cast(pa.int32())
    if pa.types.is_date64(days.type):
        days = days.cast(pa.date32())
    if pa.types.is_date32(days.type) or pa.types.is_integer(days.type):
        return days.cast(pa.int32())
    raise wrong_type(name, column, days.type)


def column_of(table: Any, name: str, column: str) -> Any:
    if column not in table.column_names:
        raise RefusedError(
            Message(
                f"Kolonnen {column} mangler i {name}. Tilføj den.",
                f"The column {column} is missing in {name}. Add it.",
            )
        )
    return table.column(column)


def flat(column: Any) -> Any:
    """One array of plain values, whether the column came in chunks or dictionary-encoded."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def as_int32(values: Any) -> Int32s:
    """A fresh, writable array: compiled code knows one shape of column, not one per way of obtaining it."""
    return np.array(values, np.int32)


def empty_value(name: str, column: str) -> RefusedError:
    return RefusedError(
        Message(
            f"Kolonnen {column} i {name} har en tom værdi. Udfyld den, eller fjern rækken.",
            f"The column {column} in {name} has an empty value. Fill it in, or remove the row.",
        )
    )


def wrong_type(name: str, column: str, kind: object) -> RefusedError:
    return RefusedError(
        Message(
            f"Kolonnen {column} i {name} har typen {kind}. Brug hele tal eller tekst; til dage date32.",
            f"The column {column} in {name} is of type {kind}. Use whole numbers or text; for days date32.",
        )
    )
