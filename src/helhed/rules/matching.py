"""Whether a spell's kind, code and unit are what a leaf asks for: true, false, or unknown.

Codes and units are trees written with `/`. A named path means itself, all below it, and its successors. A
spell recorded higher up in the tree than what is asked for, or without a unit when one is asked for, is
unknown: the source did not say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from helhed.rules.criteria import Leaf
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths a leaf means, and all their proper ancestors."""

    meant: frozenset[str]
    ancestors: frozenset[str]

    def match(self, path: str | None) -> Value:
        if path is None:
            return Value.UNKNOWN
        if path in self.meant or any(above in self.meant for above in _ancestors(path)):
            return Value.TRUE
        return Value.UNKNOWN if path in self.ancestors else Value.FALSE


@dataclass(frozen=True, slots=True)
class Terms:
    """What a leaf asks of a spell, whatever its time. None = anything goes."""

    kind: str
    codes: Paths | None
    units: Paths | None

    def match_code(self, code: str) -> Value:
        return Value.TRUE if self.codes is None else self.codes.match(code)

    def match_unit(self, unit: str | None) -> Value:
        return Value.TRUE if self.units is None else self.units.match(unit)

    def match(self, kind: str, code: str, unit: str | None) -> Value:
        """Both must match: the worse of the two decides."""
        if kind != self.kind:
            return Value.FALSE
        return min(self.match_code(code), self.match_unit(unit))


@lru_cache(maxsize=8192)
def terms_of(leaf: Leaf, vocabulary: Vocabulary) -> Terms:
    """What a leaf asks for, its successors looked up."""
    codes = units = None
    if leaf.any_of is not None:
        codes = _paths(vocabulary.meant_codes(leaf.kind, leaf.any_of, leaf.exact))
    if leaf.unit is not None:
        units = _paths(vocabulary.meant_units(leaf.unit, leaf.exact))
    return Terms(leaf.kind, codes, units)


def _paths(meant: frozenset[str]) -> Paths:
    return Paths(meant, frozenset(above for path in meant for above in _ancestors(path)))


def _ancestors(path: str) -> Iterable[str]:
    """`a/b` and `a` for `a/b/c`."""
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        yield path
