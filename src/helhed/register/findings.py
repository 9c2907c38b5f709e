"""The faults found in the rows of a piece of a file, and where each stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.register import reasons
from helhed.register.files import Piece
from helhed.register.values import Mask

SHOWN = 200
"""How much of a value is kept with its fault; the whole line is kept beside it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, where: line of the file and column; `raw` is the line."""

    line: int
    column: str
    reason: str
    value: str
    hint: str
    raw: str


class Findings:
    """The faults found in the rows of a piece so far. Where `only` is false, further faults do not count."""

    def __init__(self, text: dict[str, Any], piece: Piece, rows: NDArray[np.int64]) -> None:
        self.text, self.piece, self.rows = text, piece, rows
        self.size = len(rows)
        self.bad = np.zeros(self.size, bool)
        self.only = np.ones(self.size, bool)
        self._found: list[tuple[NDArray[np.int64], str, str, Any, Any]] = []

    def fault(self, where: Mask, column: str, reason: str, hint: Any = "", said: Any = None) -> None:
        """Note a fault of the rows where the mask holds. `hint` is a text, or makes one from the value.

        `said` is the value when it is not simply what stands in the column.
        """
        places = np.flatnonzero(where & self.only)
        if len(places):
            self.bad[places] = True
            self._found.append((places, column, reason, hint, self.text[column] if said is None else said))

    def has(self, column: str) -> Mask:
        """The rows with a fault in a column."""
        mask = np.zeros(self.size, bool)
        for places, at, *_ in self._found:
            if at == column:
                mask[places] = True
        return mask

    def faults(self) -> Iterator[Fault]:
        """Every fault noted."""
        for places, column, reason, hint, said in self._found:
            for place, value in zip(places, said.take(pa.array(places)).to_pylist(), strict=True):
                row = int(self.rows[place])
                line = int(self.piece.number[row])
                note = hint(value) if callable(hint) else hint
                yield Fault(line, column, reason, value[:SHOWN], note[:SHOWN], self.piece.line(row))

    def fields(self) -> Iterator[Fault]:
        """The lines that have a wrong number of fields."""
        if self.size == len(self.piece.number):
            return
        for row in np.setdiff1d(np.arange(len(self.piece.number)), self.rows):
            line = self.piece.line(row)
            yield Fault(int(self.piece.number[row]), "", reasons.FIELDS, line[:SHOWN], "", line)
