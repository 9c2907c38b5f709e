"""Tables that sort by their headers, with the order in the address so that a view can be sent to a colleague."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """A column: its name in the address, its heading, and what to sort by (None: it does not sort)."""

    name: str
    label: Promise
    by: Callable[[Any], Any] | None = None
    number: bool = False
    wide: bool = False

    @property
    def sorts(self) -> bool:
        """Whether a click on the heading sorts."""
        return self.by is not None


@dataclass(frozen=True)
class Header:
    """A column as it stands on one page: the direction it is sorted in now, and the query of the next click."""

    column: Column
    direction: str
    query: str


def sort_asked(request: HttpRequest, columns: Iterable[Column]) -> tuple[Column | None, bool]:
    """The column asked for in the address (`?sorter=-antal`) and whether it falls; None for the table's own order."""
    asked = request.GET.get("sorter", "")
    name = asked.removeprefix("-")
    column = next((c for c in columns if c.name == name and c.by is not None), None)
    return column, asked.startswith("-")


def headers(request: HttpRequest, columns: Iterable[Column]) -> tuple[Header, ...]:
    """The headers of a page; a third click on the same header goes back to the table's own order."""
    columns = tuple(columns)
    current, falling = sort_asked(request, columns)
    return tuple(_header(request, column, column is current, falling) for column in columns)


def _header(request: HttpRequest, column: Column, current: bool, falling: bool) -> Header:
    query = request.GET.copy()
    if not current:
        query["sorter"] = f"-{column.name}" if column.number else column.name
    elif falling == column.number:
        query["sorter"] = column.name if column.number else f"-{column.name}"
    else:
        query.pop("sorter", None)
    direction = ("descending" if falling else "ascending") if current else "none"
    return Header(column, direction, query.urlencode())


def sorted_rows(rows: Iterable[Row], column: Column | None, falling: bool) -> list[Row]:
    """The rows in the order asked for; rows without a value (None) stand last either way."""
    rows = list(rows)
    if column is None or column.by is None:
        return rows
    valued = [row for row in rows if column.by(row) is not None]
    without = [row for row in rows if column.by(row) is None]
    return sorted(valued, key=column.by, reverse=falling) + without
