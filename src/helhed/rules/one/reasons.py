"""Why a person is, or is not, in a group on a day: every node of the criterion, its value, its facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from helhed.periods import OPEN, Span, union
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
    Version,
)
from helhed.rules.facts import Fact, Key, Relation, World
from helhed.rules.matching import terms_of
from helhed.rules.one.leaves import Run, age_spans, leaf_runs, leaf_spans, modified
from helhed.rules.references import refuse_broken
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary

_KEPT = (Leaf, GroupRef)  # what several groups have in common


class Almost(NamedTuple):
    """A fact that would have decided for a leaf, were it not for its time, its code or its unit alone."""

    fact: Fact
    but: Literal["time", "code", "unit"]


class Reason(NamedTuple):
    """The value of a criterion for a person on a day, and what it rests on.

    `facts`: the facts that decided (true), or that may (unknown). `almost`: for a leaf that is not true, the
    facts that fail in one respect only. `since`, `until`: for a leaf or an age, the days `[since, until)`
    around this one on which its value stays, None = without end. `parts`: the reasons of the criteria inside,
    for a relation one per related person, for a group that of the `version` in force (none before the first).
    """

    criterion: Criterion
    person: Key
    value: Value
    facts: tuple[Fact, ...] = ()
    almost: tuple[Almost, ...] = ()
    since: int | None = None
    until: int | None = None
    parts: tuple["Reason", ...] = ()
    version: Version | None = None


def explain(
    world: World,
    person: Key,
    group: str,
    day: int,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
) -> Reason:
    """Why the person is, is not or may be in the group of that key on that day.

    Agrees with `spells` on every day. RefusedError as there. `near_misses` says what is missing.
    """
    return explain_all(world, person, [group], day, groups, vocabulary)[group]


def explain_all(
    world: World,
    person: Key,
    keys: Iterable[str],
    day: int,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
) -> dict[str, Reason]:
    """The same for several groups, by key; what they have in common is looked at once."""
    keys = list(keys)
    world.refuse_missing(person)
    refuse_broken(keys, groups)
    explanation = _Explanation(world, day, groups, vocabulary)
    return {key: explanation.of(GroupRef(key), person) for key in keys}


class _Explanation:
    """One day in one world: a criterion and a person give a reason. Each is worked out once."""

    def __init__(self, world: World, day: int, groups: Mapping[str, Group], vocabulary: Vocabulary) -> None:
        self.world = world
        self.day = day
        self.groups = groups
        self.vocabulary = vocabulary
        self._known: dict[tuple[Key, Criterion], Reason] = {}
        self._facts: dict[Key, dict[str, list[Fact]]] = {}

    def of(self, criterion: Criterion, person: Key) -> Reason:
        if not isinstance(criterion, _KEPT):
            return self._reason(criterion, person)
        known = self._known.get((person, criterion))
        if known is None:
            known = self._known[person, criterion] = self._reason(criterion, person)
        return known

    def _facts_of(self, person: Key, kind: str) -> list[Fact]:
        """The facts of a person that are of a kind, in the order given; sorted out once for all kinds."""
        if person not in self._facts:
            by_kind = self._facts[person] = defaultdict[str, list[Fact]](list)
            for fact in self.world.spells_of(person):
                by_kind[fact.kind].append(fact)
        return self._facts[person].get(kind, [])

    def _reason(self, criterion: Criterion, person: Key) -> Reason:
        match criterion:
            case All() | AnyOf() | AtLeast():
                parts = tuple([self.of(part, person) for part in criterion.of])
                value = _joined(criterion, [part.value for part in parts])
                return Reason(criterion, person, value, parts=parts)
            case Leaf():
                return self._leaf(criterion, person)
            case Age():
                return self._age(criterion, person)
            case GroupRef():
                return self._group(criterion, person)
            case AnyChild():
                relations = self.world.children_of(person)
                return self._related(criterion, person, [(r, r.child) for r in relations])
            case AnyParent():
                relations = self.world.parents_of(person)
                return self._related(criterion, person, [(r, r.parent) for r in relations])
        inner = self.of(criterion.of, person)
        return Reason(criterion, person, inner.value.negated(), parts=(inner,))

    def _age(self, age: Age, person: Key) -> Reason:
        birth = self.world.birth[person]
        if birth is None:
            return Reason(age, person, Value.UNKNOWN)
        spans = age_spans(age, birth)
        value = Value.TRUE if self.day in spans[0] else Value.FALSE
        since, until = _stays(spans, self.day)
        return Reason(age, person, value, since=since, until=until)

    def _group(self, reference: GroupRef, person: Key) -> Reason:
        version = self.groups[reference.key].version_on(self.day)
        if version is None:
            return Reason(reference, person, Value.FALSE)
        inner = self.of(version.criteria, person)
        return Reason(reference, person, inner.value, parts=(inner,), version=version)

    def _related(
        self, criterion: AnyChild | AnyParent, person: Key, related: list[tuple[Relation, Key]]
    ) -> Reason:
        others = dict.fromkeys(other for relation, other in related if self.day in relation.span)
        parts = tuple(self.of(criterion.of, other) for other in others)
        value = max((part.value for part in parts), default=Value.FALSE)
        return Reason(criterion, person, value, parts=parts)

    def _leaf(self, leaf: Leaf, person: Key) -> Reason:
        facts = self._facts_of(person, leaf.kind)
        if not facts:
            return Reason(leaf, person, Value.FALSE)
        runs = leaf_runs(leaf, facts, self.vocabulary)
        true, possible = leaf_spans(leaf, runs.certain), leaf_spans(leaf, runs.possible)
        if any(self.day in span for span in true):
            decided = _deciding(leaf, runs.certain, self.day)
            return Reason(leaf, person, Value.TRUE, decided, (), *_stays(true, self.day))
        since, until = _stays([*true, *union([*true, *possible])], self.day)
        almost = self._almost(leaf, facts)
        if any(self.day in span for span in possible):
            decided = _deciding(leaf, runs.possible, self.day)
            almost = tuple(one for one in almost if one.fact not in decided)
            return Reason(leaf, person, Value.UNKNOWN, decided, almost, since, until)
        return Reason(leaf, person, Value.FALSE, (), almost, since, until)

    def _almost(self, leaf: Leaf, facts: list[Fact]) -> tuple[Almost, ...]:
        """Facts of the leaf's kind that fail by their time, their code or their unit, and by nothing else."""
        terms = terms_of(leaf, self.vocabulary)
        found: list[Almost] = []
        for fact in facts:
            in_time = (span := modified(leaf, fact.span)) is not None and self.day in span
            code, unit = terms.match_code(fact.code), terms.match_unit(fact.unit)
            if code and unit and not in_time:
                found.append(Almost(fact, "time"))
            elif in_time and code and not unit:
                found.append(Almost(fact, "unit"))
            elif in_time and unit and not code:
                found.append(Almost(fact, "code"))
        return tuple(found)


def _joined(criterion: All | AnyOf | AtLeast, values: list[Value]) -> Value:
    if isinstance(criterion, All):
        return min(values)
    if isinstance(criterion, AnyOf):
        return max(values)
    return sorted(values, reverse=True)[criterion.n - 1]


def _deciding(leaf: Leaf, runs: tuple[Run, ...], day: int) -> tuple[Fact, ...]:
    """The facts a leaf holds by on a day: the latest run that counts, and of it the facts that matter."""
    run = [run for run in runs if (span := modified(leaf, run.span)) is not None and day in span][-1]
    if leaf.lasted is not None:
        return tuple(fact for fact in run.facts if fact.start <= day)
    covering = tuple(fact for fact in run.facts if day in fact.span)
    return covering or tuple(fact for fact in run.facts if fact.end == run.span.end)


def _stays(spans: list[Span], day: int) -> tuple[int | None, int | None]:
    """The nearest boundary at or before the day, and the nearest after it."""
    bounds = [bound for span in spans for bound in (span.start, span.stop)]
    before = [bound for bound in bounds if bound <= day]
    after = [bound for bound in bounds if day < bound < OPEN]
    return max(before, default=None), min(after, default=None)
