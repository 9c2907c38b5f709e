"""The plain engine: the spells of one person in one group, by the algebra of spans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from helhed.periods import Span, clip, complement, intersection, span_of, union
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
)
from helhed.rules.facts import Key, Relation, World
from helhed.rules.one.leaves import age_spans, leaf_runs, leaf_spans
from helhed.rules.references import refuse_broken
from helhed.rules.vocabulary import Vocabulary


class Spell(NamedTuple):
    """Days on which a person is, or may be, in a group: `[start, end)`, end None = open."""

    value: Literal["true", "unknown"]
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """When a criterion is true, and when it is true or unknown. Disjoint spans in order in the window."""

    true: list[Span]
    possible: list[Span]


def spells(
    world: World,
    person: Key,
    group: str,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
    window: Span,
) -> list[Spell]:
    """The spells of a person in the group of that key within the window: disjoint, maximal, in order of time.

    RefusedError if the person is not in the world, or a group is unknown or refers back to itself.
    """
    world.refuse_missing(person)
    refuse_broken([group], groups)
    timeline = _Evaluation(world, groups, vocabulary, window).of(GroupRef(group), person)
    unknown = intersection(timeline.possible, complement(timeline.true, window))
    found = [Spell("true", span.start, span.end) for span in timeline.true]
    found += [Spell("unknown", span.start, span.end) for span in unknown]
    return sorted(found, key=lambda spell: spell.start)


class _Evaluation:
    """One window over one world: a criterion and a person give a timeline."""

    def __init__(
        self, world: World, groups: Mapping[str, Group], vocabulary: Vocabulary, window: Span
    ) -> None:
        self.world = world
        self.groups = groups
        self.vocabulary = vocabulary
        self.window = window

    def of(self, criterion: Criterion, person: Key) -> Timeline:
        match criterion:
            case Leaf():
                return self._leaf(criterion, person)
            case Age():
                return self._age(criterion, person)
            case GroupRef():
                return self._group(self.groups[criterion.key], person)
            case AnyChild():
                relations = self.world.children_of(person)
                return self._related(criterion.of, [(r, r.child) for r in relations])
            case AnyParent():
                relations = self.world.parents_of(person)
                return self._related(criterion.of, [(r, r.parent) for r in relations])
            case Not():
                inner = self.of(criterion.of, person)
                return Timeline(complement(inner.possible, self.window), complement(inner.true, self.window))
        return self._joined(criterion, [self.of(part, person) for part in criterion.of])

    def _joined(self, criterion: All | AnyOf | AtLeast, inner: list[Timeline]) -> Timeline:
        if isinstance(criterion, All):
            need = len(inner)
        else:
            need = criterion.n if isinstance(criterion, AtLeast) else 1
        return Timeline(
            covered_by([timeline.true for timeline in inner], need),
            covered_by([timeline.possible for timeline in inner], need),
        )

    def _leaf(self, leaf: Leaf, person: Key) -> Timeline:
        runs = leaf_runs(leaf, self.world.spells_of(person), self.vocabulary)
        true, possible = leaf_spans(leaf, runs.certain), leaf_spans(leaf, runs.possible)
        # ending_within may hold for the certain run and not for the longer possible one: true wins
        return Timeline(clip(true, self.window), clip(union([*true, *possible]), self.window))

    def _age(self, age: Age, person: Key) -> Timeline:
        birth = self.world.birth[person]
        if birth is None:
            return Timeline([], [self.window])
        spans = clip(age_spans(age, birth), self.window)
        return Timeline(spans, spans)

    def _group(self, group: Group, person: Key) -> Timeline:
        true: list[Span] = []
        possible: list[Span] = []
        for start, end, version in group.periods():
            in_force = clip([Span(start, end)], self.window)
            if in_force:
                timeline = self.of(version.criteria, person)
                true += intersection(timeline.true, in_force)
                possible += intersection(timeline.possible, in_force)
        return Timeline(union(true), union(possible))

    def _related(self, criterion: Criterion, related: Iterable[tuple[Relation, Key]]) -> Timeline:
        true: list[Span] = []
        possible: list[Span] = []
        for relation, other in related:
            timeline = self.of(criterion, other)
            true += intersection(timeline.true, [relation.span])
            possible += intersection(timeline.possible, [relation.span])
        return Timeline(union(true), union(possible))


def covered_by(lists: list[list[Span]], need: int) -> list[Span]:
    """The days that at least `need` of the lists cover; each list disjoint and in order."""
    if need == 1:
        return union(span for spans in lists for span in spans)
    changes: dict[int, int] = {}
    for span in (span for spans in lists for span in spans):
        changes[span.start] = changes.get(span.start, 0) + 1
        changes[span.stop] = changes.get(span.stop, 0) - 1
    covered: list[Span] = []
    count, since = 0, 0
    for day in sorted(changes):
        if count >= need:
            covered.append(span_of(since, day))
        count, since = count + changes[day], day
    return union(covered)
