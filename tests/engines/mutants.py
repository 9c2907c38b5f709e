"""Mutants: a module of the engines with one operator changed. What may be changed, how, and how a mutant is named.

Changed are comparisons, arithmetic, bits, `and`, `or`, `not`, conditions, min and max, any and all, sides of a
search, whole numbers, True and False, the three values, slices; and statements that leave, raise, call or change
something are taken out. Texts, docstrings, annotations and decorators stay.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SOURCE = Path(find_spec("helhed").submodule_search_locations[0])
ONE = ("rules/one/leaves.py", "rules/one/misses.py", "rules/one/reasons.py", "rules/one/tables.py",
       "rules/one/timelines.py")  # fmt: skip
SHARED = ("periods/days.py", "periods/durations.py", "periods/spans.py", "rules/criteria.py", "rules/facts.py",
          "rules/matching.py", "rules/references.py", "rules/values.py", "rules/vocabulary.py")  # fmt: skip

COMPARED = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}  # fmt: skip
CALCULATED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum",
    "TRUE": "UNKNOWN", "FALSE": "UNKNOWN", "UNKNOWN": "TRUE",
}  # fmt: skip
WORDS = {"left": "right", "right": "left"}
LEFT_OUT = {("rules/many/threads.py", "_cores")}
"""How many cores the machine has: it differs by machine, and decides nothing."""


@dataclass(frozen=True)
class Mutant:
    """`number`: which of the module's. The key, everything else, stays as long as the line does."""

    number: int
    module: str
    function: str
    line: str
    change: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.module, self.function, self.line, self.change


@dataclass(frozen=True)
class Site:
    """A place in the tree and what is put there: a node, an operator or a name in `field` (of a list, at `at`)."""

    node: ast.AST
    field: str
    at: int | None
    new: object
    change: str
    shown: ast.AST
    function: str

    def put(self) -> None:
        if self.at is None:
            setattr(self.node, self.field, self.new)
        else:
            getattr(self.node, self.field)[self.at] = self.new


def many() -> tuple[str, ...]:
    """The modules of the fast engine, whichever there are; not those that only see to it that it is compiled."""
    found = sorted(path.name for path in (SOURCE / "rules/many").glob("*.py"))
    return tuple(f"rules/many/{name}" for name in found if name not in ("compiled.py", "warming.py"))


@cache
def mutants_of(module: str) -> tuple[Mutant, ...]:
    """Every mutant of a module. What would have the same key twice is told apart by a number."""
    text = (SOURCE / module).read_text(encoding="utf-8")
    lines, met, found = text.splitlines(), Counter(), []
    for number, site in enumerate(sites(ast.parse(text))):
        if (module, site.function) in LEFT_OUT:
            continue
        line = lines[site.shown.lineno - 1].strip()
        met[site.function, line, site.change] += 1
        nth = met[site.function, line, site.change]
        found.append(
            Mutant(number, module, site.function, line, site.change + (f" #{nth}" if nth > 1 else ""))
        )
    return tuple(found)


def code_of(module: str, number: int) -> object:
    """The compiled module with that mutation in it."""
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    list(sites(tree))[number].put()
    return compile(ast.fix_missing_locations(tree), str(SOURCE / module), "exec")


def sites(tree: ast.Module) -> list[Site]:
    """Every place that can be changed, in the order of the text."""
    return list(_inside(tree, ""))


def _inside(node: ast.AST, function: str) -> Iterator[Site]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    for change in (_operators, _conditions, _words, _slices):
        for field, at, new, said in change(node):
            shown = node if hasattr(node, "lineno") else getattr(node, field)[at]
            yield Site(node, field, at, new, said, shown, function)
    yield from _statements(node, function)
    for field, child in _children(node):
        for at, one in enumerate(child) if isinstance(child, list) else [(None, child)]:
            if isinstance(one, ast.AST):
                yield from _values(node, field, at, one, function)
                yield from _inside(one, function)


