"""Every place in the program that writes a line in the log, and a way to leave out exactly one of them."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType

import pytest
from django.urls import get_resolver
from django.utils import timezone

from helhed.audit import actions
from helhed.audit.models import Event
from house.building import PACKAGE, sources, tree

HOME = "helhed.audit.actions"
NOTE = actions.note


@dataclass(frozen=True)
class Site:
    """One call of note(): `key` names the room, the module, the function, and which of its calls it is."""

    key: str
    file: str
    first: int
    last: int


@cache
def sites() -> dict[str, Site]:
    """Every call of note() in the program, found in its syntax. Where a function or a method only passes its caller's
    action on to note(), its callers are the places, not the one call inside it."""
    files = [file for file in sources() if file.is_relative_to(PACKAGE)]
    methods = {_name(file): found for file in files if (found := set(_passing_methods(tree(file))))}
    found = [site for file in files for site in _sites_of(file, methods)]
    assert len({site.key for site in found}) == len(found)
    return {site.key: site for site in found}


def _name(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _sites_of(file: Path, methods: dict[str, set[str]]) -> Iterator[Site]:
    module, name = tree(file), _name(file)
    reached = {name, *_imported(module)}
    names = _names(module, file)
    ways = Ways(names, {method for home in reached & methods.keys() for method in methods[home]})
    for where, calls in _functions(module, ways):
        for number, call in enumerate(calls, 1):
            key = f"{name}:{where}" + (f"#{number}" if len(calls) > 1 else "")
            yield Site(key, str(file), call.lineno, call.end_lineno or call.lineno)


@dataclass(frozen=True)
class Ways:
    """How a file can write a line: by these names, and by these methods of values from the modules it takes from."""

    names: set[str]
    methods: set[str]

    def writes(self, node: ast.AST) -> bool:
        if _calls(node, self.names):
            return True
        method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        return method and node.func.attr in self.methods and not isinstance(node.func.value, ast.Constant)


def _imported(module: ast.Module) -> Iterator[str]:
    """The modules of helhed a file takes from, without the package's name."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helhed"):
            home = node.module.removeprefix("helhed").lstrip(".")
            yield home
            yield from (f"{home}.{each.name}".lstrip(".") for each in node.names)


def _names(module: ast.Module, file: Path) -> set[str]:
    """What writes a line, by the names it has in this file: note(), and functions here that only pass on to it."""
    if not _knows_note(module, file):
        return set()
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    return {"note"} | {function.name for function in functions if _only_passes_on(function)}


def _passing_methods(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            yield from (
                each.name for each in node.body if isinstance(each, ast.FunctionDef) and _only_passes_on(each)
            )


def _only_passes_on(function: ast.FunctionDef) -> bool:
    """True for a function without branches whose note() has the action it was itself given."""
    straight = all(isinstance(each, ast.Expr | ast.Assign | ast.Return) for each in function.body)
    arguments = [*function.args.args, *function.args.kwonlyargs, *filter(None, [function.args.kwarg])]
    given = {argument.arg for argument in arguments}
    passed = {
        word.value.id
        for call in ast.walk(function)
        if _calls(call, {"note"})
        for word in call.keywords
        if word.arg in ("action", None) and isinstance(word.value, ast.Name)
    }
    return straight and bool(given & passed)


def _calls(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _knows_note(module: ast.Module, file: Path) -> bool:
    """Whether a file takes note() by its own name. Any other way would hide calls from this test."""
    known = False
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == HOME:
            taken = {each.name: each.asname for each in node.names}
            assert taken.get("note") is None, f"{file} calls note() by another name"
            known |= "note" in taken
        if isinstance(node, ast.ImportFrom) and node.module == "helhed.audit":
            assert "actions" not in {each.name for each in node.names}, f"{file}: import note itself"
    return known


def _functions(module: ast.Module, ways: Ways) -> Iterator[tuple[str, list[ast.Call]]]:
    """Each function by its qualified name, with the calls that stand in it and not in one inside it."""
    waiting: list[tuple[str, ast.AST]] = [("", module)]
    while waiting:
        prefix, parent = waiting.pop(0)
        calls, inner = [], list(ast.iter_child_nodes(parent))
        while inner:
            node = inner.pop(0)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                waiting.append((f"{prefix}.{node.name}" if prefix else node.name, node))
                continue
            if ways.writes(node):
                calls.append(node)
            inner[:0] = list(ast.iter_child_nodes(node))
        if calls and not (isinstance(parent, ast.FunctionDef) and _only_passes_on(parent)):
            yield prefix, calls


@dataclass
class Tap:
    """Stands in for note() everywhere: remembers which call wrote which line, and leaves the `dropped` one out."""

    dropped: str = ""
    written: dict[str, list[Event]] = field(default_factory=dict)

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        assert get_resolver().url_patterns, "every page is loaded"
        for name, module in list(sys.modules.items()):
            if name.startswith("helhed.") and getattr(module, "note", None) is NOTE and name != HOME:
                patch.setattr(module, "note", self)

    def __call__(self, **said: object) -> Event:
        key = _place(sys._getframe(1))
        if key == self.dropped:
            return Event(pk=0, at=timezone.now(), actor="nobody", action="left out")
        event = NOTE(**said)
        self.written.setdefault(key, []).append(event)
        return event

    def by(self, key: str) -> set[int]:
        """The lines a call wrote; those noted together have a number only once all are written."""
        return {event.pk for event in self.written.get(key, ())}


def _place(frame: FrameType | None) -> str:
    """The call a frame stands at, or that of the function it was passed on by."""
    while frame is not None:
        file, line = frame.f_code.co_filename, frame.f_lineno
        for site in sites().values():
            if site.file == file and site.first <= line <= site.last:
                return site.key
        frame = frame.f_back
    raise AssertionError("a line in the log from nowhere")
