"""One table of facts, from CSV or Parquet: the columns that must be there, the texts and the days in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from helhed.commands.exchange import csv_files
from helhed.commands.exchange.faults import FileFaultError, refused
from helhed.commands.exchange.headings import check_columns, check_types, is_text
from helhed.periods import OPEN, day_of
from helhed.rules.errors import Message

Int32s = NDArray[np.int32]

COLUMNS = {
    "people": ("person", "birth_date"),
    "spells": ("person", "kind", "code", "unit", "start", "end"),
    "relations": ("parent", "child", "start", "end"),
}
KEYS = ("person", "parent", "child")
MAY_BE_EMPTY = ("birth_date", "unit", "end")
SUFFIXES = (".csv", ".parquet")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Words:
    """A column of texts: the number of each row's text, -1 for none, and the texts by number."""

    numbers: Int32s
    texts: Any

    def where(self, is_wrong: Callable[[str], bool]) -> int | None:
        """The first row whose text is wrong, None if there is none."""
        wrong = [number for number, text in enumerate(self.texts.to_pylist()) if is_wrong(text)]
        return first(np.isin(self.numbers, wrong)) if wrong else None


@dataclass(frozen=True)
class Table:
    """The columns of one file, with the file, so that what is wrong can be told with its place."""

    name: str
    path: Path | None
    data: Any

    def fault(self, row: int, da: str, en: str) -> FileFaultError:
        """A refusal of a row, counted from 0: by its line in CSV, by its number from 1 in Parquet."""
        assert self.path is not None  # an absent table has no rows  # nosec B101 - narrows a type
        return refused(self.path, da, en, self.place(row))

    def place(self, row: int) -> Message:
        """The place of a row as it is told."""
        assert self.path is not None  # nosec B101 - narrows a type
        if self.path.suffix == ".csv":
            return csv_files.line(csv_files.line_of(self.path, row))
        return Message(f"række {row + 1}", f"row {row + 1}")

    def keys(self, column: str) -> Any:
        """A column of persons' keys, as one chunked array of texts; an empty one is refused."""
        keys = self.data.column(column).cast(pa.string())
        self._refuse_bytes(column, keys)
        empty = pc.fill_null(pc.equal(keys, ""), True)
        self._refuse_empty(column, np.asarray(empty, np.bool_))
        return keys

    def words(self, column: str) -> Words:
        """A column of few distinct texts; null and "" are none, refused where the column may not be empty."""
        found = _encoded(self.data.column(column))
        self._refuse_bytes(column, found.dictionary)
        texts = found.dictionary.cast(pa.string())
        numbers = np.array(found.indices.fill_null(-1), np.int32)
        nothing = pc.index(texts, "").as_py()
        if nothing >= 0:
            numbers[numbers == nothing] = -1
        self._refuse_empty(column, numbers < 0)
        return Words(numbers, texts)

    def days(self, column: str) -> Int32s:
        """A column of days; OPEN where it is empty and may be. A text that is no day is refused."""
        data = self.data.column(column)
        if pa.types.is_date(data.type):
            days = data.cast(pa.date32()).combine_chunks().cast(pa.int32())
            self._refuse_empty(column, np.asarray(days.is_null()))
            return np.array(days.fill_null(OPEN), np.int32)
        words = self.words(column)
        by_number = [_day(text) for text in words.texts.to_pylist()]
        wrong = words.where(lambda text: _day(text) is None)
        if wrong is not None:
            text = words.texts[int(words.numbers[wrong])].as_py()
            raise self.fault(
                wrong,
                f"»{text}« i kolonnen {column} er ikke en dag. Skriv den som 2022-06-01.",
                f'"{text}" in the column {column} is not a day. Write it as 2022-06-01.',
            )
        # the number -1 of an empty field is the last of the list
        return np.array([*(OPEN if day is None else day for day in by_number), OPEN], np.int32)[words.numbers]

    def _refuse_empty(self, column: str, empty: NDArray[np.bool_]) -> None:
        if column not in MAY_BE_EMPTY and (row := first(empty)) is not None:
            raise self.fault(
                row,
                f"Kolonnen {column} er tom. Udfyld den, eller fjern rækken.",
                f"The column {column} is empty. Fill it in, or remove the row.",
            )

    def _refuse_bytes(self, column: str, texts: Any) -> None:
        try:
            texts.validate(full=True)
        except pa.ArrowInvalid:
            assert self.path is not None  # nosec B101 - narrows a type
            raise refused(
                self.path,
                f"Kolonnen {column} er ikke gemt som UTF-8. Gem den som UTF-8.",
                f"The column {column} is not saved as UTF-8. Save it as UTF-8.",
            ) from None


