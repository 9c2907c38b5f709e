"""Many rows at once between PostgreSQL and columns in memory.

Reading row by row costs 3 µs a row in the driver alone; here the server strings the rows together and sends one
value, which is a table already (measured: one million rows of five columns in 0.3 s, by COPY 2.9 s).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from psycopg import Cursor
from pyarrow import csv

FIXED = {"int8": ">i8", "int4": ">i4", "int2": ">i2", "bool": ">i1"}
TEXT = "text"
ROWS_A_WRITE = 50_000


def fetch(
    query: str, columns: Mapping[str, str], params: Sequence[Any] | Mapping[str, Any] = ()
) -> dict[str, Any]:
    """The rows of a query: numpy columns for int8, int4, int2 and bool, Arrow large strings for text; no nulls.

    Up to about 50 million rows: PostgreSQL's longest value is 1 GB.
    """
    texts = [name for name, kind in columns.items() if kind == TEXT]
    parts = [_send(f'"{name}"', kind) for name, kind in columns.items()]
    wanted = [
        f"string_agg({' || '.join(parts)}, ''::bytea)",
        *[f"string_agg(\"{name}\", '')" for name in texts],
    ]
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        Cursor(connection.connection) as cursor,
    ):  # Django's own cannot do binary
        cursor.execute(f"SELECT {', '.join(wanted)} FROM ({query}) fetched", params, binary=True)
        packed, *written = [value or b"" for value in _values(cursor)]
    shape = np.dtype([(name, FIXED.get(kind, ">i4")) for name, kind in columns.items()])
    rows = np.frombuffer(packed, shape)
    native = {name: rows[name].astype(rows[name].dtype.newbyteorder("=")) for name in columns}
    for name, data in zip(texts, written, strict=True):
        native[name] = _strings(native[name], data)
    return native | {name: native[name].astype(bool) for name, kind in columns.items() if kind == "bool"}


def put(table: str, rows: pa.Table, wrote: Callable[[int], None] = lambda count: None) -> None:
    """Write an Arrow table whose columns are named as the table's; a null is a null. `wrote` hears how many so far."""
    columns = ", ".join(f'"{name}"' for name in rows.column_names)
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)"
    options = csv.WriteOptions(include_header=False)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for first in range(0, rows.num_rows, ROWS_A_WRITE):
            sink = pa.BufferOutputStream()
            csv.write_csv(rows.slice(first, ROWS_A_WRITE), sink, options)
            copy.write(memoryview(sink.getvalue()))
            wrote(min(first + ROWS_A_WRITE, rows.num_rows))


def _values(cursor: Cursor[Any]) -> list[bytes | None]:
    """The values of the one row answered, as they came."""
    result = cursor.pgresult
    return [result.get_value(0, i) for i in range(result.nfields)] if result else []


def _send(name: str, kind: str) -> str:
    if kind == TEXT:
        return f"int4send(octet_length({name}))"
    return f"{kind}send({name}::{kind})"


def _strings(lengths: Any, data: bytes) -> Any:
    offsets = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    return pa.LargeStringArray.from_buffers(len(lengths), pa.py_buffer(offsets.tobytes()), pa.py_buffer(data))
