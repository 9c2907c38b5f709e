"""From the lines of a file to its columns of text, one value a row, each trimmed."""

import csv
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from helhed.register.files import Piece


def split(
    piece: Piece, columns: tuple[str, ...], wanted: tuple[str, ...], delimiter: str
) -> tuple[dict[str, Any], NDArray[np.int64]]:
    """The wanted columns of a piece, and which of its lines are rows; the others have a wrong number of fields."""
    if not len(piece.number):
        return {name: pa.array([], pa.string()) for name in wanted}, np.zeros(0, np.int64)
    spoiled: list[int] = []

    def note(row: Any) -> str:
        spoiled.append(row.number - 1)
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(piece.text),
        arrow_csv.ReadOptions(column_names=columns, use_threads=False, block_size=len(piece.text) + 1),
        arrow_csv.ParseOptions(delimiter=delimiter, invalid_row_handler=note),
        arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
        ),
    )
    lines = len(piece.number)
    if table.num_rows + len(spoiled) != lines:  # a quote that is not closed has eaten lines
        return _split_line_by_line(piece, columns, wanted, delimiter)
    rows = np.delete(np.arange(lines), spoiled)
    return {name: _trimmed(table[name]) for name in wanted}, rows


def _split_line_by_line(
    piece: Piece, columns: tuple[str, ...], wanted: tuple[str, ...], delimiter: str
) -> tuple[dict[str, Any], NDArray[np.int64]]:
    values: dict[str, list[str]] = {name: [] for name in wanted}
    places = [columns.index(name) for name in wanted]
    rows: list[int] = []
    for i in range(len(piece.number)):
        fields = _fields(piece.line(i), delimiter)
        if len(fields) == len(columns):
            rows.append(i)
            for name, place in zip(wanted, places, strict=True):
                values[name].append(fields[place])
    return {name: _trimmed(pa.array(values[name], pa.string())) for name in wanted}, np.array(rows, np.int64)


def _fields(line: str, delimiter: str) -> list[str]:
    """The fields of one line; none if a quote is not closed."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _trimmed(column: Any) -> Any:
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.utf8_trim_whitespace(column)
