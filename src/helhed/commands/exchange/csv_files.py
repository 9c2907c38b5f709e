"""CSV files of texts: read in columns by Arrow; where they are wrong, the line is found by reading again."""

import contextlib
import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv

from helhed.commands.exchange.faults import FileFaultError, refused
from helhed.rules.errors import Message

WORDS = pa.dictionary(pa.int32(), pa.string())
"""Columns are read as numbers of distinct texts: there are few days and codes, and many rows."""


def header_of(path: Path) -> list[str]:
    """The names of the columns; empty for an empty file. FileFaultError if the file does not begin as CSV does."""
    try:
        header = next((row for _, row in _rows(path)), [])
    except csv.Error:
        raise _fault(path) from None
    if not all(name.isprintable() and "\ufffd" not in name for name in header):
        raise _fault(path)
    return header


def read_csv(path: Path, columns: list[str], plain: Collection[str] = ()) -> Any:
    """These columns as a table of texts, dictionary-encoded but for the `plain` ones; an empty field is null."""
    convert = pacsv.ConvertOptions(
        column_types={name: pa.string() if name in plain else WORDS for name in columns},
        include_columns=columns,
        strings_can_be_null=True,
        null_values=[""],
    )
    try:
        return pacsv.read_csv(path, convert_options=convert)
    except pa.ArrowInvalid:
        raise _fault(path) from None


def line_of(path: Path, number: int) -> int:
    """The line on which a row begins; rows are counted from 0, without the header."""
    rows = enumerate(_rows(path), -1)
    with contextlib.suppress(csv.Error):
        return next((line for row, (line, _) in rows if row == number), number + 2)
    return number + 2


def line(number: int) -> Message:
    """The place `line 7`."""
    return Message(f"linje {number}", f"line {number}")


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on; bytes that are no text become signs."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        begins = 1
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1


def _fault(path: Path) -> FileFaultError:
    """What Arrow stumbled over: bytes that are no text, or a row that is too short or too long."""
    with path.open("rb") as file:
        for number, text in enumerate(file, 1):
            try:
                text.decode()
            except UnicodeDecodeError:
                return refused(
                    path,
                    "Filen er ikke gemt som UTF-8. Gem den som UTF-8.",
                    "The file is not saved as UTF-8. Save it as UTF-8.",
                    line(number),
                )
    expected = 0
    with contextlib.suppress(csv.Error):
        for number, row in _rows(path):
            expected = expected or len(row)
            if len(row) != expected:
                return refused(
                    path,
                    f"Rækken har {len(row)} felter, og overskriften har {expected}. Ret komma eller citationstegn.",
                    f"The row has {len(row)} fields, and the header {expected}. Correct the commas or quotes.",
                    line(number),
                )
    return refused(
        path,
        "Filen kan ikke læses som CSV. Gem den med komma mellem felterne og en række på hver linje.",
        "The file cannot be read as CSV. Save it with commas between fields and one row on each line.",
    )
