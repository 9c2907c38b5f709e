"""Cases drawn as tables in YAML: facts, a criterion or groups, a window, and the spells that must come out.

A table is rows of cells between `|`; the first row names the columns. An empty cell, or a missing table, is none.
"""

from pathlib import Path

from helhed.periods import Span
from helhed.rules.reading import Reader, read_groups
from helhed.rules.vocabulary import Vocabulary
from helhed.rules.writing import write_groups
from helhed.rules.yaml_lines import read_yaml
from rules.words import day, group_of

FOLDER = Path(__file__).parent / "cases"
COLUMNS = {
    "people": ("person", "birth_date"),
    "spells": ("person", "kind", "code", "unit", "start", "end"),
    "relations": ("parent", "child", "start", "end"),
}
DATES = {"birth_date", "start", "end"}


def all_cases():
    """(title, case) of every file, in order."""
    return [
        (f"{path.stem}: {node.mapping()['case'].string()}", make(node, vocabulary(root)))
        for path in sorted(FOLDER.glob("*.yaml"))
        for root in [read_yaml(path.read_text(encoding="utf-8"), path.name)]
        for node in root.mapping(need=("about", "cases"), may=("vocabulary",))["cases"].items()
    ]


def vocabulary(root):
    """The vocabulary at the head of a file."""
    plain = root.mapping()["vocabulary"].plain()
    return Vocabulary(
        frozenset(plain["codes"]),
        {kind: frozenset(codes) for kind, codes in plain["codes"].items()},
        {kind: tuples(old) for kind, old in plain.get("successors", {}).items()},
        frozenset(plain.get("units", ())),
        tuples(plain.get("unit_successors", {})),
    )


def tuples(successors):
    return {old: tuple(new) for old, new in successors.items()}


def make(node, words):
    """One case as a dict of plain values."""
    entries = node.mapping(
        need=("case", "window", "expect"), may=("criterion", "groups", "people", "spells", "relations", "why")
    )
    start, end = (day(cell) if cell else None for cell in entries["window"].string().split("–"))
    facts = {
        name: table(entries[name], columns) if name in entries else [] for name, columns in COLUMNS.items()
    }
    return {
        **facts,
        "groups": groups(entries, words),
        "vocabulary": words,
        "window": Span(start, end),
        "expect": expected(entries["expect"]),
    }


def groups(entries, words):
    if "groups" in entries:
        reader = Reader(words)
        for node in entries["groups"].items():
            reader.add(node)
        return reader.done()
    group = group_of("G", Reader(words).criterion(entries["criterion"]))
    return read_groups(write_groups([group]), "case", words)


def table(node, columns):
    """The rows of a drawn table as dicts; dates as day numbers."""
    return [{name: row.get(name) for name in columns} for row in rows(node)]


def rows(node):
    lines = [
        [cell.strip() for cell in line.split("|")] for line in node.string().splitlines() if line.strip()
    ]
    head = lines[0]
    assert all(len(line) == len(head) for line in lines), f"{node.file}, line {node.line}: a row is not whole"
    return [{name: value(name, cell) for name, cell in zip(head, line, strict=True)} for line in lines[1:]]


def value(name, cell):
    if not cell:
        return None
    return day(cell) if name in DATES else cell


def expected(node):
    """Rows (group, person, value, start, end); G and p where the table does not name them."""
    if node.value is None or node.text.strip() == "none":
        return []
    found = [{"group": "G", "person": "p", **row} for row in rows(node)]
    return [(row["group"], row["person"], row["value"], row["start"], row["end"]) for row in found]
