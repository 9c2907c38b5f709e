"""Three-valued logic on distinct states: every target evaluated once per state, all states together."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helhed.rules.criteria import All, AnyOf, AtLeast, Criterion, Group, GroupRef, Not
from helhed.rules.many.plan import ALWAYS, NEVER, Answer, Question, versions_of
from helhed.rules.many.shapes import Outcomes, Words

Bools: TypeAlias = NDArray[np.bool_]

_BLOCK = 1 << 16  # states at a time: the answers of a whole criterion stay near the processor


class Truth(NamedTuple):
    """Per state: is it true; is it true or unknown."""

    true: Bools
    possible: Bools


def outcomes_of(
    states: Words,
    targets: Sequence[Criterion],
    answers: Mapping[Question, Answer],
    groups: Mapping[str, Group],
) -> Outcomes:
    """The targets that are true or unknown in each state, in the order of the targets."""
    counts, found_targets, found_values = [np.zeros(1, np.int64)], [], []
    for start in range(0, len(states), _BLOCK):
        block = _Block(states[start : start + _BLOCK], answers, groups)
        values = np.empty((block.size, len(targets)), np.int32)
        for number, target in enumerate(targets):
            truth = block.of(target)
            np.add(truth.true, truth.possible, out=values[:, number], dtype=np.int32)
        rows, columns = np.nonzero(values)
        counts.append(np.bincount(rows, minlength=block.size))
        found_targets.append(columns.astype(np.int32))
        found_values.append(values[rows, columns])
    first = np.cumsum(np.concatenate(counts))
    empty = np.empty(0, np.int32)
    return Outcomes(first, np.concatenate([empty, *found_targets]), np.concatenate([empty, *found_values]))


class _Block:
    """Some states; a criterion gives a truth for each. What is asked twice is worked out once."""

    def __init__(
        self, states: Words, answers: Mapping[Question, Answer], groups: Mapping[str, Group]
    ) -> None:
        self.size = len(states)
        self._states = states
        self._answers = answers
        self._groups = groups
        self._known: dict[Criterion, Truth] = {}

    def of(self, criterion: Criterion) -> Truth:
        if criterion not in self._known:
            self._known[criterion] = self._truth(criterion)
        return self._known[criterion]

    def _truth(self, criterion: Criterion) -> Truth:
        match criterion:
            case All():
                return _every([self.of(part) for part in criterion.of])
            case AnyOf():
                return _some([self.of(part) for part in criterion.of])
            case AtLeast():
                return _enough([self.of(part) for part in criterion.of], criterion.n)
            case Not():
                inner = self.of(criterion.of)
                return Truth(~inner.possible, ~inner.true)
            case GroupRef():
                versions = versions_of(self._groups[criterion.key])
                return _some([_every([self._answer(period), self.of(c)]) for period, c in versions])
        return self._answer(criterion)

    def _answer(self, question: Question) -> Truth:
        answer = self._answers[question]
        true = self._channel(answer.true)
        return Truth(true, true | self._channel(answer.possible))

    def _channel(self, channel: int) -> Bools:
        if channel in (NEVER, ALWAYS):
            return np.full(self.size, channel == ALWAYS)
        word = self._states[:, channel >> 6]
        held: Bools = (word >> np.uint64(channel & 63)) & np.uint64(1) != 0
        return held


def _every(truths: Sequence[Truth]) -> Truth:
    return reduce(lambda one, other: Truth(one.true & other.true, one.possible & other.possible), truths)


def _some(truths: Sequence[Truth]) -> Truth:
    return reduce(lambda one, other: Truth(one.true | other.true, one.possible | other.possible), truths)


def _enough(truths: Sequence[Truth], need: int) -> Truth:
    true = np.sum([truth.true for truth in truths], axis=0)
    possible = np.sum([truth.possible for truth in truths], axis=0)
    return Truth(true >= need, possible >= need)