def first(mask: NDArray[np.bool_]) -> int | None:
    """The first row for which a mask holds."""
    row = int(mask.argmax()) if len(mask) else 0
    return row if len(mask) and mask[row] else None


def read_table(folder: Path, name: str, *, may_be_missing: bool = False, others: bool = False) -> Table:
    """The table `name` of a folder, from its CSV or Parquet file. FileFaultError if it cannot be used.

    `may_be_missing`: without a file the table has no rows. `others`: columns of which nothing is known are
    read too.
    """
    path = _file(folder, name, may_be_missing)
    if path is None:
        empty = pa.chunked_array([], pa.string())
        return Table(name, None, pa.table(dict.fromkeys(COLUMNS[name], empty)))
    return Table(name, path, _read(path, name, others))


def _file(folder: Path, name: str, may_be_missing: bool) -> Path | None:
    found = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").exists()]
    if len(found) > 1:
        raise refused(
            folder,
            f"Her er både {name}.csv og {name}.parquet. Behold den ene.",
            f"Here are both {name}.csv and {name}.parquet. Keep one of them.",
        )
    if found:
        if not found[0].is_file():
            raise refused(
                found[0],
                "Det er ikke en fil. Læg tabellen i én fil.",
                "This is not a file. Put the table into one file.",
            )
        return found[0]
    if folder.is_file():
        raise refused(
            folder,
            "Det er en fil. Nævn mappen med people, spells og relations.",
            "This is a file. Name the folder with people, spells and relations.",
        )
    if not folder.is_dir():
        raise refused(folder, "Mappen findes ikke. Ret stien.", "The folder is not there. Correct the path.")
    others = {path.stem: path.name for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES}
    stems = [stem for stem in others if stem not in COLUMNS]
    near = get_close_matches(name, stems, 1, 0.8 if may_be_missing else 0.5)
    if may_be_missing and not near:
        return None
    hint = (f" Mente du »{others[near[0]]}«?", f' Did you mean "{others[near[0]]}"?') if near else ("", "")
    raise refused(
        folder,
        f"Her mangler {name}.csv eller {name}.parquet.{hint[0]}",
        f"{name}.csv or {name}.parquet is missing here.{hint[1]}",
    )


def _read(path: Path, name: str, others: bool) -> Any:
    wanted = list(COLUMNS[name])
    if path.suffix == ".csv":
        there = csv_files.header_of(path)
        check_columns(path, wanted, there, csv_files.line(1))
        return csv_files.read_csv(path, list(dict.fromkeys(there)) if others else wanted, plain=KEYS)
    try:
        schema = pq.read_schema(path)
        check_columns(path, wanted, schema.names, None)
        check_types(path, wanted, schema)
        few = [name for name in wanted if name not in KEYS and is_text(schema.field(name).type)]
        return pq.read_table(path, columns=None if others else wanted, read_dictionary=few, partitioning=None)
    except PermissionError:
        raise
    except (pa.ArrowException, OSError):
        raise refused(
            path,
            "Filen kan ikke læses som Parquet. Skriv den igen, eller brug CSV.",
            "The file cannot be read as Parquet. Write it again, or use CSV.",
        ) from None


def _encoded(column: Any) -> Any:
    """A column of texts as one dictionary-encoded array."""
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    combined = column.unify_dictionaries().combine_chunks()
    return combined.chunk(0) if isinstance(combined, pa.ChunkedArray) else combined


def _day(text: str) -> int | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return day_of(date.fromisoformat(text))
    except ValueError:
        return None
