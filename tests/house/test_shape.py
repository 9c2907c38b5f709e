"""Sizes, and imports where a reader looks for them."""

import ast

from house.building import BASE, PACKAGE, functions_of, sources, texts, tree

FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "handlers", "misc", "common", "signals"}
NOUNS_OF_THE_LAW = {"services"}
"""In the made-up city a service is what the law means by it, not a layer of code."""


def test_functions_are_short():
    functions = [function for file in sources() for function in functions_of(file)]
    assert not [f"{f.where}: {f.lines} lines" for f in functions if f.lines > 80]
    long = [f for f in functions if f.lines > 30]
    assert len(long) <= len(functions) / 10, [f"{f.where}: {f.lines}" for f in long]


def test_files_are_short():
    lengths = {file: len(file.read_text().splitlines()) for file in texts() if file.suffix == ".py"}
    long = {
        str(f.relative_to(BASE)): n for f, n in lengths.items() if n > 600 and "migrations" not in f.parts
    }
    assert not long


def test_imports_stand_at_the_top():
    hidden = [
        function.where
        for file in sources()
        for function in functions_of(file)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function.node))
    ]
    assert not hidden


def test_no_module_is_named_by_what_it_is_not():
    found = [f for f in PACKAGE.rglob("*") if f.stem in FORBIDDEN_NAMES and f.suffix in ("", ".py")]
    assert not [f for f in found if f.parent.name != "synthetic" or f.stem not in NOUNS_OF_THE_LAW]


def test_what_is_public_says_what_it_does():
    """Every class, and every function that is longer than its own name explains."""
    silent = [
        f"{file.relative_to(BASE)}:{node.lineno} {node.name}"
        for file in sources()
        if file.name != "apps.py"
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and (isinstance(node, ast.ClassDef) or (node.end_lineno or 0) - node.lineno > 8)
    ]
    assert not silent
