"""The words of a target group, whole enough to be asked again years later: the group, all it refers to, and what its codes
stand for. Kept by their hash; what is read from the text is what is evaluated, never the book of the day."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from helhed.law import Catalogue
from helhed.membership import definitions
from helhed.rules.criteria import Age, AnyChild, AnyParent, Criterion, Group, GroupRef, Leaf, parts
from helhed.rules.reading import read_groups
from helhed.rules.vocabulary import Vocabulary
from helhed.rules.writing import write_groups

BETWEEN = "\n# words\n"


@dataclass(frozen=True)
class Looks:
    """What a rule looks at of somebody: the kinds of fact, and whether the age."""

    kinds: frozenset[str]
    age: bool


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule as its text says it. `own`: what it looks at of the person; `kin`: of relatives, `steps` relations away at
    most."""

    text: str
    hash: str
    groups: Mapping[str, Group]
    vocabulary: Vocabulary
    own: Looks
    kin: Looks
    steps: int


def rule_of(group: str) -> Rule:
    """The rule of a group as the book has it now. KeyError for a group that is not in the book."""
    return read_rule(_text_of(definitions.book(), group))


@lru_cache(maxsize=64)
def read_rule(text: str) -> Rule:
    """A rule from its text. CriteriaError or ValueError where the text is not one."""
    written, between, words = text.partition(BETWEEN)
    if not between:
        raise ValueError("the text of a rule has two parts")
    vocabulary = _vocabulary(json.loads(words))
    groups = read_groups(written, "rule", vocabulary)
    asked = list(_of_group(next(iter(groups)), groups, 0))
    return Rule(
        text=text,
        hash=sha256(text.encode()).hexdigest(),
        groups=groups,
        vocabulary=vocabulary,
        own=_looks(each for away, each in asked if away == 0),
        kin=_looks(each for away, each in asked if away > 0),
        steps=max(away for away, _each in asked),
    )


@lru_cache(maxsize=256)
def _text_of(book: Catalogue, group: str) -> str:
    """The group and all it refers to as YAML, then the words of the kinds they use as JSON."""
    groups = _with_referred(group, book.groups())
    leaves = [each for one in groups for _away, each in _of_group(one, groups, 0) if isinstance(each, Leaf)]
    known = book.vocabulary()
    kinds = sorted({leaf.kind for leaf in leaves})
    placed = any(leaf.unit is not None for leaf in leaves)
    words = {
        "codes": {kind: sorted(known.codes_of(kind)) for kind in kinds},
        "successors": {kind: _sorted(known.successors.get(kind, {})) for kind in kinds},
        "units": sorted(known.units) if placed else [],
        "unit_successors": _sorted(known.unit_successors) if placed else {},
    }
    return (
        write_groups(groups.values())
        + BETWEEN
        + json.dumps(words, ensure_ascii=False, indent=1, sort_keys=True)
    )


def _vocabulary(words: Mapping[str, Any]) -> Vocabulary:
    codes = {kind: frozenset(listed) for kind, listed in words["codes"].items()}
    return Vocabulary(
        kinds=frozenset(codes),
        codes=codes,
        successors={kind: _tuples(known) for kind, known in words["successors"].items()},
        units=frozenset(words["units"]),
        unit_successors=_tuples(words["unit_successors"]),
    )


def _with_referred(key: str, groups: Mapping[str, Group]) -> dict[str, Group]:
    """The group first, then all it refers to, in the order of their keys."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += groups[one].refers_to
    return {one: groups[one] for one in (key, *sorted(found - {key}))}


def _of_group(key: str, groups: Mapping[str, Group], away: int) -> Iterable[tuple[int, Criterion]]:
    """Every criterion of a group at any depth, with how many relations away from the person it is asked."""
    for version in groups[key].versions:
        yield from _inside(version.criteria, groups, away)


def _inside(criterion: Criterion, groups: Mapping[str, Group], away: int) -> Iterable[tuple[int, Criterion]]:
    yield away, criterion
    further = away + isinstance(criterion, AnyChild | AnyParent)
    for part in parts(criterion):
        yield from _inside(part, groups, further)
    if isinstance(criterion, GroupRef):
        yield from _of_group(criterion.key, groups, away)


def _looks(asked: Iterable[Criterion]) -> Looks:
    listed = list(asked)
    kinds = frozenset(each.kind for each in listed if isinstance(each, Leaf))
    return Looks(kinds, any(isinstance(each, Age) for each in listed))


def _sorted(successors: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {old: list(new) for old, new in sorted(successors.items())}


def _tuples(successors: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {old: tuple(new) for old, new in successors.items()}
