"""What a careful reader gets out of the files, after all deliveries: written for the tests, with nothing of the register's.

Knows the files' form and the lists of names; turns away what is wrong and counts why.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from helhed import register

OPEN = 10**9
SOURCES = Path(register.__file__).parent / "sources"


@dataclass
class Delivered:
    """Birth days by number; facts (number, kind, code, unit, start, end) and relations (parent, child, start, end) by key."""

    births: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    facts: dict[tuple, tuple] = field(default_factory=dict)
    relations: dict[tuple, tuple] = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)


class RefusedRow(Exception):
    """The row is not taken in."""


def delivered(city) -> Delivered:
    """Everything the consignments of a city say, in the order they came."""
    found = Delivered()
    for parcel in city.deliveries:
        source = yaml.safe_load((SOURCES / f"{parcel.source.split('-')[0]}.yaml").read_text())
        names = {
            key: {_squeezed(name): code for code, listed in codes.items() for name in listed}
            for key, codes in source["names"].items()
        }
        order = {"people": 0, "relation": 1, "fact": 2}
        for table in sorted(source["tables"], key=lambda table: order[table["gives"]]):
            for file in sorted(parcel.folder.glob(f"{table['name']}_*.csv")):
                _take_in(found, file, table, names)
    return found


def _take_in(found: Delivered, file: Path, table: dict, names: dict) -> None:
    seen = set()
    text = file.read_bytes().decode("cp1252")
    assert text.endswith("\r\n")
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        try:
            key = (table["name"], _present(row[table["key"][0]], "empty key"))
            if "FULD" in file.name and key in seen:
                raise RefusedRow("key twice")
            _READERS[table["gives"]](found, table, names, row, key)
            seen.add(key)
        except RefusedRow as refusal:
            found.refused[(table["name"], str(refusal))] += 1


def _people(found: Delivered, table: dict, names: dict, row: dict, key: tuple) -> None:
    number = row[table["person"]].replace("-", "")
    found.births[number] = _birth(number)
    found.names[number] = row.get("Navn") or f"{row['EFTERNAVN']}, {row['FORNAVN']}"


def _fact(found: Delivered, table: dict, names: dict, row: dict, key: tuple) -> None:
    if row.get("AENDRING") == "S":
        found.facts.pop(key, None)  # a deletion may be sent twice
        return
    number = _known(found, row[table["person"]])
    code = _named(row, table["code"], names, "unknown name")
    unit = None
    if "unit" in table and row[table["unit"]["column"]]:
        unit = _named(row, table["unit"], names, "unknown unit")
    if "amount" in table and row[table["amount"]] == "efter aftale":
        raise RefusedRow("no amount")
    found.facts[key] = (number, table["kind"], code, unit, *_days(row, table))


def _relation(found: Delivered, table: dict, names: dict, row: dict, key: tuple) -> None:
    pair = (_known(found, row[table["parent"]]), _known(found, row[table["child"]]))
    found.relations[key] = (*pair, *_days(row, table))


_READERS = {"people": _people, "fact": _fact, "relation": _relation}


def _named(row: dict, said: dict, names: dict, why: str) -> str:
    columns = said["column"] if isinstance(said["column"], list) else [said["column"]]
    text = next((row[column] for column in columns if row[column].strip()), "")
    try:
        return names[said["names"]][_squeezed(text)]
    except KeyError:
        raise RefusedRow(why) from None


def _days(row: dict, table: dict) -> tuple[int, int]:
    start, text = _day(row[table["start"]]), row[table["end"]]
    end = OPEN if text in ("", "31-12-9999") else _day(text) + 1
    if end <= start:
        raise RefusedRow("backwards")
    return start, end


def _known(found: Delivered, text: str) -> str:
    number = text.replace("-", "")
    _birth(number)
    if number not in found.births:
        raise RefusedRow("stranger")
    return number


def _present(text: str, why: str) -> str:
    if not text:
        raise RefusedRow(why)
    return text


@cache
def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


@cache
def _day(text: str) -> int:
    try:
        day, month, year = map(int, text.split("-"))
        return (date(year, month, day) - date(1970, 1, 1)).days
    except ValueError:
        raise RefusedRow("no such day") from None


@cache
def _birth(number: str) -> int:
    """The birth day in a substitute number. Everybody in the made-up city has one."""
    if len(number) != 10 or not number.isdigit():
        raise RefusedRow("not a number")
    day, month, year, seventh = int(number[:2]), int(number[2:4]), int(number[4:6]), int(number[6])
    assert day > 60, f"{number} could be a real person's"
    century = 1900 if seventh < 4 or (seventh in (4, 9) and year > 36) else 2000
    return _day(f"{day - 60}-{month}-{century + year}")
