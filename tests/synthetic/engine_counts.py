"""The written files all the way through the catalogue's groups: files, facts, the fast engine, counts on chosen days.

PYTHONPATH=tests python -m synthetic.engine_counts [people]      prints the sizes over time
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from helhed.law import catalogue
from helhed.periods import Span, day_of
from helhed.rules.many import evaluate
from helhed.synthetic.city import write_city
from synthetic.delivered import OPEN, Delivered, delivered

DAYS = [
    date(2018, 6, 1), date(2020, 6, 1), date(2022, 6, 1), date(2024, 6, 1), date(2025, 2, 1), date(2025, 8, 1),
    date(2026, 11, 1),
]  # fmt: skip
HISTORICAL = ("HIST-2008", "HIST-2013")


def memberships(read: Delivered) -> pa.Table:
    """Everybody's spells in every group from 2018 on."""
    people = pa.table({"person": [int(n) for n in read.births], "birth_date": list(read.births.values())})
    rows = list(zip(*read.facts.values(), strict=True))
    spells = pa.table(
        {
            "person": [int(number) for number in rows[0]],
            "kind": pa.array(rows[1]).dictionary_encode(),
            "code": pa.array(rows[2]).dictionary_encode(),
            "unit": pa.array(rows[3]).dictionary_encode(),
            "start": pa.array(rows[4], pa.int32()),
            "end": pa.array([None if end == OPEN else end for end in rows[5]], pa.int32()),
        }
    )
    kin = list(zip(*read.relations.values(), strict=True))
    relations = pa.table(
        {
            "parent": [int(number) for number in kin[0]],
            "child": [int(number) for number in kin[1]],
            "start": pa.array(kin[2], pa.int32()),
            "end": pa.array([None if end == OPEN else end for end in kin[3]], pa.int32()),
        }
    )
    law = catalogue()
    window = Span(day_of(date(2018, 1, 1)), day_of(date(2026, 12, 1)))
    return evaluate(people, spells, relations, law.groups(), law.vocabulary(), window)


def standing(found: pa.Table, day: date, value: str) -> pa.Table:
    """The spells of a value (true, unknown) that hold on a day."""
    number = day_of(day)
    start = found["start"].cast(pa.int32()).to_numpy()
    end = found["end"].cast(pa.int32()).fill_null(OPEN).to_numpy()
    wanted = found["value"].to_numpy(zero_copy_only=False) == value
    return found.filter(pa.array((start <= number) & (number < end) & wanted))


def counts(found: pa.Table, day: date) -> tuple[Counter, Counter]:
    """How many are in each group on a day: for certain, and perhaps."""
    certain, perhaps = (standing(found, day, value)["group"].to_pylist() for value in ("true", "unknown"))
    return Counter(certain), Counter(perhaps)


def main(people: int) -> None:
    with TemporaryDirectory() as folder:
        found = memberships(delivered(write_city(Path(folder), people=people)))
    table = [counts(found, day) for day in DAYS]
    print(" " * 16, *(f"{day:%Y-%m-%d}".rjust(12) for day in DAYS))
    for group in catalogue().groups():
        print(group.ljust(16), *(f"{true[group]} + {maybe[group]}?".rjust(12) for true, maybe in table))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000)
