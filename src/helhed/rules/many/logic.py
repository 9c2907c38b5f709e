"""Three-valued logic: the targets written out as steps, and what they come to in a state."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from helhed.rules.criteria import All, AnyOf, AtLeast, Criterion, Group, GroupRef, Not
from helhed.rules.many.compiled import kernel, part
from helhed.rules.many.plan import ALWAYS, NEVER, Answer, Question, versions_of
from helhed.rules.many.shapes import Int32s, Int64s, Program, Words

ANSWER, LEAST, GREATEST, OPPOSITE, NTH_BEST = range(5)
"""The operators of steps."""

TARGETS_PER_WORD = 32
"""An outcome is a row of words: two bits per target, its value."""

_NONE, _ONE = np.uint64(0), np.uint64(1)
_FALSE, _TRUE = 0, 1  # steps that every program begins with


def write_program(
    targets: Sequence[Criterion], answers: Mapping[Question, Answer], groups: Mapping[str, Group]
) -> Program:
    """The steps of all targets; what several of them ask is one step."""
    writer = _Writer(answers, groups)
    numbers = [writer.of(target) for target in targets]
    operator, need, parts = zip(*writer.steps, strict=True)
    return Program(
        np.array(operator, np.int32),
        np.array(need, np.int32),
        np.cumsum([0, *map(len, parts)], dtype=np.int64),
        np.array([number for some in parts for number in some], np.int32),
        np.array(numbers, np.int32),
    )


class _Writer:
    """Steps written so far. What never, or always, holds is left out where it decides nothing."""

    def __init__(self, answers: Mapping[Question, Answer], groups: Mapping[str, Group]) -> None:
        self.steps: list[tuple[int, int, tuple[int, ...]]] = []
        self._numbers: dict[tuple[int, int, tuple[int, ...]], int] = {}
        self._known: dict[Criterion, int] = {}
        self._answers = answers
        self._groups = groups
        self._step(ANSWER, (NEVER, NEVER))
        self._step(ANSWER, (ALWAYS, ALWAYS))

    def of(self, criterion: Criterion) -> int:
        if criterion not in self._known:
            self._known[criterion] = self._written(criterion)
        return self._known[criterion]

    def _written(self, criterion: Criterion) -> int:
        match criterion:
            case All():
                return self._every(self.of(part) for part in criterion.of)
            case AnyOf():
                return self._some(self.of(part) for part in criterion.of)
            case AtLeast():
                return self._step(NTH_BEST, tuple(self.of(part) for part in criterion.of), criterion.n)
            case Not():
                return self._step(OPPOSITE, (self.of(criterion.of),))
            case GroupRef():
                versions = versions_of(self._groups[criterion.key])
                return self._some(self._every([self._answer(period), self.of(c)]) for period, c in versions)
        return self._answer(criterion)

    def _answer(self, question: Question) -> int:
        return self._step(ANSWER, tuple(self._answers[question]))

    def _every(self, parts: Iterable[int]) -> int:
        return self._folded(LEAST, set(parts), _TRUE, _FALSE)

    def _some(self, parts: Iterable[int]) -> int:
        return self._folded(GREATEST, set(parts), _FALSE, _TRUE)

    def _folded(self, operator: int, parts: set[int], neutral: int, decisive: int) -> int:
        if decisive in parts:
            return decisive
        rest = tuple(sorted(parts - {neutral}))
        if not rest:
            return neutral
        return rest[0] if len(rest) == 1 else self._step(operator, rest)

    def _step(self, operator: int, parts: tuple[int, ...], need: int = 0) -> int:
        step = operator, need, parts
        if step not in self._numbers:
            self._numbers[step] = len(self.steps)
            self.steps.append(step)
        return self._numbers[step]


@kernel
def decide(
    table: Words, places: Int64s, program: Program, columns: Words, true: Words, possible: Words
) -> None:
    """Work out the states in these rows of a table, 64 at once, one per bit, and write their outcomes beside them.

    A row is the words of a state and those of its outcome. `columns`: room for 64 words per word of a state;
    `true`, `possible`: room for a word per step.
    """
    words = columns.shape[0]
    for start in range(0, places.size, 64):
        some = places[start : start + 64]
        for word in range(words):
            for i in range(64):
                columns[word, i] = table[some[i], word] if i < some.size else _NONE
            turn_over(columns[word])
        for step in range(program.operator.size):
            work_out(step, program, columns, true, possible)
        for word in range(table.shape[1] - words):
            line_up(program.targets[TARGETS_PER_WORD * word :], true, possible, columns[0])
            turn_over(columns[0])
            for i in range(some.size):
                table[some[i], words + word] = columns[0, i]


@part
def line_up(targets: Int32s, true: Words, possible: Words, values: Words) -> None:
    """The two bits of each target that fits into a word."""
    for i in range(TARGETS_PER_WORD):
        step = targets[i] if i < targets.size else _FALSE
        values[2 * i] = possible[step] & ~true[step]
        values[2 * i + 1] = true[step]


@part
def work_out(step: int, program: Program, columns: Words, true: Words, possible: Words) -> None:
    """In which of the states is this step true; in which is it true or unknown."""
    operator, parts = program.operator[step], program.parts
    first, last = program.first[step], program.first[step + 1]
    if operator == ANSWER:
        true[step] = held(parts[first], columns)
        possible[step] = true[step] | held(parts[first + 1], columns)
    elif operator == OPPOSITE:
        true[step], possible[step] = ~possible[parts[first]], ~true[parts[first]]
    elif operator == NTH_BEST:
        true[step] = at_least(program.need[step], parts[first:last], true)
        possible[step] = at_least(program.need[step], parts[first:last], possible)
    else:
        all_true, all_possible = ~_NONE, ~_NONE
        some_true, some_possible = _NONE, _NONE
        for at in range(first, last):
            all_true, all_possible = all_true & true[parts[at]], all_possible & possible[parts[at]]
            some_true, some_possible = some_true | true[parts[at]], some_possible | possible[parts[at]]
        true[step] = all_true if operator == LEAST else some_true
        possible[step] = all_possible if operator == LEAST else some_possible


@part
def at_least(need: int, parts: Int32s, holds: Words) -> np.uint64:
    """In which of the states at least so many of the parts hold."""
    enough = _NONE
    for state in range(64):
        count = 0
        for number in parts:
            count += int((holds[number] >> np.uint64(state)) & _ONE)
        if count >= need:
            enough |= _ONE << np.uint64(state)
    return enough


@part
def held(channel: int, columns: Words) -> np.uint64:
    if channel < 0:
        return ~_NONE if channel == ALWAYS else _NONE
    return np.uint64(columns[channel >> 6, channel & 63])


@part
def turn_over(words: Words) -> None:
    """Bit j of word i becomes bit i of word j, for 64 words: halves are exchanged, then halves of halves."""
    width, low = 32, np.uint64(0xFFFFFFFF)
    while width:
        shift = np.uint64(width)
        i = 0
        while i < 64:
            other = ((words[i] >> shift) ^ words[i + width]) & low
            words[i] ^= other << shift
            words[i + width] ^= other
            i = (i + width + 1) & ~width
        width >>= 1
        low ^= low << np.uint64(width)
