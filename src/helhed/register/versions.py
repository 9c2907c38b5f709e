"""The versions of a source's table that are open, what a delivery means for them, and how that is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.register import wire
from helhed.register.mapping import FACT, PEOPLE, RELATION
from helhed.register.rows import NO_AMOUNT, NO_UNIT

Places = NDArray[np.int64]
IDS_A_WRITE = 100_000


@dataclass(frozen=True)
class Content:
    """A column of what a version says: its name among checked rows and in the store, and what stands for null.

    `sparse`: the store fills in the empty text, so a column in which nothing stands need not be written.
    """

    name: str
    column: str
    kind: str
    null: int | None = None
    sparse: bool = False

    @property
    def asked(self) -> str:
        """The column as it is fetched: a day as a number, null as the number that stands for it."""
        value = f"({self.column} - date '1970-01-01')" if self.kind == "day" else self.column
        return f"coalesce({value}, {self.null})" if self.null is not None else value

    def stored(self, values: Any) -> Any:
        """A column of checked rows as it is stored."""
        if self.kind == wire.TEXT:
            return values
        plain = values.to_numpy()
        column = pa.array(plain, mask=None if self.null is None else plain == self.null)
        return column.cast(pa.date32()) if self.kind == "day" else column


@dataclass(frozen=True)
class Shape:
    """A table of versions: its name, its content, and which columns are persons."""

    table: str
    content: tuple[Content, ...]
    persons: tuple[str, ...]

    @property
    def fetched(self) -> dict[str, str]:
        """The kinds of the columns of open versions."""
        kinds = {c.name: "int4" if c.kind == "day" else c.kind for c in self.content}
        return {"id": "int8", "source_key": wire.TEXT} | kinds


_SPAN = (Content("start", "true_from", "day"), Content("end", "true_to", "day", OPEN))
SHAPES = {
    PEOPLE: Shape(
        "register_persondetail",
        (
            Content("person", "person_id", "int8"),
            Content("given", "given_name", wire.TEXT),
            Content("family", "family_name", wire.TEXT),
            Content("birth", "birth_date", "day", OPEN),
            Content("protected", "protected", "bool"),
            Content("address", "address", wire.TEXT, sparse=True),
            Content("phone", "phone", wire.TEXT, sparse=True),
        ),
        ("person",),
    ),
    RELATION: Shape(
        "register_relation",
        (Content("parent", "parent_id", "int8"), Content("child", "child_id", "int8"), *_SPAN),
        ("parent", "child"),
    ),
    FACT: Shape(
        "register_fact",
        (
            Content("person", "person_id", "int8"),
            Content("term", "term_id", "int2"),
            Content("unit", "unit_id", "int2", NO_UNIT),
            *_SPAN,
            Content("amount", "amount_oere", "int8", NO_AMOUNT),
        ),
        ("person",),
    ),
}


class Standing:
    """The open versions of one table of a source: all, or those of some keys."""

    def __init__(self, shape: Shape, table: int, keys: Any = None) -> None:
        self.shape, self.table = shape, table
        said = ", ".join(f'{content.asked} AS "{content.name}"' for content in shape.content)
        query = f"SELECT id, source_key, {said} FROM {shape.table} WHERE table_id = %s AND known_to IS NULL"
        params: list[Any] = [table]
        if keys is not None:
            query += " AND source_key = ANY(%s)"
            params.append(keys.to_pylist())
        self.columns = wire.fetch(query, shape.fetched, params)

    def __len__(self) -> int:
        return len(self.columns["id"])

    def places(self, keys: Any) -> Places:
        """Where each key stands; -1 where it does not."""
        if not len(self):
            return np.full(len(keys), -1, np.int64)
        found = pc.index_in(keys.cast(pa.large_string()), value_set=self.columns["source_key"])
        return pc.fill_null(found, -1).to_numpy().astype(np.int64)

    def completed(self, rows: pa.Table, places: Places) -> pa.Table:
        """The rows with what their file had no column for as it stands; empty where nothing stands.

        Only text can be left out by a file.
        """
        at = pa.array(places, mask=places < 0)
        for content in self.shape.content:
            if content.name not in rows.column_names:
                stood = (
                    self.columns[content.name].take(at) if len(self) else pa.nulls(len(places), pa.string())
                )
                rows = rows.append_column(content.name, pc.fill_null(stood, ""))
        return rows

    def same(self, rows: pa.Table, places: Places) -> NDArray[np.bool_]:
        """Whether each row says what the version at its place says."""
        same = np.ones(rows.num_rows, bool)
        for content in self.shape.content:
            said, stood = rows[content.name], self.columns[content.name]
            if content.kind == wire.TEXT:
                equal = pc.equal(said.cast(pa.large_string()), stood.take(pa.array(places)))
                same &= equal.to_numpy()
            else:
                same &= said.to_numpy() == stood[places]
        return same


@dataclass(frozen=True)
class Plan:
    """What a file means for its table: places among its rows, and among the standing versions."""

    rows: pa.Table
    standing: Standing
    new: Places
    changed: Places
    outdated: Places
    unchanged: int
    deleted: Places
    closed: Places
    missing: Places


def plan(rows: pa.Table, standing: Standing, spoiled_keys: Any, *, full: bool) -> Plan:
    """Compare rows (each key once) with the standing versions.

    In a full file what is not there is closed, unless its row was rejected: then nothing new is known of it.
    `missing` are rows to be deleted that do not stand.
    """
    place = standing.places(rows["key"])
    rows = standing.completed(rows, place)
    delete = rows["delete"].to_numpy()
    there = place >= 0
    both = np.flatnonzero(there & ~delete)
    differs = ~standing.same(rows.take(pa.array(both)), place[both])
    closed = np.zeros(0, np.int64)
    if full:
        seen = np.zeros(len(standing), bool)
        seen[place[there]] = True
        spoiled = standing.places(spoiled_keys)
        seen[spoiled[spoiled >= 0]] = True
        closed = np.flatnonzero(~seen)
    return Plan(
        rows=rows,
        standing=standing,
        new=np.flatnonzero(~there & ~delete),
        changed=both[differs],
        outdated=place[both[differs]],
        unchanged=int(np.count_nonzero(~differs)),
        deleted=place[there & delete],
        closed=closed,
        missing=np.flatnonzero(~there & delete),
    )


def carry_out(plan: Plan, file: int, moment: datetime, wrote: Callable[[float], None]) -> None:
    """Close what is outdated, deleted or gone, and write what is new or changed. `wrote` hears the share written."""
    shape, standing = plan.standing.shape, plan.standing
    _close(
        shape.table,
        standing.columns["id"][np.concatenate((plan.outdated, plan.deleted, plan.closed))],
        moment,
    )
    arrived = np.concatenate((plan.new, plan.changed))
    rows = plan.rows.take(pa.array(arrived)) if len(arrived) < plan.rows.num_rows else plan.rows
    count = rows.num_rows
    once = {"table_id": standing.table, "file_id": file, "known_from": moment.isoformat()}
    written = [c for c in shape.content if not (c.sparse and _is_empty(rows[c.name]))]
    columns = {content.column: content.stored(rows[content.name]) for content in written}
    columns |= {"source_key": rows["key"], "line": rows["line"]}
    columns |= {name: pa.repeat(value, count) for name, value in once.items()}
    wire.put(shape.table, pa.table(columns), lambda so_far: wrote(so_far / count))


def _is_empty(column: Any) -> bool:
    return not pc.any(pc.not_equal(column, "")).as_py()


def _close(table: str, ids: NDArray[np.int64], moment: datetime) -> None:
    with connection.cursor() as cursor:
        for first in range(0, len(ids), IDS_A_WRITE):
            some = ids[first : first + IDS_A_WRITE].tolist()
            cursor.execute(f"UPDATE {table} SET known_to = %s WHERE id = ANY(%s)", [moment, some])


def ever_stood(table: Shape, number: int, keys: list[str]) -> set[str]:
    """Which of the keys some version of a source's table has had."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT source_key FROM {table.table} WHERE table_id = %s AND source_key = ANY(%s)",
            [number, keys],
        )
        return {row[0] for row in cursor.fetchall()}
