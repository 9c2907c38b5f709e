"""A delivered file as text: its header, and its lines in pieces. Whatever is wrong with the file as a whole is refused here.

A row is a line: text in quotes may hold delimiters but not a new line, so that one stray quote spoils one row and no more.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helhed.register.mapping import CORRECTION, DELTA, SourceMapping, TableMapping
from helhed.register.reasons import refused

PIECE = 16 * 1024 * 1024
REASON_COLUMN = "AARSAG_TIL_AFVISNING"
NAMES_OF_DELIMITERS = {
    ";": ("semikolon", "semicolon"),
    ",": ("komma", "comma"),
    "\t": ("tabulator", "tab"),
    "|": ("lodret streg", "vertical bar"),
}


@dataclass(frozen=True)
class Header:
    """The columns of a file in order, as it spells them. `extra`: those nobody reads. `line`: the first line itself."""

    columns: tuple[str, ...]
    extra: tuple[str, ...]
    line: str


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a file, as UTF-8. `first` is the line number of the first.

    Line `i` that is not blank is `text[start[i]:end[i]]`, and its number in the file is `number[i]`.
    """

    text: bytes
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    number: NDArray[np.int32]
    done: int

    def line(self, i: int | np.integer) -> str:
        """The text of a line, without its end."""
        return self.text[self.start[i] : self.end[i]].decode()


class DeliveredFile:
    """One file, as its mapping says it should look.

    `header` is read when it is made; `pieces()` answers the rest. Both raise RefusedError with the one sentence to say.
    """

    def __init__(self, path: Path, name: str, mapping: SourceMapping, table: TableMapping, mode: str) -> None:
        self.path, self.name, self.mapping, self.table, self.mode = path, name, mapping, table, mode
        self.size = path.stat().st_size
        if not self.size:
            raise refused(
                f"{name} er tom. Dan filen igen i fagsystemet, og levér den på ny.",
                f"{name} is empty. Make the file again in the case system and deliver it anew.",
            )
        with path.open("rb") as file:
            self.header = self._header(file.readline(PIECE))
            self._body = file.tell()

    @property
    def marked(self) -> bool:
        """Whether each row says what happened to it."""
        delta = self.mapping.delta
        if self.mode == CORRECTION:
            return delta is not None and delta.column in self.header.columns
        return self.mode == DELTA

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns a file may have or not that this one has."""
        return tuple(column for column in self.table.optional if column in self.header.columns)

    def lines(self, wanted: Iterable[int]) -> dict[int, str]:
        """The text of some lines, by number."""
        left = set(wanted)
        found: dict[int, str] = {}
        for piece in self.pieces() if left else ():
            places = np.flatnonzero(np.isin(piece.number, np.fromiter(left, np.int32, len(left))))
            found |= {int(piece.number[i]): piece.line(i) for i in places}
        return found

    def pieces(self) -> Iterator[Piece]:
        """The lines after the header, some megabytes at a time; one empty piece if there are none."""
        with self.path.open("rb") as file:
            file.seek(self._body)
            line, rest = 2, b""
            while read := file.read(PIECE):
                whole, newline, after = (rest + read).rpartition(b"\n")
                if newline:
                    yield self._piece(whole + newline, line, file.tell() - len(after))
                    line += whole.count(b"\n") + 1
                rest = after
            if rest:
                yield self._last(rest, line)
            elif self._body == self.size:
                yield self._piece(b"", line, self.size)

    def _last(self, rest: bytes, line: int) -> Piece:
        """A last line without an end: cut off, unless the source writes it so or a person corrected the file by hand."""
        if self.mapping.final_newline and self.mode != CORRECTION:
            raise refused(
                f"{self.name} slutter midt i linje {line}. Filen er afbrudt; hent den igen, og levér den på ny.",
                f"{self.name} ends in the middle of line {line}. The file is cut off; fetch it again and deliver it anew.",
            )
        return self._piece(rest + b"\n", line, self.size)

    def _piece(self, raw: bytes, first: int, done: int) -> Piece:
        text = self._text(raw, first)
        characters = np.frombuffer(text, np.uint8)
        newline = np.flatnonzero(characters == 10)
        start = np.concatenate(([0], newline + 1))[:-1]
        end = newline - ((newline > start) & (characters[newline - 1] == 13))
        written = end > start
        number = np.arange(first, first + len(newline), dtype=np.int32)
        return Piece(text, start[written], end[written], number[written], done)

    def _text(self, raw: bytes, first: int) -> bytes:
        """The bytes as UTF-8, after a look at whether they are in the encoding they should be."""
        if b"\0" in raw:
            raise self._wrong_encoding(first + raw.count(b"\n", 0, raw.index(b"\0")))
        if raw.isascii():
            return raw
        self._refuse_foreign(raw, first)
        try:
            return raw.decode(self.mapping.encoding).encode()
        except UnicodeDecodeError as error:
            raise self._wrong_encoding(first + raw.count(b"\n", 0, error.start)) from None

    def _refuse_foreign(self, raw: bytes, first: int) -> None:
        where = foreign_letter(raw, self.mapping.encoding)
        if where is not None:
            raise self._wrong_encoding(first + raw.count(b"\n", 0, where))

    def _wrong_encoding(self, line: int) -> Exception:
        wanted = self.mapping.encoding
        return refused(
            f"{self.name} er ikke i tegnsættet {wanted}: æ, ø eller å kan ikke læses i linje {line}. "
            f"Gem filen i {wanted}, og levér den igen.",
            f"{self.name} is not in the encoding {wanted}: æ, ø or å cannot be read on line {line}. "
            f"Save the file in {wanted} and deliver it again.",
        )

    def _header(self, raw: bytes) -> Header:
        self._refuse_no_text(raw)
        if raw.startswith(b"\xef\xbb\xbf"):
            if self.mapping.encoding != "utf-8":
                raise self._wrong_encoding(1)
            raw = raw[3:]
        line = self._text(raw, 1).decode().rstrip("\r\n")
        try:
            found = next(csv.reader([line], delimiter=self.mapping.delimiter), [])
        except csv.Error:
            raise refused(
                f"Overskriften i {self.name} kan ikke læses. Dan filen igen, så hver række står på sin linje.",
                f"The header of {self.name} cannot be read. Make the file again with each row on its own line.",
            ) from None
        known = (*self._needed(), *self.table.optional, *self.table.unread, REASON_COLUMN)
        columns = _as_mapped([column.strip() for column in found], known)
        self._refuse_header(columns, line)
        return Header(columns, tuple(c for c in columns if c and c not in known), line)

    def _refuse_no_text(self, raw: bytes) -> None:
        if raw.startswith(b"PK\x03\x04"):
            raise refused(
                f"{self.name} er et regneark eller en pakket fil, ikke en tekstfil. Gem den som CSV, og levér den igen.",
                f"{self.name} is a spreadsheet or a packed file, not a text file. Save it as CSV and deliver it again.",
            )
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise self._wrong_encoding(1)

    def _needed(self) -> tuple[str, ...]:
        delta = self.mapping.delta
        if delta and self.mode == DELTA:
            return (delta.column, *self.table.columns)
        return self.table.columns

    def _refuse_header(self, columns: tuple[str, ...], line: str) -> None:
        missing = [column for column in self._needed() if column not in columns]
        if missing and len(columns) == 1:
            self._refuse_delimiter(line)
        if missing:
            raise self._missing(missing, columns)
        read = (*self._needed(), *self.table.optional)
        twice = [column for column in read if columns.count(column) > 1]
        if twice:
            raise refused(
                f"{self.name} har kolonnen »{twice[0]}« to gange. Omdøb eller fjern den ene, og levér filen igen.",
                f'{self.name} has the column "{twice[0]}" twice. Rename or remove one, and deliver the file again.',
            )

    def _refuse_delimiter(self, line: str) -> None:
        wanted = self.mapping.delimiter
        used = max(NAMES_OF_DELIMITERS, key=line.count)
        if line.count(used):
            (used_da, used_en), (da, en) = NAMES_OF_DELIMITERS[used], NAMES_OF_DELIMITERS[wanted]
            raise refused(
                f"{self.name} er adskilt af {used_da}, men skal være adskilt af {da}. Dan filen igen med {da}.",
                f"{self.name} is separated by {used_en} but must be separated by {en}. Make the file again with {en}.",
            )

    def _missing(self, missing: list[str], columns: tuple[str, ...]) -> Exception:
        unknown = [column for column in columns if column not in self._needed()]
        near = get_close_matches(missing[0], unknown, n=1, cutoff=0.5)
        da = f" Den ligner »{near[0]}«." if near else ""
        en = f' It is like "{near[0]}".' if near else ""
        names = ", ".join(missing)
        if len(missing) == 1:
            return refused(
                f"{self.name} mangler kolonnen {names}.{da} Tilføj eller omdøb den, og levér filen igen.",
                f"{self.name} lacks the column {names}.{en} Add or rename it, and deliver the file again.",
            )
        return refused(
            f"{self.name} mangler kolonnerne {names}. Tilføj eller omdøb dem, og levér filen igen.",
            f"{self.name} lacks the columns {names}. Add or rename them, and deliver the file again.",
        )


def _as_mapped(found: list[str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The file's columns, those that differ from a wanted one in case only named as it is."""
    by_case = {column.casefold(): column for column in wanted}
    return tuple(by_case.get(column.casefold(), column) for column in found)


