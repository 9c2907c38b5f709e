"""Groups as a peer can take them: channels that hold from day to day, and two expressions over them for each group.

A *channel* is one thing that is so, or not, for a person on a day: a leaf certainly, a leaf possibly, the same of a
child, an age, no birth date, a version in force. A group is certainly true by one expression and not false by another.
Written anew for the bench: peers know nothing of code trees or of three values, so they are given them worked out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from helhed.periods import Duration
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    Group,
    GroupRef,
    Leaf,
    Not,
    parts,
)
from helhed.rules.matching import terms_of
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary

Combo: TypeAlias = tuple[str, str, str | None]


@dataclass(frozen=True)
class Fed:
    """A leaf: true on the days the spells of these combos cover; `of_child`: of a child, while the relation holds."""

    combos: tuple[Combo, ...]
    of_child: bool = False
    within: Duration | None = None
    lasted: Duration | None = None
    ending_within: Duration | None = None


@dataclass(frozen=True)
class Birthless:
    """True every day for a person without a birth date."""


@dataclass(frozen=True)
class InForce:
    """True on the days `[start, stop)`, for everyone; stop None = open."""

    start: int
    stop: int | None


Channel: TypeAlias = Fed | Age | Birthless | InForce


@dataclass(frozen=True)
class Bit:
    """The channel of that number."""

    number: int


@dataclass(frozen=True)
class Of:
    """At least `n` of these hold; n = 1 is any, n = their number is all, none at all with n = 1 is never."""

    n: int
    of: tuple["Expression", ...]


@dataclass(frozen=True)
class Inverse:
    """It does not hold."""

    of: "Expression"


@dataclass(frozen=True)
class Named:
    """What holds for another group: certainly, or possibly."""

    key: str
    certainly: bool


Expression: TypeAlias = Bit | Of | Inverse | Named
Pair: TypeAlias = tuple[Expression, Expression]
"""When it is certainly true, and when it is not false."""


@dataclass(frozen=True)
class Questions:
    """The channels by number, and the pair of each group in an order in which what it names comes before it."""

    channels: tuple[Channel, ...]
    groups: Mapping[str, Pair]


def expressible(groups: Mapping[str, Group]) -> dict[str, Group]:
    """The groups a peer can be asked: of relatives only what one leaf of a child says, without a time condition."""

    def plain(criterion: Criterion) -> bool:
        if isinstance(criterion, AnyChild):
            leaf = criterion.of
            return isinstance(leaf, Leaf) and not (leaf.within or leaf.lasted or leaf.ending_within)
        if isinstance(criterion, AnyParent):
            return False
        if isinstance(criterion, GroupRef):
            return all(plain(version.criteria) for version in groups[criterion.key].versions)
        return all(plain(part) for part in parts(criterion))

    return {key: group for key, group in groups.items() if plain(GroupRef(key))}


def questions(groups: Mapping[str, Group], combos: Iterable[Combo], vocabulary: Vocabulary) -> Questions:
    """The channels and expressions of these groups, for facts with these combos."""
    drawing = _Drawing(groups, tuple(combos), vocabulary)
    for key in groups:
        drawing.group(key)
    return Questions(tuple(drawing.channels), drawing.done)


@dataclass
class _Drawing:
    known: Mapping[str, Group]
    combos: tuple[Combo, ...]
    vocabulary: Vocabulary
    channels: dict[Channel, int] = field(default_factory=dict)
    done: dict[str, Pair] = field(default_factory=dict)

    def group(self, key: str) -> Pair:
        if key not in self.done:
            in_force = [
                (self._bit(InForce(a, b)), self.pair(v.criteria)) for a, b, v in self.known[key].periods()
            ]
            certain = Of(1, tuple(Of(2, (bit, true)) for bit, (true, _) in in_force))
            possible = Of(1, tuple(Of(2, (bit, maybe)) for bit, (_, maybe) in in_force))
            self.done[key] = certain, possible
        return Named(key, True), Named(key, False)

    def pair(self, criterion: Criterion) -> Pair:
        match criterion:
            case Leaf():
                return self._leaf(criterion, of_child=False)
            case Age():
                certain = self._bit(criterion)
                return certain, Of(1, (certain, self._bit(Birthless())))
            case GroupRef():
                return self.group(criterion.key)
            case Not():
                certain, possible = self.pair(criterion.of)
                return Inverse(possible), Inverse(certain)
            case AnyChild(of=Leaf() as leaf):
                return self._leaf(leaf, of_child=True)
            case All() | AnyOf() | AtLeast():
                n = {All: len(criterion.of), AnyOf: 1}.get(type(criterion)) or criterion.n
                pairs = [self.pair(part) for part in criterion.of]
                return Of(n, tuple(true for true, _ in pairs)), Of(n, tuple(maybe for _, maybe in pairs))
        raise TypeError(f"not expressible: {criterion}")

    def _leaf(self, leaf: Leaf, of_child: bool) -> Pair:
        terms = terms_of(leaf, self.vocabulary)
        values = [(terms.match(*combo), combo) for combo in self.combos]
        true = tuple(combo for value, combo in values if value is Value.TRUE)
        possible = tuple(combo for value, combo in values if value is not Value.FALSE)
        time = (leaf.within, leaf.lasted, leaf.ending_within)
        certain = self._bit(Fed(true, of_child, *time)) if true else Of(1, ())
        if possible == true:
            return certain, certain
        return certain, Of(1, (certain, self._bit(Fed(possible, of_child, *time))))

    def _bit(self, channel: Channel) -> Bit:
        return Bit(self.channels.setdefault(channel, len(self.channels)))
