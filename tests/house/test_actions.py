"""Every verb has one shape: keyword-only, `by=`, one transaction, one line in the log."""

import ast

import pytest

from house.building import BASE, PACKAGE, tree

FILES = sorted(PACKAGE.rglob("actions.py"))
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
    """It calls `note`, itself or through functions beside it."""
    if file == LOG:
        return
    beside = {node.name: node for node in tree(file).body if isinstance(node, ast.FunctionDef)}
    waiting, seen = [verb.name], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting += [n for n in names_called(beside[name]) if n in beside and n not in seen]
    assert any("note" in names_called(beside[name]) for name in seen), file.relative_to(BASE)


def names_called(function: ast.FunctionDef) -> set[str]:
    return {n.func.id for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
