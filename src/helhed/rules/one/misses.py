"""Near misses: the fewest leaves that would have to be otherwise for a criterion to be true."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, islice, product

from helhed.rules.criteria import All, AnyChild, AnyOf, AnyParent, AtLeast, Criterion, GroupRef, Not
from helhed.rules.facts import Key
from helhed.rules.one.reasons import Reason
from helhed.rules.values import Value

Way = frozenset["Obstacle"]

_KEPT = 8  # ways kept at each node: enough to show the nearest few, and the work stays small
_TRIED = 64


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A leaf, age, missing relation or group not yet in force, and whether it should have been true."""

    reason: Reason
    wanted: bool

    def __hash__(self) -> int:
        """Of little, and quick: a reason holds a criterion and facts, and equal ones stay as long."""
        return hash((self.reason.person, self.reason.since, self.reason.until, self.wanted))


def near_misses(reason: Reason, limit: int = 5) -> list[tuple[Obstacle, ...]]:
    """The ways in which a false or unknown reason could have been true, those with fewest obstacles first.

    Each way is the obstacles that would all have to be otherwise. Empty for what is true, and for what cannot
    become true. In a tie the order of the criterion as written decides.
    """
    if reason.value is Value.TRUE:
        return []
    leading = [way for way in _ways(reason, True) if _leads(way, reason)]
    return [_in_order(way, reason) for way in leading[:limit]]


def _ways(reason: Reason, wanted: bool) -> list[Way]:
    """The ways in which a node gets the wanted value, fewest obstacles first; one empty way if it has it."""
    if reason.value is (Value.TRUE if wanted else Value.FALSE):
        return [frozenset()]
    criterion = reason.criterion
    if not reason.parts:
        return [frozenset([Obstacle(reason, wanted)])]
    if isinstance(criterion, Not):
        return _ways(reason.parts[0], not wanted)
    need = _needed(reason, wanted)
    return _some_of([_ways(part, wanted) for part in reason.parts], need)


def _leads(way: Way, reason: Reason) -> bool:
    """Whether the reason would be true so: a leaf may be wanted false in one place and be needed in another."""
    wanted = {(o.reason.person, o.reason.criterion): o.wanted for o in way}
    return _value_if(reason, wanted) is Value.TRUE


def _value_if(reason: Reason, wanted: dict[tuple[Key, Criterion], bool]) -> Value:
    """The value of a node if some leaves were otherwise."""
    if not reason.parts:
        otherwise = wanted.get((reason.person, reason.criterion))
        return reason.value if otherwise is None else Value.TRUE if otherwise else Value.FALSE
    values = [_value_if(part, wanted) for part in reason.parts]
    if isinstance(reason.criterion, Not):
        return values[0].negated()
    if isinstance(reason.criterion, All):
        return min(values)
    return sorted(values, reverse=True)[_needed(reason, True) - 1]


def _needed(reason: Reason, wanted: bool) -> int:
    """How many of the parts must have the wanted value for the node to have it."""
    criterion, parts = reason.criterion, len(reason.parts)
    if isinstance(criterion, AtLeast):
        for_true = criterion.n
    else:
        for_true = 1 if isinstance(criterion, AnyOf | AnyChild | AnyParent | GroupRef) else parts
    return for_true if wanted else parts - for_true + 1


def _some_of(alternatives: list[list[Way]], need: int) -> list[Way]:
    """The ways of getting `need` of the parts right."""
    open_parts = sorted((ways for ways in alternatives if ways and ways[0]), key=_cost)
    had = sum(1 for ways in alternatives if ways and not ways[0])
    if had + len(open_parts) == need == had + 1:
        return open_parts[0]  # one part is left, and it must be that
    found: list[Way] = []
    for chosen in islice(combinations(open_parts, need - had), _TRIED):
        found.extend(frozenset().union(*ways) for ways in islice(product(*chosen), _TRIED))
    return _nearest(way for way in found if _possible(way))


def _cost(ways: list[Way]) -> int:
    return len(ways[0])


def _possible(way: Way) -> bool:
    """The same leaf of the same person cannot be wanted both true and false."""
    if len(way) < 2:
        return True
    leaves = {(obstacle.reason.person, obstacle.reason.criterion) for obstacle in way}
    return len(leaves) == len(way)


def _nearest(ways: Iterable[Way]) -> list[Way]:
    """The ways with fewest obstacles, none of which contains another."""
    kept: list[Way] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if len(kept) < _KEPT and not any(smaller <= way for smaller in kept):
            kept.append(way)
    return kept


def _in_order(way: Way, reason: Reason) -> tuple[Obstacle, ...]:
    """The obstacles of a way in the order in which the criterion names them."""
    if len(way) < 2:
        return tuple(way)
    ordered = [obstacle for leaf in _leaves(reason) for obstacle in way if obstacle.reason == leaf]
    return tuple(dict.fromkeys(ordered))


def _leaves(reason: Reason) -> list[Reason]:
    return [leaf for part in reason.parts for leaf in _leaves(part)] if reason.parts else [reason]
