"""Small cases of every model, under the report's words and the law in force, on both engines."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from helhed.law import catalogue
from helhed.law.sections import SECTION_OF_KIND
from helhed.periods import Span, day_of
from helhed.rules import many, one

BEGINNING = date(2018, 1, 1)
BIRTH = date(1900, 1, 1)
WINDOW = Span(day_of(date(2005, 1, 1)), day_of(date(2030, 1, 1)))


def _cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(Path(__file__).parent.glob("cases/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield case["title"], case


CASES = list(_cases())


def _fact(person: str, written: dict[str, Any]) -> dict[str, Any]:
    [kind] = [key for key in written if key in SECTION_OF_KIND]
    end = written.get("to")
    return {
        "person": person,
        "kind": kind,
        "code": written[kind],
        "unit": written.get("unit"),
        "start": day_of(written.get("from", BEGINNING)),
        "end": None if end is None else day_of(end),
    }


def _tables(case: dict[str, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    people = [
        {"person": key, "birth_date": day_of(who["born"]) if "born" in who else None}
        for key, who in case["people"].items()
    ]
    spells = [_fact(key, fact) for key, who in case["people"].items() for fact in who["facts"]]
    relations = [
        {"parent": parent, "child": child, "start": day_of(BIRTH), "end": None}
        for parent, children in case.get("children", {}).items()
        for child in children
    ]
    return people, spells, relations


def _expected(case: dict[str, Any]) -> dict[tuple[date, str], dict[str, set[str]]]:
    return {
        (day, person): {"true": set(said["in"]), "unknown": set(said.get("unknown", ()))}
        for day, everyone in case["expect"].items()
        for person, said in everyone.items()
    }


def _by_one(case: dict[str, Any]) -> dict[tuple[date, str], dict[str, set[str]]]:
    law = catalogue()
    people, spells, relations = _tables(case)
    world = one.World(
        [one.Person(**row) for row in people],
        [one.Fact(**row) for row in spells],
        [one.Relation(**row) for row in relations],
    )
    found = {key: {"true": set(), "unknown": set()} for key in _expected(case)}
    for (day, person), groups in found.items():
        window = Span(day_of(day), day_of(day) + 1)
        for group in law.groups():
            for spell in one.spells(world, person, group, law.groups(), law.vocabulary(), window):
                groups[spell.value].add(group)
    return found


def _by_many(case: dict[str, Any]) -> dict[tuple[date, str], dict[str, set[str]]]:
    law = catalogue()
    shapes = {
        "people": ("person", "birth_date"),
        "spells": ("person", "kind", "code", "unit", "start", "end"),
        "relations": ("parent", "child", "start", "end"),
    }
    tables = [
        pa.table(
            {
                column: pa.array(
                    [row[column] for row in rows], pa.int32() if _is_day(column) else pa.string()
                )
                for column in columns
            }
        )
        for columns, rows in zip(shapes.values(), _tables(case), strict=True)
    ]
    spells = many.evaluate(*tables, law.groups(), law.vocabulary(), WINDOW).to_pylist()
    found = {key: {"true": set(), "unknown": set()} for key in _expected(case)}
    for (day, person), groups in found.items():
        for spell in spells:
            ended = spell["end"] is not None and spell["end"] <= day
            if spell["person"] == person and spell["start"] <= day and not ended:
                groups[spell["value"]].add(spell["group"])
    return found


def _is_day(column: str) -> bool:
    return column in ("birth_date", "start", "end")


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[title for title, _ in CASES])
def test_case_by_the_plain_engine(case):
    assert _by_one(case) == _expected(case)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[title for title, _ in CASES])
def test_case_by_the_fast_engine(case):
    assert _by_many(case) == _expected(case)


def test_every_group_has_someone_in_it():
    """A group that no case is in would not be tested at all."""
    seen = {group for _, case in CASES for said in _expected(case).values() for group in said["true"]}
    assert seen == set(catalogue().groups())
