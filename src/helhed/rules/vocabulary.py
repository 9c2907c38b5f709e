"""The words a criterion may use: kinds, their codes and successors, units and theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helhed.rules.errors import Message, RefusedError, unknown_name

Successors = Mapping[str, tuple[str, ...]]

RESERVED = frozenset({"all", "any", "not", "at_least", "age", "any_child", "any_parent", "group"})
"""Words of the criteria language itself; no kind of spell can have one as its name."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every name a criterion may use; frozen, and refused if a successor is not itself a known name.

    `kinds`: kinds of spell. `codes`: per kind, its codes (a tree written with `/`). `successors`: per kind,
    the codes that took over from a code. `units`, `unit_successors`: the same for units.
    """

    kinds: frozenset[str]
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    successors: Mapping[str, Successors] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    unit_successors: Successors = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in [*self.codes, *self.successors]:
            if kind not in self.kinds:
                raise RefusedError(unknown_name(("type", "kind"), kind, self.kinds))
        for kind in sorted(self.kinds & RESERVED):
            raise RefusedError(
                Message(
                    f"»{kind}« er et ord i kriteriesproget og kan ikke være navnet på en type.",
                    f'"{kind}" is a word of the criteria language and cannot be the name of a kind.',
                )
            )
        for kind, successors in self.successors.items():
            _refuse_unknown(("kode", "code"), successors, self.codes.get(kind, frozenset()))
        _refuse_unknown(("enhed", "unit"), self.unit_successors, self.units)
        freeze = object.__setattr__
        freeze(self, "codes", {kind: frozenset(codes) for kind, codes in self.codes.items()})
        freeze(self, "successors", {kind: _copied(known) for kind, known in self.successors.items()})
        freeze(self, "unit_successors", _copied(self.unit_successors))

    def codes_of(self, kind: str) -> frozenset[str]:
        """The codes of a kind; none if the kind has none listed."""
        return self.codes.get(kind, frozenset())

    def meant_codes(self, kind: str, named: Iterable[str], exact: bool) -> frozenset[str]:
        """The codes that named ones stand for: themselves and, unless exact, their successors."""
        return _meant(named, {} if exact else self.successors.get(kind, {}))

    def meant_units(self, named: Iterable[str], exact: bool) -> frozenset[str]:
        """The same for units."""
        return _meant(named, {} if exact else self.unit_successors)


def lies_below(path: str, ancestor: str) -> bool:
    """Whether `a/b` lies under `a` (strictly; not `ab`)."""
    return path.startswith(ancestor + "/")


def _meant(named: Iterable[str], successors: Successors) -> frozenset[str]:
    """Named paths with the successors of each and of whatever lies below it, transitively."""
    meant: set[str] = set()
    waiting = list(named)
    while waiting:
        path = waiting.pop()
        if path in meant:
            continue
        meant.add(path)
        for old, new in successors.items():
            if old == path or lies_below(old, path):
                waiting.extend(new)
    return frozenset(meant)


def _copied(successors: Successors) -> Successors:
    return {old: tuple(new) for old, new in successors.items()}


def _refuse_unknown(what: tuple[str, str], successors: Successors, known: frozenset[str]) -> None:
    for old, new in successors.items():
        for name in (old, *new):
            if name not in known:
                raise RefusedError(unknown_name(what, name, known))
