"""Rows as they should not be: spoiled copies of rows of people whom only one administration knows.

A spoiled row stands beside the right one under a key of its own, so nothing is missing when it is turned away. The exact
copy is the exception: it has its original's key, and the second of the two is turned away.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.synthetic.deliveries import MARK, NEW
from helhed.synthetic.sheets import Columns, Sheet

Row = dict[str, str]
Said = dict[str, str]

UNKNOWN_NAMES = ("Særlig støtte", "Integrationsydelse 2016", "Ydelse 47", "§ 999", "Diverse")
UNKNOWN_UNITS = ("Team Sydhavnen", "Enhed 4711", "Lokalkontor Nord")


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil a row: which columns it needs, and what it does to the row, by a number that varies."""

    needs: tuple[str, ...]
    act: Callable[[Row, Said, int], object]
    own_key: bool = True


def _set(what: str, text: Callable[[str, int], str]) -> Callable[[Row, Said, int], object]:
    def act(row: Row, said: Said, turn: int) -> None:
        row[said[what]] = text(row[said[what]], turn)

    return act


def _backwards(row: Row, said: Said, turn: int) -> None:
    row[said["start"]], row[said["end"]] = f"{15 + turn % 10}-06-2021", "02-06-2021"


def _stranger(number: str, turn: int) -> str:
    """The number of someone born in 1910, whom no list of people has."""
    return f"610110{'-' if '-' in number else ''}0{number[-3:]}"


SPOILINGS = (
    Spoiling(("person",), _set("person", lambda number, turn: number[:-1])),
    Spoiling(("person",), _set("person", lambda number, turn: number[:-4] + "XX0A")),
    Spoiling(("person",), _set("person", lambda number, turn: "9102" + number[4:])),  # 31 February
    Spoiling(("person", "start"), _set("person", _stranger)),
    Spoiling(("start", "end"), _backwards),
    Spoiling(("start",), _set("start", lambda day, turn: "31-02-2021")),
    Spoiling(("start",), _set("start", lambda day, turn: f"2021/06/{10 + turn % 20}")),
    Spoiling(("code",), _set("code", lambda name, turn: UNKNOWN_NAMES[turn % len(UNKNOWN_NAMES)])),
    Spoiling(("unit",), _set("unit", lambda name, turn: UNKNOWN_UNITS[turn % len(UNKNOWN_UNITS)])),
    Spoiling(("amount",), _set("amount", lambda amount, turn: "efter aftale")),
    Spoiling(("key",), _set("key", lambda key, turn: "")),
    Spoiling(("key",), lambda row, said, turn: None, own_key=False),
)


def spoiled(sheet: Sheet, columns: Columns, may: NDArray[np.bool_], rng: np.random.Generator) -> list[str]:
    """Lines to add to a piece of a sheet: of the rows that `may` be copied, as many as the sheet's share of dirt says."""
    number = min(round(sheet.dirt * len(may)), int(may.sum()))
    rows = (
        rng.choice(np.flatnonzero(may), size=number, replace=False) if number else np.zeros(0, dtype=np.int64)
    )
    kinds = [kind for kind in SPOILINGS if all(need in sheet.said for need in kind.needs)]
    copies = [columns[name].take(pa.array(rows)).to_pylist() for name in columns]
    lines = []
    for turn, values in enumerate(zip(*copies, strict=True)):
        row = dict(zip(columns, values, strict=True))
        kind = kinds[turn % len(kinds)]
        if kind.own_key and sheet.said["key"] != sheet.said["person"]:
            key = row[sheet.said["key"]]
            row[sheet.said["key"]] = f"{key[:-8]}9{key[-7:]}"
            if MARK in row:
                row[MARK] = NEW
        kind.act(row, sheet.said, turn // len(kinds))
        lines.append(";".join(row.values()))
    return lines
