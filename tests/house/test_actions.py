"""Every verb has one shape: keyword-only, `by=`, one transaction, one line in the log."""

import ast
from pathlib import Path

import pytest

from house.building import PACKAGE, tree

FILES = sorted(PACKAGE.rglob("actions.py")) + [PACKAGE / "membership" / "drafting.py"]
VERBS = [
    pytest.param(file, node, id=f"{file.relative_to(PACKAGE).parent}.{node.name}")
    for file in FILES
    for node in tree(file).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]
LOG = PACKAGE / "audit" / "actions.py"


def test_there_are_verbs():
    assert len(VERBS) > 5


@pytest.mark.parametrize(("file", "verb"), VERBS)
def test_arguments_are_named_and_somebody_acts(file, verb):
    assert not verb.args.args and not verb.args.posonlyargs and not verb.args.vararg
    assert "by" in {argument.arg for argument in verb.args.kwonlyargs}


@pytest.mark.parametrize(("file", "verb"), VERBS)
def test_a_verb_leaves_a_line_in_the_log(file, verb):
    """It calls `note`, itself or through functions of its own room."""
    if file == LOG:
        return
    waiting, seen, called = [(file, verb.name)], set(), set()
    while waiting:
        place = waiting.pop()
        seen.add(place)
        names, found = calls_of(*place)
        called |= names
        waiting += [other for other in found if other not in seen]
    assert "note" in called


def calls_of(file: Path, name: str) -> tuple[set[str], list[tuple[Path, str]]]:
    """The names a function calls, and where those of its own room stand; `Line.note` is the method called in `Line(…).note(…)`."""
    module = tree(file)
    owner, _, own = name.rpartition(".")
    places = (
        [n for n in module.body if isinstance(n, ast.ClassDef) and n.name == owner] if owner else [module]
    )
    inside = [n for place in places for n in place.body if isinstance(n, ast.FunctionDef)]
    function = next((n for n in inside if n.name == own), None)
    if function is None:
        return set(), []
    calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)} | {*map(method_of, calls)} - {""}
    room = "helhed." + ".".join(file.parent.relative_to(PACKAGE).parts)
    elsewhere = {
        alias.asname or alias.name: PACKAGE.parent / (node.module.replace(".", "/") + ".py")
        for node in module.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{room}.")
        for alias in node.names
    }
    return names, [(elsewhere.get(called.partition(".")[0], file), called) for called in names]


def method_of(call: ast.expr) -> str:
    """`Line.note` of `Line(…).note`; "" of anything else."""
    made = call.value if isinstance(call, ast.Attribute) else None
    named = isinstance(made, ast.Call) and isinstance(made.func, ast.Name)
    return f"{made.func.id}.{call.attr}" if named else ""
