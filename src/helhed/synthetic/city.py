"""The room's one verb: write the made-up city as the files the two case systems would send."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helhed.periods import date_of
from helhed.synthetic.calibration import FULL
from helhed.synthetic.citizens import Citizen, citizens
from helhed.synthetic.codes import CHANGES, FULL_FILES
from helhed.synthetic.deliveries import Record, record
from helhed.synthetic.facts import Facts
from helhed.synthetic.files import write_delta, write_full
from helhed.synthetic.people import numbers
from helhed.synthetic.population import Population, populate
from helhed.synthetic.registers import Roll, bif_people, known_people, sof_people
from helhed.synthetic.sheets import Sheet, bif_sheets, bif_standings, sof_sheets, sof_standings
from helhed.synthetic.standings import of_those, standings

Progress = Callable[[str, float], None]
SEED = 2022
SOURCES = {"bif": "bif-fagsystem", "sof": "sof-fagsystem"}
_TABLES = {
    "bif": ("benefits", "employment", "offers", "consents"),
    "sof": ("social", "services", "children", "plans", "relations"),
}
_RECEIVED = time(3, 0)
_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Consignment:
    """A folder of files from one source (key of its mapping), and when they came."""

    source: str
    folder: Path
    received_at: datetime


@dataclass(frozen=True)
class City:
    """What was written: the consignments in the order they came, people and rows in the files, and a few citizens for the demo."""

    deliveries: tuple[Consignment, ...]
    people: int
    rows: int
    citizens: tuple[Citizen, ...]


def write_city(folder: Path, people: int = FULL, seed: int = SEED, progress: Progress | None = None) -> City:
    """Write the files under `folder`: both sources in full, then two deltas of each, in a folder for each day and source.

    The same `people` and `seed` give the same bytes. `progress` is called with a step's name and the share done.
    ValueError if `people` is below calibration.LEAST.
    """
    say = progress or (lambda step, share: None)
    population = populate(people, seed, lambda step, share: say(step, share * 0.25))
    records = _records(population, seed)
    stories = citizens(population.people, records)
    sheets = _sheets(population, records, seed, {citizen.number for citizen in stories})
    consignments, rows = [], 0
    steps = 2 * (1 + len(CHANGES))
    for before, day in zip((None, FULL_FILES, *CHANGES), (FULL_FILES, *CHANGES), strict=False):
        for key, source in SOURCES.items():
            say(f"{source} {date_of(day)}", 0.25 + 0.75 * len(consignments) / steps)
            place = folder / str(date_of(day)) / key
            place.mkdir(parents=True, exist_ok=True)
            rows += sum(_write(sheet, place, before, day, population.plain, seed) for sheet in sheets[key])
            consignments.append(Consignment(source, place, _arrival(day)))
    say("done", 1.0)
    known = np.union1d(*(sheets[key][0].record.rows.person for key in SOURCES))
    return City(tuple(consignments), len(known), rows, stories)


def _write(
    sheet: Sheet, place: Path, before: int | None, day: int, plain: NDArray[np.bool_], seed: int
) -> int:
    if before is None:
        return write_full(sheet, place, day, plain, seed)
    return write_delta(sheet, place, (before, day), plain, seed)


def _arrival(day: int) -> datetime:
    """Full files come the night after their day; deltas the night of their day."""
    night = date_of(day) + timedelta(days=1 if day == FULL_FILES else 0)
    return datetime.combine(night, _RECEIVED, _COPENHAGEN)


def _records(population: Population, seed: int) -> dict[str, Record]:
    """Every table in the order the systems list it, with its later corrections."""
    found = {}
    for number, name in enumerate((*_TABLES["bif"], *_TABLES["sof"])):
        rows = _listed(getattr(population, name), population.people.rank)
        found[name] = record(name, rows, np.random.default_rng([seed, 100 + number]))
    return found


def _listed(rows: Facts, rank: NDArray) -> Facts:
    return rows.take(np.lexsort((rows.code, rows.start, rank[rows.person])))


def _sheets(
    population: Population, records: dict[str, Record], seed: int, apart: set[str]
) -> dict[str, list[Sheet]]:
    who = population.people
    roll, plain = Roll(who), numbers(who)
    dashed = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(plain, 0, 6), pc.utf8_slice_codeunits(plain, 6, 10), "-"
    )
    lists = {
        key: known_people(who, _first_days(records, names), np.random.default_rng([seed, 200 + number]))
        for number, (key, names) in enumerate(_TABLES.items())
    }
    stays = np.flatnonzero(pc.is_in(plain, pa.array(sorted(apart), pa.string())).to_numpy(False))
    told = standings(records, len(who), stays.tolist(), np.random.default_rng([seed, 300]))
    gone = {key: of_those(told, lists[key].rows.person, who.rank) for key in lists}
    return {
        "bif": [
            bif_people(roll, lists["bif"], plain),
            *bif_sheets(records, plain),
            bif_standings(gone["bif"], plain),
        ],
        "sof": [
            sof_people(roll, lists["sof"], dashed),
            *sof_sheets(records, dashed),
            sof_standings(gone["sof"], dashed),
        ],
    }


def _first_days(records: dict[str, Record], names: tuple[str, ...]) -> list[tuple[NDArray, NDArray]]:
    parts = [(records[name].rows.person, records[name].rows.start) for name in names]
    if "relations" in names:
        kin = records["relations"].rows
        parts.append((kin.amount, kin.start))
    return parts
