"""One row of the bench: what was done, what it took, what it is held against, and whether the aim is met."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

NOT_INSTALLED = "not installed"


@dataclass(frozen=True)
class Row:
    """`measured` and `limit` as they are shown; `ratio` is what the aim is about, None where nothing could be measured.

    `aim`: at least or at most, and how much; None = told, not aimed at. `note`: how it was obtained, or why not.
    """

    work: str
    measured: str
    limit: str = ""
    ratio: float | None = None
    aim: tuple[str, float] | None = None
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None if there is none, or nothing was measured."""
        if self.aim is None or self.ratio is None:
            return None
        most, bound = self.aim
        return self.ratio <= bound if most == "≤" else self.ratio >= bound


def missed(rows: Iterable[Row]) -> list[Row]:
    """The rows whose aim is not met."""
    return [row for row in rows if row.met is False]


def tell(rows: Iterable[Row], console: Console) -> None:
    """Print the table, and under it how each figure was obtained."""
    table = Table("work", "measured", "limit or peer", "ratio", "aim", "met?", show_lines=False)
    rows = list(rows)
    for number, row in enumerate(rows, 1):
        table.add_row(f"{number}. {row.work}", row.measured, row.limit, _ratio(row), _aim(row), _met(row))
    console.print(table)
    for number, row in enumerate(rows, 1):
        if row.note:
            console.print(f"{number}. {row.note}", markup=False, soft_wrap=True)


def as_plain(row: Row) -> dict[str, Any]:
    """A row for JSON."""
    return {**asdict(row), "met": row.met}


def seconds(value: float) -> str:
    """A length of time in the unit that fits it."""
    if value < 1e-3:
        return f"{value * 1e6:.0f} µs"
    return f"{value * 1e3:.3g} ms" if value < 0.995 else f"{value:.2f} s"


def _ratio(row: Row) -> str:
    return "" if row.ratio is None else f"{row.ratio:.3g} {row.unit}"


def _aim(row: Row) -> str:
    return f"{row.aim[0]} {row.aim[1]:g} {row.unit}" if row.aim else ""


def _met(row: Row) -> str:
    return {True: "yes", False: "NO", None: "–" if row.aim else ""}[row.met]
