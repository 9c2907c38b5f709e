"""Writing the files: semicolons, Windows-1252, lines that end in CR LF, one header; piece by piece."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.periods import date_of
from helhed.synthetic.deliveries import MARK
from helhed.synthetic.dirt import spoiled
from helhed.synthetic.sheets import Columns, Sheet

_PIECE = 200_000  # rows held as text at a time
_ENCODING = "cp1252"


def write_full(sheet: Sheet, folder: Path, day: int, plain: NDArray[np.bool_], seed: int) -> int:
    """Every row the source has on a day; answers how many lines were written, spoiled ones included.

    `plain` tells whose rows may be copied and spoiled.
    """
    rows = np.flatnonzero(sheet.record.seen(day))
    path = folder / f"{sheet.name}_FULD_{_stamp(day)}.csv"
    return _write(path, sheet, sheet.header, _pieces(sheet, rows, day), plain, seed)


def write_delta(
    sheet: Sheet, folder: Path, days: tuple[int, int], plain: NDArray[np.bool_], seed: int
) -> int:
    """What has changed from one day to another: one more column first, with O, R or S. No file if nothing has."""
    marks = sheet.record.marks(*days)
    rows = np.flatnonzero(marks != "")
    if not len(rows):
        return 0
    path = folder / f"{sheet.name}_AENDRING_{_stamp(days[1])}.csv"
    pieces = (
        (piece, {MARK: pa.array(marks[piece]), **columns}) for piece, columns in _pieces(sheet, rows, days[1])
    )
    return _write(path, sheet, (MARK, *sheet.header), pieces, plain, seed)


def _stamp(day: int) -> str:
    return date_of(day).strftime("%Y%m%d")


def _pieces(sheet: Sheet, rows: NDArray, day: int) -> Iterator[tuple[NDArray, Columns]]:
    for start in range(0, len(rows), _PIECE):
        piece = rows[start : start + _PIECE]
        yield piece, sheet.fill(piece, day)


def _write(
    path: Path, sheet: Sheet, header: tuple[str, ...], pieces: Iterator, plain: NDArray[np.bool_], seed: int
) -> int:
    rng = np.random.default_rng([seed, *path.name.encode()])
    number = 0
    with path.open("wb") as file:
        file.write((";".join(header) + "\r\n").encode(_ENCODING))
        for rows, columns in pieces:
            lines = pc.binary_join_element_wise(*columns.values(), ";")
            bad = spoiled(sheet, columns, plain[sheet.record.rows.person[rows]], rng)
            file.write(_bytes(_among(lines, bad, rng)))
            number += len(lines) + len(bad)
    return number


def _among(lines: pa.Array, bad: list[str], rng: np.random.Generator) -> pa.Array:
    """The lines with the bad ones put in at random places."""
    if not bad:
        return lines
    places = np.sort(rng.integers(0, len(lines) + 1, len(bad)))
    order = np.insert(np.arange(len(lines)), places, len(lines) + np.arange(len(bad)))
    return pa.concat_arrays([lines, pa.array(bad)]).take(pa.array(order))


def _bytes(lines: pa.Array) -> bytes:
    ended = pc.binary_join_element_wise(lines, "\r\n", "")
    start, stop = ended.offset, ended.offset + len(ended)
    ends = np.frombuffer(ended.buffers()[1], dtype=np.int32)
    text = ended.buffers()[2].slice(ends[start], ends[stop] - ends[start])
    return text.to_pybytes().decode("utf-8").encode(_ENCODING)
