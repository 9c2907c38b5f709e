"""Where the made-up people live and on which telephone they answer: nowhere, and on none.

The streets are invented, and there is no postal district 2499 København X, so no address is anybody's. The telephone
numbers begin with 01, a range the Danish numbering plan keeps in reserve and gives to no one
(Den samlede danske nummerplan: 01–09 are reserved for prefixes).
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.synthetic.spellings import scattered

TOWN = "2499 København X"
STREETS = tuple(
    f"{first}{last}"
    for first in (
        "Brusebær",
        "Dugdråbe",
        "Kandeblik",
        "Klokkeræv",
        "Krølmåne",
        "Lygtemus",
        "Månestøv",
        "Nattekrans",
        "Papirfugle",
        "Regnskygge",
        "Sukkerbro",
        "Tågehorns",
        "Uldgarns",
        "Vintersol",
    )
    for last in ("gade", "vej", "stræde", "allé", "vænge")
)
_FLOORS = (
    "",
    ", st. tv",
    ", st. th",
    ", 1. tv",
    ", 1. th",
    ", 2. tv",
    ", 2. th",
    ", 3. mf",
    ", 4. tv",
    ", 5. th",
)
_WITHOUT, _UNREACHABLE = 40, 9  # one in so many has no address, no telephone


def addresses(person: NDArray, moved: NDArray[np.bool_]) -> pa.Array:
    """An address for each position, another after a move; one in forty has none."""
    seed = person.astype(np.int64) + np.where(moved, 7_000_003, 0)
    number = pa.array(1 + scattered(seed + 11, 118)).cast(pa.string())
    address = pc.binary_join_element_wise(
        pa.array(STREETS).take(pa.array(scattered(seed, len(STREETS)))),
        pc.binary_join_element_wise(
            number, pa.array(_FLOORS).take(pa.array(scattered(seed + 29, len(_FLOORS)))), ""
        ),
        " ",
    )
    whole = pc.binary_join_element_wise(address, TOWN, ", ")
    return pc.if_else(pa.array(scattered(seed + 5, _WITHOUT) == 0), "", whole)


def phones(person: NDArray, apart: str) -> pa.Array:
    """A telephone number for each position, its pairs of digits joined by `apart`; one in nine has none."""
    pairs = [
        pa.array([f"{i:02}" for i in range(100)]).take(pa.array(scattered(person + k, 100)))
        for k in (3, 17, 41)
    ]
    number = pc.binary_join_element_wise(pa.scalar("01"), *pairs, apart)
    return pc.if_else(pa.array(scattered(person + 13, _UNREACHABLE) == 0), "", number)
