"""`helhed bench import`: a city delivered through the ordinary door, against a bare COPY of the very same rows.

The files are cheap and regular, not the made-up city; every person is known to both case systems. Everything happens in
a database of its own, removed afterwards.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connections
from pyarrow import csv

from helhed.audit.actions import SYSTEM
from helhed.commands.own_database import database_of_its_own, deliveries_in
from helhed.commands.refusal import RefusalError
from helhed.register.actions import receive

Say = Callable[[str], None]
ROWS_A_PIECE = 500_000
TABLES = ("register_person", "register_identifier", "register_persondetail", "register_fact")
FIRST_BIRTH = np.datetime64("1940-01-01")
BIRTH_DAYS = 20_000
BENEFITS = [
    "Kontanthjælp, aktivitetsparat",
    "KTH jobparat",
    "Ledighedsydelse",
    "Sygedagpenge",
    "Førtidspension",
]
CATEGORIES = ["LAB § 6 nr. 2", "LAB § 6 nr. 3", "LAB § 6 nr. 8", "LAB § 6 nr. 9"]
OFFERS = ["Virksomhedspraktik", "Løntilskud", "Mentor", "Nytteindsats"]
BIF_UNITS = ["Jobcenter København", "Ungeenheden", "Center for Beskæftigelse og Afklaring"]
SOF_UNITS = ["Hjemløseenheden", "Rusmiddelbehandling Kbh.", "Psykiatrienheden", "Borgercenter Handicap"]
SERVICES = ["SEL § 85", "SEL § 107", "SEL § 110", "SUL § 141", "Servicelovens § 99"]


@dataclass(frozen=True)
class Measured:
    """Rows written, seconds through the door and by bare COPY with indexes, and the program's peak memory in bytes."""

    rows: int
    through_the_door: float
    bare: float
    peak: int

    @property
    def ratio(self) -> float:
        """How many times as long the door takes."""
        return self.through_the_door / self.bare


def run(people: int, say: Say = print) -> Measured:
    """Measure an import of a city of so many people, telling each step. RefusalError if the import does not go well."""
    with (
        tempfile.TemporaryDirectory(prefix="helhed-bench-") as name,
        database_of_its_own(),
        deliveries_in(Path(name)),
    ):
        folder = Path(name)
        written = _write_files(folder, people)
        size = sum(path.stat().st_size for path in folder.glob("*.csv"))
        say(f"{written:,} rows in files of {size / 1e6:,.0f} MB")
        door = 0.0
        for source in ("bif-fagsystem", "sof-fagsystem"):
            seconds = _deliver(source, folder)
            say(f"{source}: {seconds:.1f} s through the door")
            door += seconds
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        rows, bare = _bare_copy(folder, say)
    measured = Measured(rows, door, bare, peak)
    say(f"{rows:,} rows: {door:.1f} s through the door, {bare:.1f} s by bare COPY and indexes")
    say(f"{measured.ratio:.2f} times as long; the program used at most {peak / 1e9:.2f} GB")
    return measured


def _deliver(source: str, folder: Path) -> float:
    started = time.monotonic()
    delivery = receive(by=SYSTEM, source=source, folder=folder)
    if delivery.status != "received":
        raise RefusalError(f"{source}: {delivery.status}. {delivery.message_en}")
    return time.monotonic() - started


def _bare_copy(folder: Path, say: Say) -> tuple[int, float]:
    """Copy the rows that were written into tables without rules, then make the same indexes; answers rows and seconds."""
    rows, seconds = 0, 0.0
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            path = folder / f"{table}.rows"
            _save(cursor, table, path)
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table})")
            started = time.monotonic()
            _load(cursor, f"bare_{table}", path)
            copied = time.monotonic() - started
            _index(cursor, table)
            seconds += time.monotonic() - started
            cursor.execute(f"SELECT count(*) FROM bare_{table}")
            (count,) = cursor.fetchone()
            rows += count
            say(
                f"bare {table}: {count:,} rows, COPY {copied:.1f} s, indexes {time.monotonic() - started - copied:.1f} s"
            )
    return rows, seconds


def _save(cursor: Any, table: str, path: Path) -> None:
    with path.open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            file.write(block)


def _load(cursor: Any, table: str, path: Path) -> None:
    with path.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
        while block := file.read(1024 * 1024):
            copy.write(block)


def _index(cursor: Any, table: str) -> None:
    cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table])
    for name, definition in cursor.fetchall():
        copied = definition.replace(f" {name} ", f" bare_{name} ").replace(f".{table} ", f".bare_{table} ")
        cursor.execute(copied)


