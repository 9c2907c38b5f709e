"""One delivery taken in: every file read, compared and written, inside the caller's transaction."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from helhed.register import reasons
from helhed.register.ahead import Ahead
from helhed.register.files import DeliveredFile
from helhed.register.mapping import FACT, FULL, GIVES, PEOPLE, RELATION, SourceMapping
from helhed.register.models import Delivery, DeliveryFile, Term, Unit
from helhed.register.numbering import keep
from helhed.register.people import Known, lock_people
from helhed.register.rejection import reject, reject_lines
from helhed.register.rows import RowReader, Words
from helhed.register.touched import Touched
from helhed.register.versions import SHAPES, Plan, Standing, carry_out, ever_stood, plan
from helhed.rules.errors import Message

COUNTED = (
    "header",
    "note_da",
    "note_en",
    "read",
    "new",
    "changed",
    "unchanged",
    "deleted",
    "rejected",
    "closed",
)
"""The columns of a delivered file that an intake fills in."""

FIRST_LOAD = 50_000_000
"""Bytes of facts from which a first load is written without indexes."""

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """How an intake ended: `held` says why it waits for a person (nothing may then be kept)."""

    touches_everyone: bool
    held: Message | None


class Intake:
    """Takes in the files of a delivery in the order people, relations, facts. `tell(file, done, of)` hears how far it is, in bytes of files."""

    def __init__(self, delivery: Delivery, mapping: SourceMapping, moment: datetime, tell: Tell) -> None:
        self.delivery, self.mapping, self.moment, self.tell = delivery, mapping, moment, tell
        self.touched = Touched()
        self.held: list[Message] = []
        self.done = 0

    def run(self, rows: list[DeliveryFile]) -> Outcome:
        """Take in every file, or raise RefusedError with the one sentence. Fills in the counts of `rows`."""
        opened = [(row, self._open(row)) for row in rows]
        opened.sort(key=lambda pair: GIVES.index(pair[1].table.gives))
        self.total = sum(file.size for _, file in opened)
        if any(file.table.gives == PEOPLE for _, file in opened):
            lock_people()
        if sum(file.size for _, file in opened if file.table.gives == FACT) >= FIRST_LOAD:
            set_indexes_aside()
        self.known = Known()
        self.words = words_of(self.mapping)
        with ExitStack() as stack:
            pieces = self._ahead(opened[0][1], stack)
            for (row, file), coming in zip(opened, [*opened[1:], None], strict=True):
                planned = self._compare(row, file, pieces)
                if coming:
                    pieces = self._ahead(coming[1], stack)
                if planned:
                    carry_out(planned, row.pk, self.moment, partial(self._told, file, file.size))
                self.done += file.size
                row.save(update_fields=COUNTED)
        everyone = not self.held and self.touched.write(self.delivery.pk)
        return Outcome(bool(everyone), self.held[0] if self.held else None)

    def _open(self, row: DeliveryFile) -> DeliveredFile:
        """The file, its header read and found good. Says which columns nobody reads."""
        for count in COUNTED[3:]:
            setattr(row, count, 0)
        table = self.mapping.table(row.table.name)
        file = DeliveredFile(
            Path(settings.DELIVERY_FOLDER, row.path), row.name, self.mapping, table, row.mode
        )
        row.header = file.header.line
        if file.header.extra:
            names = ", ".join(file.header.extra)
            row.note_da = f"Kolonner, der ikke læses: {names}."
            row.note_en = f"Columns that are not read: {names}."
        return file

    def _ahead(self, file: DeliveredFile, stack: ExitStack) -> Ahead:
        """Begin to read a file. Whom its numbers mean must be known by now."""
        return stack.enter_context(Ahead(RowReader(file, self.words, self.known).read()))

    def _compare(self, row: DeliveryFile, file: DeliveredFile, pieces: Ahead) -> Plan | None:
        """What a file means for the register, with its counts; None if it would close too much."""
        rows, spoiled = self._gather(row, file, pieces)
        rows = self._each_key_once(row, file, rows)
        if file.table.gives == PEOPLE:
            rows = self._with_persons(rows)
        shape = SHAPES[file.table.gives]
        full = row.mode == FULL
        standing = Standing(shape, row.table_id, None if full else rows["key"])
        planned = plan(rows, standing, spoiled, full=full)
        self._settle_missing(row, file, planned)
        row.new, row.changed, row.closed = len(planned.new), len(planned.changed), len(planned.closed)
        row.unchanged += planned.unchanged
        row.deleted = len(planned.deleted)
        if full and not self.delivery.confirmed and self._closes_too_much(row, len(standing)):
            return None
        self.touched.add(planned, file.table.kind if file.table.gives == FACT else _KIND[file.table.gives])
        return planned

    def _gather(self, row: DeliveryFile, file: DeliveredFile, pieces: Ahead) -> tuple[pa.Table, Any]:
        """The good rows of a file, and the keys of the others; the faults are written as they are found."""
        good, spoiled = [], []
        for checked in pieces:
            row.read += checked.read
            row.rejected += reject(row, checked.faults)
            good.append(checked.good)
            spoiled.append(checked.spoiled_keys)
            self._told(file, checked.done, 0.0)
        return pa.concat_tables(good), pa.chunked_array(spoiled, pa.string())

    def _each_key_once(self, row: DeliveryFile, file: DeliveredFile, rows: pa.Table) -> pa.Table:
        """In a full file the first row of a key goes in and the others are rejected; of changes the last one counts,
        and those before it have changed nothing."""
        codes = rows["key"].cast(pa.large_string()).combine_chunks().dictionary_encode().indices.to_numpy()
        place = np.arange(len(codes))
        kept = np.zeros(int(codes.max(initial=-1)) + 1, np.int64)
        if row.mode == FULL:
            kept[codes[::-1]] = place[::-1]
        else:
            kept[codes] = place
        once = kept[codes] == place
        if once.all():
            return rows
        if row.mode == FULL:
            self._reject_repeats(row, file, rows, np.flatnonzero(~once), kept[codes])
        else:
            row.unchanged += int(np.count_nonzero(~once))
        return rows.filter(pa.array(once))

    def _told(self, file: DeliveredFile, read: int, written: float) -> None:
        """Tell how far a file is: reading is taken for a third of the work, writing for the rest."""
        self.tell(file.name, self.done + round((read + 2 * written * file.size) / 3), self.total)

    def _reject_repeats(
        self,
        row: DeliveryFile,
        file: DeliveredFile,
        rows: pa.Table,
        again: NDArray[np.int64],
        first: NDArray[np.int64],
    ) -> None:
        line = rows["line"].to_numpy()
        keys = rows["key"].take(pa.array(again)).to_pylist()
        hints = [str(line[place]) for place in first[again]]
        reject_lines(row, file, reasons.KEY_TWICE, line[again].tolist(), keys, hints)

    def _settle_missing(self, row: DeliveryFile, file: DeliveredFile, planned: Plan) -> None:
        """Rows to be deleted that do not stand: gone already, or never there."""
        if not len(planned.missing):
            return
        keys = planned.rows["key"].take(pa.array(planned.missing)).to_pylist()
        lines = planned.rows["line"].to_numpy()[planned.missing].tolist()
        known = ever_stood(planned.standing.shape, planned.standing.table, keys)
        never = [(line, key) for line, key in zip(lines, keys, strict=True) if key not in known]
        row.unchanged += len(keys) - len(never)
        if never:
            reject_lines(
                row,
                file,
                reasons.NOT_THERE,
                [line for line, _ in never],
                [key for _, key in never],
                [""] * len(never),
            )

    def _with_persons(self, rows: pa.Table) -> pa.Table:
        """People with the person of each number; who is new is made a person."""
        number = rows["number"].to_numpy()
        self.known.welcome(number[~rows["delete"].to_numpy()], self.moment)
        return rows.append_column("person", pa.array(self.known.persons(number)))

    def _closes_too_much(self, row: DeliveryFile, standing: int) -> bool:
        if row.closed <= settings.CLOSING_LIMIT * standing:
            return False
        share = round(100 * row.closed / standing)
        closed, of = ((reasons.number(n, "da"), reasons.number(n, "en")) for n in (row.closed, standing))
        da = (
            f"{row.name} ville lukke {closed[0]} af {of[0]} åbne oplysninger ({share} %). "
            "Se efter, om filen er hel; bekræft leverancen, hvis den er, og afvis den ellers."
        )
        en = (
            f"{row.name} would close {closed[1]} of {of[1]} open facts ({share}%). "
            "See whether the file is whole; confirm the delivery if it is, and refuse it otherwise."
        )
        self.held.append(Message(da, en))
        return True


def set_indexes_aside() -> None:
    """If there are no facts yet: write these without their indexes, which the store makes as the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_set_indexes_aside()")


_KIND = {PEOPLE: "person", RELATION: "relation"}


def words_of(mapping: SourceMapping) -> Words:
    """The numbers of a mapping's codes and units; those not yet in the register are put there."""
    codes = {
        (table.kind, code)
        for table in mapping.tables
        for code in (*table.code.aliases, table.code.always)
        if table.kind and code
    }
    units = {code for table in mapping.tables for code in (*table.unit.aliases, table.unit.always) if code}
    keep((Term(kind=kind, code=code) for kind, code in codes), "kind", "code")
    keep((Unit(key=key) for key in units), "key")
    terms = {(kind, code): number for number, kind, code in Term.objects.values_list("id", "kind", "code")}
    return Words(terms, dict(Unit.objects.values_list("key", "id")))
