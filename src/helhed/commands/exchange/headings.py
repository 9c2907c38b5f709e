"""The columns of a file before its rows are read: are those there that must be, and do they hold what they should."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa

from helhed.commands.exchange.faults import refused
from helhed.rules.errors import Message

DAYS = ("birth_date", "start", "end")


def check_columns(path: Path, wanted: list[str], there: list[str], at: Message | None) -> None:
    """FileFaultError, at a place, if a column that is wanted is not there, or there twice."""
    for column in wanted:
        if there.count(column) > 1:
            raise refused(
                path,
                f"Kolonnen {column} står to gange. Behold den ene.",
                f"The column {column} is there twice. Keep one of them.",
                at,
            )
        if column not in there:
            near = get_close_matches(column, [other for other in there if other not in wanted], 1, 0.6)
            hint = (f"Mente du »{near[0]}«?", f'Did you mean "{near[0]}"?') if near else _columns(there)
            raise refused(
                path,
                f"Kolonnen {column} mangler. {hint[0]}",
                f"The column {column} is missing. {hint[1]}",
                at,
            )


def _columns(there: list[str]) -> tuple[str, str]:
    listed = ", ".join(there[:12])
    if not listed:
        return "Filen er tom.", "The file is empty."
    return f"Filen har: {listed}.", f"The file has: {listed}."


def check_types(path: Path, wanted: list[str], schema: Any) -> None:
    """FileFaultError if a column of a Parquet file holds neither texts nor, where days belong, days."""
    for column in wanted:
        kind = schema.field(column).type
        is_day = column in DAYS
        if is_text(kind) or pa.types.is_null(kind) or (is_day and pa.types.is_date(kind)):
            continue
        raise refused(
            path,
            f"Kolonnen {column} har typen {kind}. Gem den som {'datoer (date32)' if is_day else 'tekst'}.",
            f"The column {column} is of type {kind}. Save it as {'dates (date32)' if is_day else 'text'}.",
        )


def is_text(kind: Any) -> bool:
    """Whether a type of column is text, dictionary-encoded or not."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