def foreign_letter(raw: bytes, encoding: str) -> int | None:
    """Where bytes hold a Danish letter of another encoding than this one, or None.

    In a one-byte encoding: UTF-8 (also twice encoded, or the mark of a lost letter), and the old DOS and Macintosh
    letters between two small letters. In UTF-8: letters encoded twice.
    """
    found = [raw.find(lost) for lost in (b"\xef\xbf\xbd",) if lost in raw]
    found += _places(_TWICE, b"\xc3\x83", raw)
    if encoding != "utf-8":
        found += _places(_UTF8_LETTER, b"\xc3", raw)
        for letter in _OLD_LETTERS:
            found += _places(_OLD_LETTER, letter, raw)
    return min(found, default=None)


def _places(form: re.Pattern[bytes], sign: bytes, raw: bytes) -> list[int]:
    """The first place of a form, sought only where its sign occurs at all: looking for plain bytes is far faster."""
    found = form.search(raw, max(raw.find(sign) - 1, 0)) if sign in raw else None
    return [found.start()] if found else []


_TWICE = re.compile(rb"\xc3\x83(\xc2[\xa5\xa6\xb8\x85\x86\x98]|\xe2\x80[\xa6\xa0]|\xcb\x9c)")
_UTF8_LETTER = re.compile(rb"\xc3[\xa5\xa6\xb8\x85\x86\x98]")
_OLD_LETTERS = (b"\x86", b"\x8c", b"\x9b", b"\xbe", b"\xbf")
_OLD_LETTER = re.compile(rb"(?<=[a-z])[\x86\x8c\x9b\xbe\xbf](?=[a-z])")
