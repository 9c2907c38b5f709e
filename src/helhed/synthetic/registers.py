"""The two systems' lists of people: the same people under slightly different names, and with later corrections."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.synthetic.addresses import addresses, phones
from helhed.synthetic.codes import CHANGES
from helhed.synthetic.deliveries import Record
from helhed.synthetic.facts import facts
from helhed.synthetic.names import FAMILIES
from helhed.synthetic.people import People, given_names, plain_names
from helhed.synthetic.sheets import Columns, Sheet
from helhed.synthetic.spellings import scattered

_BEFORE, _AFTER = 0, 1
_CORRECTED = 12  # people in each list whose name or protection is corrected by a delta


def known_people(who: People, parts: list[tuple[NDArray, NDArray]], rng: np.random.Generator) -> Record:
    """The people of one system, from the day of their first row in it; `parts` are pairs of positions and days.

    Code 0 stands for the details as first known, 1 for the corrected ones.
    """
    first = np.full(len(who), OPEN, dtype=np.int64)
    for person, day in parts:
        np.minimum.at(first, person, day)
    known = np.flatnonzero(first < OPEN)
    known = known[np.argsort(who.rank[known], kind="stable")]
    code = np.full(len(known), _BEFORE)
    corrected = np.full(len(known), -OPEN, dtype=np.int32)
    chosen = rng.choice(len(known), size=min(_CORRECTED, len(known) // 50), replace=False)
    code[chosen], corrected[chosen] = _AFTER, rng.choice(CHANGES, size=len(chosen))
    rows = facts(known, code, first[known], OPEN)
    return Record(
        rows, np.full(len(known), _BEFORE, np.int16), corrected, np.full(len(known), OPEN, np.int32)
    )


class Roll:
    """Names and protection of the people, before and after a correction."""

    def __init__(self, who: People) -> None:
        odd = np.arange(len(who)) % 2 == 1
        married = np.where(odd, (who.last + 41) % len(FAMILIES), who.last).astype(np.int16)
        moved = People(who.birth, who.male, who.first, who.middle, married, ~who.protected, who.rank)
        self._full = [given_names(each) for each in (who, moved)]
        self._plain = [plain_names(each) for each in (who, moved)]
        self._protected = who.protected

    def names(self, person: NDArray, code: NDArray, plain: bool) -> tuple[pa.Array, pa.Array]:
        """First names and surnames; corrected people with odd positions have taken another surname."""
        (first, last), (_, other) = self._plain if plain else self._full
        at = pa.array(person)
        return first.take(at), pc.if_else(pa.array(code == _AFTER), other.take(at), last.take(at))

    def protected(self, person: NDArray, code: NDArray) -> NDArray:
        """Corrected people with even positions have their protection changed."""
        return self._protected[person] ^ ((code == _AFTER) & (person % 2 == 0))


def bif_people(roll: Roll, record: Record, numbers: pa.Array) -> Sheet:
    """BIF_PERSONER: first name and surname apart; some surnames in capitals."""

    def fill(rows: NDArray, day: int) -> Columns:
        person, code = record.rows.person[rows], record.codes(day)[rows]
        first, last = roll.names(person, code, plain=False)
        capitals = pa.array(scattered(person, 20) == 0)
        return {
            "CPRNR": numbers.take(pa.array(person)),
            "FORNAVN": first,
            "EFTERNAVN": pc.if_else(capitals, pc.utf8_upper(last), last),
            "ADRESSEBESKYTTELSE": pc.if_else(pa.array(roll.protected(person, code)), "J", "N"),
            "ADRESSE": addresses(person, code == _AFTER),
            "TELEFON": phones(person, ""),
        }

    header = ("CPRNR", "FORNAVN", "EFTERNAVN", "ADRESSEBESKYTTELSE", "ADRESSE", "TELEFON")
    return Sheet("BIF_PERSONER", record, header, fill, {"key": "CPRNR", "person": "CPRNR"}, 0.001)


def sof_people(roll: Roll, record: Record, numbers: pa.Array) -> Sheet:
    """SOF_BORGERE: the surname first, in quotation marks; the second surname is left out for one in three."""

    def fill(rows: NDArray, day: int) -> Columns:
        person, code = record.rows.person[rows], record.codes(day)[rows]
        first, full = roll.names(person, code, plain=False)
        short = roll.names(person, code, plain=True)[1]
        last = pc.if_else(pa.array(scattered(person, 3) == 0), short, full)
        name = pc.binary_join_element_wise(last, first, ", ")
        return {
            "Cpr": numbers.take(pa.array(person)),
            "Navn": pc.binary_join_element_wise('"', name, '"', ""),
            "Beskyttet": pc.if_else(pa.array(roll.protected(person, code)), "Ja", "Nej"),
            "Adresse": pc.binary_join_element_wise('"', addresses(person, code == _AFTER), '"', ""),
            "Telefon": phones(person, " "),
        }

    header = ("Cpr", "Navn", "Beskyttet", "Adresse", "Telefon")
    return Sheet("SOF_BORGERE", record, header, fill, {"key": "Cpr", "person": "Cpr"}, 0.001)
