"""Values of a column of text, all at once: names, amounts, whole names."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.register.mapping import squeezed

Mask: TypeAlias = NDArray[np.bool_]


def read_amounts(column: Any, decimal: str) -> tuple[NDArray[np.int64], Mask]:
    """Øre of a column of amounts with a decimal comma (or point) and perhaps thousands marked, and where they are good."""
    thousands = "." if decimal == "," else ","
    form = rf"^([0-9]{{1,12}}|[0-9]{{1,3}}(\{thousands}[0-9]{{3}}){{1,3}})(\{decimal}[0-9]{{1,2}})?$"
    good = pc.match_substring_regex(column, form)
    pointed = pc.replace_substring(pc.replace_substring(column, thousands, ""), decimal, ".")
    kroner = pc.if_else(good, pointed, "0").cast(pa.float64())
    return np.rint(plain(kroner) * 100).astype(np.int64), plain(good)


def looked_up(column: Any, numbers: Mapping[str, int]) -> NDArray[np.int16]:
    """The number of each value's squeezed name; 0 where it is not known."""
    coded = column.dictionary_encode()
    names = coded.dictionary.to_pylist()
    found = np.array([numbers.get(squeezed(name), 0) for name in names] or [0], np.int16)
    return found[plain(coded.indices)]


def equals(column: Any, value: str) -> Mask:
    """Where a string column has a value."""
    return plain(pc.equal(column, value))


def divided(column: Any, family_first: bool) -> tuple[Any, Any]:
    """Given and family names of a column of whole names."""
    if family_first:
        family = pc.replace_substring_regex(column, r"^([^,]*?)\s*(,.*)?$", r"\1")
        given = pc.replace_substring_regex(column, r"^[^,]*(,\s*(.*))?$", r"\2")
        return given, family
    given = pc.replace_substring_regex(column, r"^(.*\s)?\S*$", r"\1")
    family = pc.replace_substring_regex(column, r"^(?:.*\s)?(\S*)$", r"\1")
    return pc.utf8_trim_whitespace(given), family


def plain(array: Any) -> Any:
    """An Arrow array as numpy."""
    return array.to_numpy(zero_copy_only=False)
