"""From the text of a file to checked rows: a table of plain numbers, and the faults of the rows that do not go in.

A checked row has `key`, `line`, `delete` and, by what its table gives (OPEN stands for an open end and an unknown
birth date, 0 for no unit, -1 for no amount; days since 1970, half-open; øre):

    people    number, given, family, birth, protected, and where the file has them address, phone
    relation  parent, child, start, end
    fact      person, term, unit, start, end, amount
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from numpy.typing import NDArray

from helhed.periods import OPEN
from helhed.register import reasons
from helhed.register.columns import split
from helhed.register.cpr import Numbers, read_numbers, text_of
from helhed.register.files import DeliveredFile, Piece
from helhed.register.findings import Fault, Findings
from helhed.register.mapping import FACT, PEOPLE, RELATION, Names
from helhed.register.people import Known
from helhed.register.values import Mask, divided, equals, looked_up, plain, read_amounts

NO_UNIT, NO_AMOUNT = 0, -1
LONGEST_KEY, LONGEST_NAME, LONGEST_ADDRESS = 80, 120, 200
PHONE_FORM = r"^([0-9] ?){7}[0-9]$|^\+([0-9] ?){6,14}[0-9]$"
"""Eight digits, in pairs or not; or + and up to fifteen digits (ITU-T E.164)."""
ADDRESS_FORM = r"\pL{2}"
MOST_HINTS = 500


@dataclass(frozen=True)
class Checked:
    """The good rows of a piece, the faults of the others and their keys, and how many rows there were."""

    good: pa.Table
    faults: list[Fault]
    spoiled_keys: Any
    read: int
    done: int


@dataclass
class Words:
    """What codes and units are in the register, and what nearest name to suggest for an unknown one."""

    terms: Mapping[tuple[str, str], int]
    units: Mapping[str, int]
    hints: dict[tuple[tuple[str, ...], str], str] = field(default_factory=dict)

    def hint(self, name: str, names: Names) -> str:
        """The nearest known name; after some hundred different unknown names no more are sought."""
        asked = names.columns, name
        if asked not in self.hints and len(self.hints) < MOST_HINTS:
            known = [alias for aliases in names.aliases.values() for alias in aliases]
            self.hints[asked] = next(iter(get_close_matches(name, known, n=1, cutoff=0.4)), "")
        return self.hints.get(asked, "")


class RowReader:
    """Checks the rows of one file against its mapping, the codes and the persons known."""

    def __init__(self, file: DeliveredFile, words: Words, known: Known) -> None:
        self.file, self.words, self.known = file, words, known
        self.table, self.mapping = file.table, file.mapping

    def read(self) -> Iterator[Checked]:
        """The file piece by piece. RefusedError if the file as a whole is wrong."""
        wanted = (*self.table.columns, *self.file.optional)
        if self.file.marked and self.mapping.delta:
            wanted = (self.mapping.delta.column, *wanted)
        for piece in self.file.pieces():
            text, rows = split(piece, self.file.header.columns, wanted, self.mapping.delimiter)
            yield self._check(piece, text, rows)

    def _check(self, piece: Piece, text: dict[str, Any], rows: NDArray[np.int64]) -> Checked:
        found = Findings(text, piece, rows)
        numbers = {column: read_numbers(text[column]) for column in self.table.persons}
        if settings.DEMO:
            self._refuse_real_people(found, numbers)
        delete = self._deletes(found)
        key = self._key(found, numbers)
        found.only = ~delete
        content = {PEOPLE: self._people, RELATION: self._relation, FACT: self._fact}[self.table.gives](
            found, numbers
        )
        columns = {"key": key, "line": piece.number[rows], "delete": delete, **content}
        good = pa.table(columns).filter(pa.array(~found.bad))
        faults = [*found.fields(), *found.faults()]
        spoiled = key.filter(pa.array(found.bad))
        return Checked(good, faults, spoiled, len(piece.number), piece.done)

    def _refuse_real_people(self, found: Findings, numbers: Mapping[str, Numbers]) -> None:
        ordinary = np.logical_or.reduce([column.ordinary for column in numbers.values()])
        if ordinary.any():
            name, line = self.file.name, found.piece.number[found.rows[np.argmax(ordinary)]]
            raise reasons.refused(
                f"{name} har et almindeligt CPR-nummer i linje {line}, og demoen tager kun imod opdigtede "
                "personer (fødselsdag + 60). Levér filen til et rigtigt anlæg, eller byt numrene ud.",
                f"{name} has an ordinary CPR number on line {line}, and the demo only takes made-up people "
                "(day of birth + 60). Deliver the file to a real installation, or replace the numbers.",
            )

    def _deletes(self, found: Findings) -> Mask:
        if not self.file.marked or self.mapping.delta is None:
            return np.zeros(found.size, bool)
        delta = self.mapping.delta
        meaning = dict.fromkeys(delta.upsert, 1) | dict.fromkeys(delta.delete, 2)
        mark = looked_up(found.text[delta.column], meaning)
        found.fault(mark == 0, delta.column, reasons.MARK, " ".join(sorted(meaning)).upper())
        return mark == 2

    def _key(self, found: Findings, numbers: Mapping[str, Numbers]) -> Any:
        """The key as text; a personal number is written with ten digits however the file writes it."""
        parts = []
        for column in self.table.key:
            part = found.text[column]
            found.fault(equals(part, ""), column, reasons.EMPTY_KEY)
            if column in numbers:
                part = pc.if_else(pa.array(numbers[column].good), text_of(numbers[column].value), part)
            parts.append(part)
        key = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "|")
        found.fault(plain(pc.greater(pc.utf8_length(key), LONGEST_KEY)), self.table.key[0], reasons.LONG)
        return pc.utf8_slice_codeunits(key, 0, LONGEST_KEY)

    def _people(self, found: Findings, numbers: Mapping[str, Numbers]) -> dict[str, Any]:
        person = self._number(found, numbers, self.table.person)
        given, family = self._names(found)
        birth = person.birth
        if self.table.birth_date:
            said = found.text[self.table.birth_date]
            day = self._day(found, self.table.birth_date, ~equals(said, ""))
            birth = np.where(equals(said, ""), birth, day)
        return {
            "number": person.value,
            "given": given,
            "family": family,
            "birth": birth.astype(np.int32),
            "protected": self._protected(found),
            **self._contact(found),
        }

    def _contact(self, found: Findings) -> dict[str, Any]:
        """Address and telephone, as far as the file has columns for them."""
        forms = {
            "address": (self.table.address, ADDRESS_FORM, reasons.ADDRESS),
            "phone": (self.table.phone, PHONE_FORM, reasons.PHONE),
        }
        said = {}
        for name, (column, form, reason) in forms.items():
            if column and column in found.text:
                text = said[name] = found.text[column]
                found.fault(plain(pc.greater(pc.utf8_length(text), LONGEST_ADDRESS)), column, reasons.LONG)
                good = plain(pc.match_substring_regex(text, form)) | equals(text, "")
                found.fault(~good & ~found.has(column), column, reason)
        return said

    def _names(self, found: Findings) -> tuple[Any, Any]:
        empty = pa.array([""] * found.size, pa.string())
        full = self.table.full_name
        if full is None:
            names = [found.text[c] if c else empty for c in (self.table.given_name, self.table.family_name)]
            columns = [self.table.given_name, self.table.family_name]
        else:
            names = list(divided(found.text[full.column], full.family_first))
            columns = [full.column, full.column]
        for name, column in zip(names, columns, strict=True):
            found.fault(plain(pc.greater(pc.utf8_length(name), LONGEST_NAME)), column, reasons.LONG)
        return names[0], names[1]

    def _protected(self, found: Findings) -> Mask:
        flag = self.table.address_protection
        if flag is None:
            return np.zeros(found.size, bool)
        meaning = dict.fromkeys(flag.false, 1) | dict.fromkeys(flag.true, 2)
        said = looked_up(found.text[flag.column], meaning)
        found.fault(said == 0, flag.column, reasons.FLAG, " ".join(sorted(meaning)).upper())
        return said == 2

    def _relation(self, found: Findings, numbers: Mapping[str, Numbers]) -> dict[str, Any]:
        parent = self._person(found, numbers, self.table.parent)
        child = self._person(found, numbers, self.table.child)
        found.fault((parent == child) & (parent > 0), self.table.child, reasons.ITSELF)
        return {"parent": parent, "child": child, **self._span(found)}

    def _fact(self, found: Findings, numbers: Mapping[str, Numbers]) -> dict[str, Any]:
        terms = {code: number for (kind, code), number in self.words.terms.items() if kind == self.table.kind}
        return {
            "person": self._person(found, numbers, self.table.person),
            "term": self._code(found, self.table.code, terms, reasons.CODE),
            "unit": self._code(found, self.table.unit, self.words.units, reasons.UNIT),
            **self._span(found),
            "amount": self._amount(found),
        }

    def _code(
        self, found: Findings, names: Names, numbers: Mapping[str, int], reason: str
    ) -> NDArray[np.int16]:
        """The number of each row's code; 0 where there is none, which only a unit may be."""
        if names.always:
            return np.full(found.size, numbers[names.always], np.int16)
        if not names.columns:
            return np.zeros(found.size, np.int16)
        said, column = found.text[names.columns[0]], names.columns[0]
        for other in names.columns[1:]:
            said = pc.if_else(pc.equal(said, ""), found.text[other], said)
        number = looked_up(said, {name: numbers[code] for name, code in names.codes.items()})
        empty = equals(said, "")
        if reason == reasons.CODE:
            found.fault(empty, column, reasons.EMPTY)
        found.fault((number == 0) & ~empty, column, reason, lambda name: self.words.hint(name, names), said)
        return number

    def _number(self, found: Findings, numbers: Mapping[str, Numbers], column: str) -> Numbers:
        empty = equals(found.text[column], "")
        if column not in self.table.key:
            found.fault(empty, column, reasons.EMPTY)
        found.fault(~numbers[column].good & ~empty, column, reasons.NUMBER)
        return numbers[column]

    def _person(self, found: Findings, numbers: Mapping[str, Numbers], column: str) -> NDArray[np.int64]:
        number = self._number(found, numbers, column)
        person = self.known.persons(number.value)
        found.fault((person == 0) & number.good, column, reasons.PERSON)
        return person

    def _span(self, found: Findings) -> dict[str, Any]:
        """Start and end, half-open."""
        table = self.table
        empty = equals(found.text[table.start], "")
        found.fault(empty, table.start, reasons.EMPTY)
        start = self._day(found, table.start, ~empty)
        if not table.end:
            return {"start": start, "end": np.full(found.size, OPEN, np.int32)}
        said = found.text[table.end]
        opened = plain(pc.is_in(said, pa.array(sorted(self.mapping.open_end), pa.string())))
        last = self._day(found, table.end, ~opened)
        end = np.where(opened, OPEN, last.astype(np.int64) + self.mapping.end_inclusive).astype(np.int32)
        dated = ~(found.has(table.start) | found.has(table.end))
        found.fault((end <= start) & dated, table.end, reasons.ORDER)
        return {"start": start, "end": end}

    def _day(self, found: Findings, column: str, where: Mask) -> NDArray[np.int32]:
        day, good = self.mapping.date_form.read(found.text[column])
        found.fault(~good & where, column, reasons.DATE, self.mapping.date_form.pattern)
        return day

    def _amount(self, found: Findings) -> NDArray[np.int64]:
        """Øre; NO_AMOUNT where the field is empty."""
        if not self.table.amount:
            return np.full(found.size, NO_AMOUNT, np.int64)
        said = found.text[self.table.amount]
        amount, good = read_amounts(said, self.mapping.decimal)
        empty = equals(said, "")
        found.fault(~good & ~empty, self.table.amount, reasons.AMOUNT)
        return np.where(good, amount, NO_AMOUNT)
