"""The result as a file: written under another name and given its own only when it is whole."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from helhed.commands.exchange.faults import refused
from helhed.commands.exchange.tables import COLUMNS

ROWS_AT_ONCE = 1 << 20
SCHEMA = pa.schema(
    {
        "group": pa.string(),
        "person": pa.string(),
        "value": pa.string(),
        "start": pa.date32(),
        "end": pa.date32(),
    }
)
_NEEDS_QUOTES = '[",\\r\\n]'
Report = Callable[[str, float], None]


def check_output(path: Path, facts: Path) -> None:
    """FileFaultError if nothing could be written there, or if it would take the place of the facts of that folder."""
    if path.stem in COLUMNS and path.absolute().parent.resolve() == facts.resolve():
        raise refused(
            path,
            "Her ligger fakta selv. Giv resultatet et andet navn.",
            "This is where the facts themselves are. Give the result another name.",
        )
    if path.suffix not in (".csv", ".parquet"):
        raise refused(
            path,
            "Resultatet skrives som .csv eller .parquet. Giv filen et af de to efternavne.",
            "The result is written as .csv or .parquet. Let the file's name end in one of them.",
        )
    if path.is_dir():
        raise refused(path, "Det er en mappe. Nævn en fil.", "This is a folder. Name a file.")
    if not path.absolute().parent.is_dir():
        raise refused(
            path,
            "Mappen findes ikke. Opret den, eller vælg en anden.",
            "The folder is not there. Make it, or choose another.",
        )


def write_result(path: Path, result: Any, persons: Any, report: Report) -> None:
    """Write group, person, value, start, end, in the order given.

    result: a table with these columns, `person` as a number; persons: the keys by number.
    """
    texts = (
        [persons, result.column("group").unify_dictionaries().chunk(0).dictionary] if result.num_rows else []
    )
    with _whole(path) as file, _writer(path, file, texts) as write:
        for begin in range(0, result.num_rows, ROWS_AT_ONCE):
            report(path.name, begin / result.num_rows)
            rows = result.slice(begin, ROWS_AT_ONCE)
            at = rows.column_names.index("person")
            write(rows.set_column(at, "person", persons.take(rows.column("person"))).cast(SCHEMA))


@contextlib.contextmanager
def _writer(path: Path, file: Any, texts: list[Any]) -> Iterator[Callable[[Any], None]]:
    if path.suffix == ".csv":
        file.write(f"{','.join(SCHEMA.names)}\n".encode())
        # Arrow would put every text in quotes, needed or not
        quoted = any(pc.any(pc.match_substring_regex(keys, _NEEDS_QUOTES)).as_py() for keys in texts)
        options = pacsv.WriteOptions(include_header=False, quoting_style="needed" if quoted else "none")
        with pacsv.CSVWriter(file, SCHEMA, write_options=options) as csv_writer:
            yield csv_writer.write_table
    else:
        with pq.ParquetWriter(file, SCHEMA, compression="zstd") as parquet_writer:
            yield parquet_writer.write_table


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Any]:
    """A file beside the one wanted, which takes its name at the end of the block, or goes if the block fails."""
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        with half.open("wb") as file:
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
