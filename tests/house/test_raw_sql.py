"""Statements carry their values beside them. What is put together in a statement is a name the program knows: a constant,
a column, a table, another statement of its own; never something that came with a call from outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.building import PACKAGE, sources, tree

ASKS = re.compile(r"\s*\(?(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|COPY|WITH)\b\s")
FROM_OUTSIDE = {"request", "POST", "GET", "text", "typed", "query_string", "body", "COOKIES", "META"}


def statements(module: ast.Module) -> Iterator[ast.AST]:
    """Texts that are statements and are put together: f-strings, %, format and +."""
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr) and any(isinstance(v, ast.FormattedValue) for v in node.values):
            words = "".join(v.value for v in node.values if isinstance(v, ast.Constant))
            if ASKS.match(words):
                yield node
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add) and asks(node.left):
            yield node
        if formats(node):
            yield node


def formats(node: ast.AST) -> bool:
    call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return call and node.func.attr == "format" and asks(node.func.value)


def asks(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(ASKS.match(node.value))


def from_outside(node: ast.AST) -> set[str]:
    """Names in a statement's parts that mean input."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    attributes = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return (names | attributes) & FROM_OUTSIDE


def quoted(node: ast.AST) -> bool:
    """A part that stands between quotation marks: a value that was put into the statement."""
    if not isinstance(node, ast.JoinedStr):
        return False
    sides = []
    for before, part, after in zip(node.values, node.values[1:], node.values[2:], strict=False):
        around = [side.value for side in (before, after) if isinstance(side, ast.Constant)]
        if isinstance(part, ast.FormattedValue) and len(around) == 2:
            sides.append(around[0].endswith("'") and around[1].startswith("'"))
    return any(sides)


PAGES = ("pages", "api", "coordination", "accounts", "insight")
"""Rooms that speak with people: none of them puts a statement together at all."""


def faults(file: Path, room: str) -> list[str]:
    found = []
    for node in statements(tree(file)):
        where = f"{file.name}:{node.lineno}"
        if from_outside(node):
            found.append(f"{where}: input in a statement")
        if quoted(node) and room != "commands":
            found.append(f"{where}: a value between quotation marks")
        if room in PAGES and not is_constant(node, file):
            found.append(f"{where}: a statement put together where people type")
    return found


def is_constant(node: ast.AST, file: Path) -> bool:
    """Whether all that is put in is named in capitals: a constant of a module."""
    parts = [v.value for v in ast.walk(node) if isinstance(v, ast.FormattedValue)]
    parts += [node.right] if isinstance(node, ast.BinOp) else []
    names = [each.id for part in parts for each in ast.walk(part) if isinstance(each, ast.Name)]
    return bool(parts) and all(name.isupper() for name in names)


def test_no_statement_is_put_together_from_input():
    found = [
        fault
        for file in sources()
        if file.is_relative_to(PACKAGE)
        for fault in faults(file, file.relative_to(PACKAGE).parts[0])
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        'cursor.execute(f"SELECT * FROM person WHERE name = {request.GET}")',
        'cursor.execute("SELECT * FROM person WHERE name = %s" % name)',
        "cursor.execute(f\"SELECT * FROM person WHERE name = '{name}' LIMIT 1\")",
        'cursor.execute("DELETE FROM person WHERE name = " + name)',
        'cursor.execute("UPDATE person SET name = {}".format(name))',
    ],
)
def test_an_attack_is_caught(line, tmp_path):
    (tmp_path / "attack.py").write_text(f"def f(cursor, name, request):\n    {line}\n")
    assert faults(tmp_path / "attack.py", "pages")
