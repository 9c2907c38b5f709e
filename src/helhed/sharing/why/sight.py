"""What of a criterion one viewer may see answered, and the answer as far as that goes.

A line rests on the facts of one administration or of both, or on a relative's. Where one of those is closed to the viewer
the line is closed, whatever the truth; what is built on it is shown only where the closed lines cannot change it. Nothing
closed is looked at to find that out: the facts are left out of the world before anything is evaluated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
from helhed.rules.one import Reason, Value
from helhed.rules.vocabulary import Vocabulary
from helhed.sharing import policy
from helhed.sharing.departures import KIND as WITH_THE_NAME
from helhed.sharing.policy import BOTH, SOF, Decision

CHILD_CASE = "child_case"


@dataclass(frozen=True)
class Sight:
    """What is open, as categories with their side. A child's case belongs to the parent's picture where child cases are
    open, and then only as yes or no; nothing else of a relative is open, to anyone. `everything`: a made-up person, of
    whom all is open."""

    open: frozenset[tuple[str, str]]
    vocabulary: Vocabulary
    everything: bool = False

    def sees(self, kind: str, code: str, *, relative: bool = False) -> bool:
        """Whether a fact of the person, or of a child, is open."""
        if self.everything:
            return True
        if relative:
            return kind == CHILD_CASE and (CHILD_CASE, SOF) in self.open
        if kind == WITH_THE_NAME:
            return ("identity", BOTH) in self.open
        return (kind, policy.side_of(kind, code)) in self.open

    def closes(self, criterion: Criterion, *, relative: bool = False) -> bool:
        """Whether a criterion rests, itself and not by its parts, on something closed."""
        if self.everything:
            return False
        match criterion:
            case Leaf():
                return not all(
                    self.sees(criterion.kind, code, relative=relative) for code in self._codes(criterion)
                )
            case Age():
                return relative
            case AnyChild():
                return relative or (CHILD_CASE, SOF) not in self.open
            case AnyParent():
                return True
        return False

    def hides(self, criterion: Criterion, groups: Mapping[str, Group], *, relative: bool = False) -> bool:
        """Whether anything in a criterion, however deep, is closed."""
        if self.closes(criterion, relative=relative):
            return True
        if isinstance(criterion, GroupRef):
            inner: tuple[Criterion, ...] = tuple(
                version.criteria for version in groups[criterion.key].versions
            )
        else:
            inner, relative = parts(criterion), relative or isinstance(criterion, AnyChild)
        return any(self.hides(part, groups, relative=relative) for part in inner)

    def _codes(self, leaf: Leaf) -> frozenset[str]:
        """The codes whose facts may decide a leaf."""
        if leaf.any_of is None:
            return self.vocabulary.codes_of(leaf.kind) | {""}
        return self.vocabulary.meant_codes(leaf.kind, leaf.any_of, leaf.exact)


def sight_of(decision: Decision, vocabulary: Vocabulary) -> Sight:
    """What a decision opens. What is open from some units only does not explain anything: the rest could change it."""
    return Sight(frozenset(pair for pair in policy.INFORMATION if decision.whole(*pair)), vocabulary)


def sides(*open_sides: str) -> frozenset[tuple[str, str]]:
    """Everything that lies on some sides."""
    return frozenset(pair for pair in policy.INFORMATION if pair[1] in open_sides)


@dataclass(frozen=True)
class Seen:
    """A node of an explanation as the viewer sees it. `low` and `high`: the value if everything closed spoke against and
    for; `reason` the same node with what is closed unknown, and nothing below a relation."""

    reason: Reason
    low: Value
    high: Value
    parts: tuple["Seen", ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the value depends on what is closed."""
        return self.low is not self.high


def seen(reason: Reason, sight: Sight, *, relative: bool = False) -> Seen:
    """An explanation as the viewer sees it."""
    criterion = reason.criterion
    if sight.closes(criterion, relative=relative):
        return Seen(Reason(criterion, reason.person, Value.UNKNOWN), Value.FALSE, Value.TRUE)
    related = isinstance(criterion, AnyChild | AnyParent)
    inner = tuple(seen(part, sight, relative=relative or related) for part in reason.parts)
    if isinstance(criterion, Leaf | Age) or (not inner and not related):
        return Seen(reason, reason.value, reason.value)
    low = _joined(criterion, [part.low for part in inner])
    high = _joined(criterion, [part.high for part in inner])
    if isinstance(criterion, Not):
        low, high = high, low
    value = _joined(criterion, [part.reason.value for part in inner])
    shown = () if related else inner
    below = tuple(part.reason for part in shown)
    adjusted = Reason(criterion, reason.person, value, parts=below, version=reason.version)
    return Seen(adjusted, low, high, shown)


def leaves(node: Seen) -> list[Seen]:
    """The nodes without parts: leaves, ages, relations, and what is closed."""
    return [leaf for part in node.parts for leaf in leaves(part)] if node.parts else [node]


def _joined(criterion: Criterion, values: list[Value]) -> Value:
    match criterion:
        case Not():
            return values[0].negated()
        case All():
            return min(values)
        case AtLeast():
            return sorted(values, reverse=True)[criterion.n - 1]
        case AnyOf() | AnyChild() | AnyParent() | GroupRef():
            return max(values, default=Value.FALSE)
    raise TypeError(criterion)
