"""docs/security/asvs.csv: complete, with a reason or a test for each row, and every test it names is there."""

import ast
import csv
import re
from collections import Counter

import pytest

from house.building import BASE

PLACE = BASE / "docs" / "security" / "asvs.csv"
ROWS = list(csv.DictReader(PLACE.open(newline="")))
LEVELS = {"1": 70, "2": 183}
OF_LEVEL_3 = {"V2.3.5", "V5.2.4", "V5.2.5", "V5.2.6", "V7.5.3", "V8.3.2", "V8.3.3", "V14.2.7"}
SECTIONS = {  # chapter: how many requirements of levels 1 and 2 it has
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29,
    "V11": 14, "V12": 9, "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip


def test_every_requirement_stands_there_once():
    ids = Counter(row["id"] for row in ROWS)
    assert not [name for name, times in ids.items() if times > 1]
    assert {level: sum(row["level"] == level for row in ROWS) for level in LEVELS} == LEVELS
    assert {row["id"] for row in ROWS if row["level"] == "3"} == OF_LEVEL_3
    assert Counter(row["id"].split(".")[0] for row in ROWS if row["level"] != "3") == SECTIONS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_says_what_it_must(row):
    assert set(row) == {"id", "level", "applies", "met", "how", "test"}
    assert re.fullmatch(r"V\d+\.\d+\.\d+", row["id"]) and len(row["how"]) > 8
    if row["applies"] == "no":
        assert (row["met"], row["test"]) == ("", "")
    else:
        assert row["applies"] == "yes" and row["met"] in ("yes", "no", "deployment")
        assert bool(row["test"]) == (row["met"] == "yes")


@pytest.mark.parametrize("test", sorted({row["test"] for row in ROWS if row["test"]}))
def test_the_test_is_there(test):
    file, _, name = test.partition("::")
    module = ast.parse((BASE / file).read_text())
    tests = {
        node.name
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert name in tests if name else tests


def test_the_standards_words_are_not_copied():
    """Its requirements begin alike; ours do not."""
    assert not [row["id"] for row in ROWS if re.search(r"\bverify that\b", row["how"], re.I)]
