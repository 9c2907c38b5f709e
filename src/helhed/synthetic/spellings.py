"""How the case systems write codes, units, days and money: several names for the same, in the register's own lists.

The names come from the mapping files of the two sources, so every name that is written is one the register knows.
"""

from collections.abc import Sequence
from importlib import resources

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml
from numpy.typing import NDArray

from helhed.periods import OPEN, date_of
from helhed.periods.days import day_from

_SLOTS = 128  # each code has so many slots; a row's slot is its name
_MAIN, _SLOPPY = 84, 4  # slots of the first name, and of names with stray spaces or capitals
_FIRST_DAY, _STOP_DAY = day_from(1980, 1, 1), day_from(2060, 1, 1)


def names_of(source: str) -> dict[str, dict[str, list[str]]]:
    """The lists of names of a source ('bif', 'sof'): list, code, names."""
    text = (resources.files("helhed.register") / "sources" / f"{source}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["names"]


class Spelling:
    """Texts for the codes of one list. Position -1 is written as an empty field."""

    def __init__(self, names: dict[str, list[str]], codes: Sequence[str], quoted: bool = False) -> None:
        texts = [text for code in codes for text in _slots(names.get(code, [""]))] + [""] * _SLOTS
        self._texts = pa.array([f'"{text}"' if quoted and text else text for text in texts])
        self._blank = len(codes)

    def write(self, code: NDArray, row: NDArray) -> pa.Array:
        """The text of each code; which of its names depends on the row's number only."""
        code = np.where(code < 0, self._blank, code).astype(np.int64)
        return self._texts.take(pa.array(code * _SLOTS + scattered(row, _SLOTS)))


def _slots(names: list[str]) -> list[str]:
    """The first name in two of three slots, the others in turn, and a few as someone in a hurry writes them."""
    others = names[1:] or names
    turns = [others[turn % len(others)] for turn in range(_SLOTS - _MAIN - _SLOPPY)]
    hurried = [names[0].upper(), f" {names[0]}", f"{others[0]}  ", others[-1].lower().replace(" ", "  ")]
    return [names[0]] * _MAIN + turns + hurried


def scattered(row: NDArray, into: int) -> NDArray:
    """A number below `into` for each row number, spread as if by chance but always the same."""
    return ((row.astype(np.uint64) * np.uint64(2654435761)) >> np.uint64(13)).astype(np.int64) % into


class Days:
    """Days as dd-mm-yyyy; an end is written as the last day that counts, and an open one as the source does."""

    def __init__(self, open_end: str) -> None:
        texts = [date_of(day).strftime("%d-%m-%Y") for day in range(_FIRST_DAY, _STOP_DAY)]
        self._texts = pa.array([*texts, open_end])
        self._open = len(texts)

    def starts(self, day: NDArray) -> pa.Array:
        return self._texts.take(pa.array(day.astype(np.int64) - _FIRST_DAY))

    def ends(self, day: NDArray) -> pa.Array:
        return self._texts.take(
            pa.array(np.where(day >= OPEN, self._open, day.astype(np.int64) - 1 - _FIRST_DAY))
        )


_CENTS = pa.array([f",{cent:02d}" for cent in range(100)])


def money(oere: NDArray) -> pa.Array:
    """Øre as kroner with a decimal comma: 1169700 is 11697,00."""
    kroner = pa.array(oere // 100).cast(pa.string())
    return pc.binary_join_element_wise(kroner, _CENTS.take(pa.array(oere % 100)), "")


def numbered(prefix: str, row: NDArray) -> pa.Array:
    """The source's own key of a row."""
    return pc.binary_join_element_wise(
        prefix, pa.array(10_000_000 + row.astype(np.int64)).cast(pa.string()), ""
    )
