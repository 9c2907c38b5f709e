"""Every place in the program that writes a line in the log, and a way to leave out exactly one of them."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType

import pytest
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
    """Every call of note() in the program, found in its syntax. Where a function only passes its caller's action on to
    note(), its callers are the places, not the one call inside it."""
    found = [site for file in sources() if file.is_relative_to(PACKAGE) for site in _sites_of(file)]
    assert len({site.key for site in found}) == len(found)
    return {site.key: site for site in found}


def _sites_of(file: Path) -> Iterator[Site]:
    module = tree(file)
    names = _names(module, file)
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
    for where, calls in _functions(module, names):
        for number, call in enumerate(calls, 1):
            key = f"{name}:{where}" + (f"#{number}" if len(calls) > 1 else "")
            yield Site(key, str(file), call.lineno, call.end_lineno or call.lineno)


def _names(module: ast.Module, file: Path) -> set[str]:
    """What writes a line, by the names it has in this file: note(), and functions here that only pass on to it."""
    if not _knows_note(module, file):
        return set()
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return {"note"} | {function.name for function in functions if _only_passes_on(function)}


def _only_passes_on(function: ast.FunctionDef) -> bool:
    """True for a private function without branches whose note() has the action it was itself given."""
    straight = all(isinstance(each, ast.Expr | ast.Assign | ast.Return) for each in function.body)
    given = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    actions_of = [
        word.value.id
        for call in ast.walk(function)
        if _calls(call, {"note"})
        for word in call.keywords
        if word.arg == "action" and isinstance(word.value, ast.Name)
    ]
    return function.name.startswith("_") and straight and bool(given.intersection(actions_of))


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


def _functions(module: ast.Module, names: set[str]) -> Iterator[tuple[str, list[ast.Call]]]:
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
            if _calls(node, names):
                calls.append(node)
            inner[:0] = list(ast.iter_child_nodes(node))
        if calls and not (isinstance(parent, ast.FunctionDef) and parent.name in names):
            yield prefix, calls


@dataclass
class Tap:
    """Stands in for note() everywhere: remembers which call wrote which line, and leaves the `dropped` one out."""

    dropped: str = ""
    written: dict[str, list[int]] = field(default_factory=dict)

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("helhed.") and getattr(module, "note", None) is NOTE and name != HOME:
                patch.setattr(module, "note", self)

    def __call__(self, **said: object) -> Event:
        key = _place(sys._getframe(1))
        if key == self.dropped:
            return Event(pk=0, at=timezone.now(), actor="nobody", action="left out")
        event = NOTE(**said)
        self.written.setdefault(key, []).append(event.pk)
        return event


def _place(frame: FrameType | None) -> str:
    """The call a frame stands at, or that of the function it was passed on by."""
    while frame is not None:
        file, line = frame.f_code.co_filename, frame.f_lineno
        for site in sites().values():
            if site.file == file and site.first <= line <= site.last:
                return site.key
        frame = frame.f_back
    raise AssertionError("a line in the log from nowhere")