def _write_files(folder: Path, people: int) -> int:
    """The files of both systems; answers how many rows they have."""
    random = np.random.default_rng(1)
    who = np.arange(people)
    number = _numbers(who)
    dashed = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(number, 0, 6), pc.utf8_slice_codeunits(number, 6), "-"
    )
    family = pc.binary_join_element_wise("Efternavn", pa.array(who % 5000).cast(pa.string()), "")
    name = pc.binary_join_element_wise(family, "Fornavn", ", ")
    city = City(folder, people, random, number, dashed)
    city.write(
        "BIF_PERSONER",
        {"CPRNR": number, "FORNAVN": "Fornavn", "EFTERNAVN": family, "ADRESSEBESKYTTELSE": "N"},
    )
    city.write("SOF_BORGERE", {"Cpr": dashed, "Navn": name, "Beskyttet": "Nej"})
    city.write_facts("BIF_YDELSER", 6, "YDELSE_ID;CPRNR;YDELSE;FRA_DATO;TIL_DATO;MAANEDSBELOEB", BENEFITS)
    city.write_facts(
        "BIF_SAGER", 2, "SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO", CATEGORIES, BIF_UNITS
    )
    tilbud = "TILBUD_ID;CPRNR;TILBUDSTYPE;ENHED;STARTDATO;SLUTDATO;TIMER_PR_UGE"
    city.write_facts("BIF_TILBUD", 3, tilbud, OFFERS, BIF_UNITS)
    city.write_facts(
        "SOF_SAGER", 2, "Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket", ["Primær", "Supplerende"], SOF_UNITS
    )
    indsatser = "IndsatsId;Cpr;Paragraf;Betegnelse;Enhed;Startdato;Slutdato;PrisPrMaaned"
    city.write_facts("SOF_INDSATSER", 3, indsatser, SERVICES, SOF_UNITS)
    return city.rows


def _numbers(who: Any) -> Any:
    """A made-up number for each person: day + 60, never the same twice."""
    day = FIRST_BIRTH + (who % BIRTH_DAYS).astype("timedelta64[D]")
    written = pc.strftime(pa.array(day), format="%d%m%y")
    shifted = pc.cast(pc.cast(written, pa.int64()), pa.int64())
    serial = pa.array(who // BIRTH_DAYS).cast(pa.int64())
    number = pc.add(pc.multiply(pc.add(shifted, 600_000), 10_000), serial)
    return number.cast(pa.string())


class City:
    """Writes the files of both systems, some hundred thousand rows at a time."""

    def __init__(
        self, folder: Path, people: int, random: np.random.Generator, number: Any, dashed: Any
    ) -> None:
        self.folder, self.people, self.random = folder, people, random
        self.number, self.dashed = number, dashed
        self.rows = 0

    def write(self, table: str, columns: dict[str, Any]) -> None:
        """One file; a text stands on every row."""
        size = max(len(column) for column in columns.values() if not isinstance(column, str))
        full = {n: pa.repeat(c, size) if isinstance(c, str) else c for n, c in columns.items()}
        with self._open(table) as file:
            file.write(";".join(full).encode("cp1252") + b"\r\n")
            self._append(file, pa.table(full))

    def write_facts(
        self, table: str, each: int, header: str, codes: list[str], units: list[str] | None = None
    ) -> None:
        """So many facts for each person, in the order of their keys, the persons mixed."""
        rows = self.people * each
        with self._open(table) as file:
            file.write(header.encode("cp1252") + b"\r\n")
            for first in range(0, rows, ROWS_A_PIECE):
                self._append(
                    file, self._facts(table, first, min(ROWS_A_PIECE, rows - first), header, codes, units)
                )

    def _facts(
        self, table: str, first: int, size: int, header: str, codes: list[str], units: list[str] | None
    ) -> pa.Table:
        random, bif = self.random, table.startswith("BIF")
        person = pa.array(random.integers(0, self.people, size))
        start = np.datetime64("2018-01-01") + random.integers(0, 2500, size).astype("timedelta64[D]")
        end = start + random.integers(1, 900, size).astype("timedelta64[D]")
        written = pc.strftime(pa.array(end), format="%d-%m-%Y")
        open_end = pa.array(random.random(size) < 0.2)
        columns = [
            pc.binary_join_element_wise(
                table[4:6], pa.array(np.arange(first, first + size) + 10**7).cast(pa.string()), "-"
            ),
            (self.number if bif else self.dashed).take(person),
            pa.array(codes).take(pa.array(random.integers(0, len(codes), size))),
        ]
        if "Betegnelse" in header:
            columns.append(pa.repeat("", size))
        if units:
            columns.append(pa.array(units).take(pa.array(random.integers(0, len(units), size))))
        columns += [
            pc.strftime(pa.array(start), format="%d-%m-%Y"),
            pc.if_else(open_end, "" if bif else "31-12-9999", written),
        ]
        if len(columns) < header.count(";") + 1:
            columns.append(pa.repeat("11432,50" if "BELOEB" in header or "Pris" in header else "20", size))
        return pa.table(columns, names=header.split(";"))

    @contextmanager
    def _open(self, table: str) -> Iterator[Any]:
        with (self.folder / f"{table}_FULD_20220601.csv").open("wb") as file:
            yield file

    def _append(self, file: Any, rows: pa.Table) -> None:
        for first in range(0, rows.num_rows, ROWS_A_PIECE):
            sink = pa.BufferOutputStream()
            options = csv.WriteOptions(include_header=False, delimiter=";", quoting_style="none", eol="\r\n")
            csv.write_csv(rows.slice(first, ROWS_A_PIECE), sink, options)
            file.write(sink.getvalue().to_pybytes().decode().encode("cp1252"))
        self.rows += rows.num_rows
