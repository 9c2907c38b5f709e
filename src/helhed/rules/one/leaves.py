"""What ages and leaves say over the whole of time, and which facts say it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from helhed.periods import Span, birthday, span_of, union
from helhed.rules.criteria import Age, Leaf
from helhed.rules.facts import Fact
from helhed.rules.matching import terms_of
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary


class Run(NamedTuple):
    """Days covered without a break, and the facts that cover them."""

    span: Span
    facts: tuple[Fact, ...]


class LeafRuns(NamedTuple):
    """The runs of the facts that match a leaf, and of those that match or may match; before any modifier."""

    certain: tuple[Run, ...]
    possible: tuple[Run, ...]


def age_spans(age: Age, birth: int) -> list[Span]:
    """The days on which a person born on day `birth` has the age."""
    start = birthday(birth, age.start or 0)
    return [Span(start, None if age.below is None else birthday(birth, age.below))]


def leaf_runs(leaf: Leaf, facts: Iterable[Fact], vocabulary: Vocabulary) -> LeafRuns:
    """The runs of one person's facts as the leaf sees them."""
    terms = terms_of(leaf, vocabulary)
    matched = [(terms.match(fact.kind, fact.code, fact.unit), fact) for fact in facts]
    return LeafRuns(
        _runs([fact for value, fact in matched if value is Value.TRUE]),
        _runs([fact for value, fact in matched if value is not Value.FALSE]),
    )


def modified(leaf: Leaf, span: Span) -> Span | None:
    """The days a run counts for under the leaf's time modifier; None if it counts for none."""
    start, stop = span.start, span.stop
    if leaf.within is not None and span.end is not None:
        stop = leaf.within.after(span.end)
    elif leaf.lasted is not None:
        start = leaf.lasted.after(start)
    elif leaf.ending_within is not None:
        if span.end is None:
            return None
        start = max(start, leaf.ending_within.before(span.end))
    return span_of(start, stop) if start < stop else None


def leaf_spans(leaf: Leaf, runs: Sequence[Run]) -> list[Span]:
    """The days on which a leaf holds by these runs, disjoint and in order."""
    return union(span for run in runs if (span := modified(leaf, run.span)) is not None)


def _runs(facts: Sequence[Fact]) -> tuple[Run, ...]:
    return tuple(
        Run(span, tuple(fact for fact in facts if fact.start in span))
        for span in union(fact.span for fact in facts)
    )