def _children(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What of a node is code: no annotations, decorators, docstrings, texts, nor what only words a refusal."""
    left_out = {"annotation", "returns", "decorator_list", "type_comment", "bases"}
    if isinstance(node, ast.JoinedStr) or _calls(node, "Message", "unknown_name", "TypeVar", "field"):
        return
    if isinstance(node, ast.keyword) and node.arg in ("strict", "default_factory", "copy", "hash", "compare"):
        return
    if isinstance(node, ast.AnnAssign | ast.Assign) and "TypeAlias" in ast.dump(
        getattr(node, "annotation", node)
    ):
        return
    yield from ((field, child) for field, child in ast.iter_fields(node) if field not in left_out)


def _calls(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _operators(node: ast.AST) -> Iterator[tuple[str, int | None, object, str]]:
    if isinstance(node, ast.Compare):
        for at, old in enumerate(node.ops):
            yield from (("ops", at, new(), _said(old, new)) for new in COMPARED[type(old)])
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in CALCULATED:
        new = CALCULATED[type(node.op)]
        yield "op", None, new(), _said(node.op, new)
    elif isinstance(node, ast.BoolOp):
        new = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield "op", None, new(), _said(node.op, new)


def _conditions(node: ast.AST) -> Iterator[tuple[str, int | None, object, str]]:
    """Conditions that are no comparison, `and`, `or` or `not`, negated."""
    tests = [("test", None, node.test)] if isinstance(node, ast.If | ast.While | ast.IfExp) else []
    if isinstance(node, ast.comprehension):
        tests = [("ifs", at, test) for at, test in enumerate(node.ifs)]
    for field, at, test in tests:
        if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant):
            yield field, at, ast.UnaryOp(ast.Not(), test), "condition negated"


def _words(node: ast.AST) -> Iterator[tuple[str, int | None, object, str]]:
    if isinstance(node, ast.Attribute) and node.attr in NAMES and isinstance(node.ctx, ast.Load):
        yield "attr", None, NAMES[node.attr], f"{node.attr} > {NAMES[node.attr]}"
    elif isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield "id", None, NAMES[node.id], f"{node.id} > {NAMES[node.id]}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in WORDS:
        yield "value", None, WORDS[node.value], f"{node.value} > {WORDS[node.value]}"


def _slices(node: ast.AST) -> Iterator[tuple[str, int | None, object, str]]:
    if isinstance(node, ast.Slice):
        yield from (
            (side, None, None, f"slice without {side}") for side in ("lower", "upper") if getattr(node, side)
        )


def _values(parent: ast.AST, field: str, at: int | None, node: ast.AST, function: str) -> Iterator[Site]:
    if isinstance(node, ast.UnaryOp):
        yield Site(parent, field, at, node.operand, f"{type(node.op).__name__} left out", node, function)
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bool | int):
        return
    old = node.value
    for new in (not old,) if isinstance(old, bool) else (old + 1, old - 1):
        yield Site(parent, field, at, ast.Constant(new), f"{old} > {new}", node, function)


def _statements(node: ast.AST, function: str) -> Iterator[Site]:
    """Statements taken out: those that leave, raise, call, or change something that is there already."""
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        for at, one in enumerate(body) if isinstance(body, list) else ():
            early = isinstance(one, ast.Return) and not isinstance(node, ast.FunctionDef)
            if (
                early
                or isinstance(one, ast.Continue | ast.Break | ast.Raise | ast.AugAssign)
                or _changes(one)
            ):
                yield Site(node, field, at, ast.Pass(), "taken out", one, function)


def _changes(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    return isinstance(node, ast.Assign) and any(
        isinstance(to, ast.Subscript | ast.Attribute) for to in node.targets
    )


def _said(old: ast.AST, new: type[ast.AST]) -> str:
    return f"{type(old).__name__} > {new.__name__}"
