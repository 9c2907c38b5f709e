"""Counting in the store: everyone, against the people of a delivery that touches one in a hundred.

The made-up city is delivered through the ordinary door into a database of its own, and counted. There are two yardsticks:
the first count of everyone, which writes every spell, and a later one in which nothing moves and nothing is written. Each
small delivery gives other people a case.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connections

from helhed.audit.actions import SYSTEM
from helhed.commands.engine_bench.rows import Row, seconds
from helhed.commands.refusal import RefusalError
from helhed.membership.actions import recount
from helhed.register.actions import receive
from helhed.register.models import Delivery
from helhed.synthetic.city import write_city

LEAST, MOST = 1_000, 60_000
_FULL_DELIVERIES, _TIMES, _ONE_IN = 2, 3, 100
_SOURCE, _SHARE = "bif-fagsystem", 0.03
_HEADER = "AENDRING;SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO"
_CASE = "O;BENCH-{number};{cpr};LAB § 6 nr. 3;Jobcenter København;01-06-2024;"


def make_city(folder: Path, people: int) -> tuple[Path, float]:
    """The city delivered and counted once; answers the folder of its first delivery, and the seconds the count took."""
    city = write_city(folder, people)
    for parcel in city.deliveries[:_FULL_DELIVERIES]:
        _received(parcel.source, parcel.folder)
    _look_at_rows()
    took = _timed()
    _look_at_rows()
    return next(parcel.folder for parcel in city.deliveries if parcel.source == _SOURCE), took


def rows(folder: Path, city: tuple[Path, float], say: Callable[[str], None]) -> Iterator[Row]:
    """The rows of the recount, in a database that `make_city` has filled; `city`: what it answered."""
    say("counting everyone again, and one in a hundred")
    first, writing = city
    full = min(_timed() for _ in range(2))
    known = sorted(_persons(first))
    few = []
    for nth in range(_TIMES):
        touched = known[nth::_ONE_IN]
        delivery = _received(_SOURCE, _delta(folder / f"delta-{nth}", nth, touched))
        few.append(_timed(delivery))
    took, aim = min(few), ("≤", _SHARE * 100)
    yield Row(
        "recount after a delivery that touches 1 % of the people",
        seconds(took),
        f"everyone, all written {seconds(writing)}",
        took / writing * 100,
        aim,
        "%",
        f"{len(known):,} people of the made-up city; {len(known) // _ONE_IN:,} of them get a case, and their families are "
        f"counted with them. The quickest of {_TIMES} such deliveries against the first count of everyone.",
    )
    yield Row(
        "the same",
        seconds(took),
        f"everyone, nothing to write {seconds(full)}",
        took / full * 100,
        aim,
        "%",
        "Against a later count of everyone, in which nothing moves. What it spends on each person is less: it reads all rows "
        "in the order they lie in.",
    )


def _persons(folder: Path) -> Iterator[str]:
    """The numbers in the source's own table of persons."""
    (file,) = folder.glob("BIF_PERSONER_FULD_*.csv")
    for line in file.read_text("cp1252").splitlines()[1:]:
        yield line.split(";")[0].strip('"')


def _delta(folder: Path, nth: int, touched: list[str]) -> Path:
    """A delivery of changes: a case for each of these persons."""
    folder.mkdir()
    lines = [_CASE.format(number=f"{nth}-{number}", cpr=cpr) for number, cpr in enumerate(touched)]
    text = "\r\n".join([_HEADER, *lines, ""])
    (folder / f"BIF_SAGER_AENDRING_202701{nth + 1:02}.csv").write_bytes(text.encode("cp1252"))
    return folder


def _received(source: str, folder: Path) -> Delivery:
    delivery = receive(by=SYSTEM, source=source, folder=folder)
    if delivery.status != "received":
        raise RefusalError(f"{source}: {delivery.status}. {delivery.message_en}")
    return delivery


def _look_at_rows() -> None:
    """What the server does by itself within a minute of many new rows; a night's delivery does not come sooner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(delivery: Any = None) -> float:
    began = time.perf_counter()
    recount(by=SYSTEM, delivery=delivery)
    return time.perf_counter() - began
