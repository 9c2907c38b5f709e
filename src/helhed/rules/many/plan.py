"""From criteria to channels: which leaves there are, what feeds them, which bits answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np

from helhed.periods import OPEN, Duration
from helhed.rules.criteria import Age, AnyChild, AnyParent, Criterion, Group, GroupRef, Leaf, parts
from helhed.rules.many.calendar import ENDING, LASTED, PLAIN, WITHIN
from helhed.rules.many.shapes import Int32s, Runs, Sets, Standing, Window
from helhed.rules.matching import terms_of
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary

NEVER, ALWAYS = -1, -2
"""Answers that need no channel."""

Combo: TypeAlias = tuple[str, str, str | None]
Relative: TypeAlias = AnyChild | AnyParent
_Modifier: TypeAlias = tuple[int, int, int]  # as numbered in `calendar`, its months and days


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a version is in force: a leaf that is the same for everyone."""

    start: int
    stop: int


Question: TypeAlias = Leaf | Age | Relative | Period


class Answer(NamedTuple):
    """The channels of a question: certainly, and (where that does not hold) possibly."""

    true: int
    possible: int


class Derived(NamedTuple):
    """The sets under which what follows from relatives is found: certainly, and possibly."""

    true: int
    possible: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Worked out before any fact is read: the channels facts feed, those they do not, and what answers each leaf."""

    sets: Sets
    runs: Runs
    standing: Standing
    answers: Mapping[Question, Answer]


def questions_of(targets: Iterable[Criterion], groups: Mapping[str, Group]) -> list[Question]:
    """The distinct leaves of these criteria, groups written out; what is asked of relatives is one leaf."""
    found: dict[Question, None] = {}
    seen: set[str] = set()

    def visit(criterion: Criterion) -> None:
        if isinstance(criterion, Leaf | Age | AnyChild | AnyParent):
            found[criterion] = None
        elif isinstance(criterion, GroupRef):
            if criterion.key not in seen:
                seen.add(criterion.key)
                for period, inner in versions_of(groups[criterion.key]):
                    found[period] = None
                    visit(inner)
        else:
            for part in parts(criterion):
                visit(part)

    for target in targets:
        visit(target)
    return list(found)


def versions_of(group: Group) -> list[tuple[Period, Criterion]]:
    """The criteria of each version, with the days it is in force."""
    return [
        (Period(start, OPEN if end is None else end), version.criteria)
        for start, end, version in group.periods()
    ]


def relative_stages(targets: Iterable[Criterion], groups: Mapping[str, Group]) -> list[list[Relative]]:
    """What is asked of relatives, in an order in which it can be answered: what it builds on first."""
    depths: dict[Relative, int] = {}

    def depth(criterion: Criterion) -> int:
        deepest = 0
        for question in questions_of([criterion], groups):
            if isinstance(question, AnyChild | AnyParent):
                if question not in depths:
                    depths[question] = depth(question.of)
                deepest = max(deepest, depths[question] + 1)
        return deepest

    most = max((depth(target) for target in targets), default=0)
    return [[asked for asked, at in depths.items() if at == stage] for stage in range(most)]


def make_plan(
    questions: Sequence[Question],
    combos: Sequence[Combo],
    derived: Mapping[Relative, Derived],
    vocabulary: Vocabulary,
    window: Window,
) -> Plan:
    """Give every question its channels. What never, or always, holds in the window needs none."""
    draft = _Draft()
    answers: dict[Question, Answer] = {}
    codes_by_kind: dict[str, list[tuple[int, Combo]]] = {}
    for number, combo in enumerate(combos):
        codes_by_kind.setdefault(combo[0], []).append((number, combo))
    for question in questions:
        if isinstance(question, Leaf):
            answers[question] = draft.leaf(question, codes_by_kind.get(question.kind, []), vocabulary)
        elif isinstance(question, Age):
            answers[question] = draft.age(question)
        elif isinstance(question, Period):
            answers[question] = draft.period(question, window)
        else:
            answers[question] = draft.relative(derived[question])
    sets = len(combos) + 2 * len(derived)
    return Plan(draft.sets(sets), draft.runs(sets), draft.standing(), answers)


@dataclass
class _Draft:
    """Channels being given out: what feeds each, and what is done to its runs."""

    count: int = 0
    fed: dict[tuple[tuple[int, ...], _Modifier], int] = field(default_factory=dict)
    ages: list[tuple[int, int, int]] = field(default_factory=list)
    periods: list[tuple[int, int, int]] = field(default_factory=list)
    birthless: int = -1

    def leaf(self, leaf: Leaf, combos: Iterable[tuple[int, Combo]], vocabulary: Vocabulary) -> Answer:
        terms = terms_of(leaf, vocabulary)
        values = [(terms.match(*combo), number) for number, combo in combos]
        true = [number for value, number in values if value is Value.TRUE]
        possible = [number for value, number in values if value is not Value.FALSE]
        modifier = _modifier(leaf)
        if modifier[0] in (PLAIN, WITHIN):
            # the days of a union are those of its parts: what is certain need not be among the possible again
            possible = [number for value, number in values if value is Value.UNKNOWN]
        return Answer(self._fed(true, modifier), self._fed(possible, modifier))

    def age(self, age: Age) -> Answer:
        if self.birthless < 0:
            self.birthless = self._channel()
        channel = self._channel()
        self.ages.append((age.start or 0, -1 if age.below is None else age.below, channel))
        return Answer(channel, self.birthless)

    def period(self, period: Period, window: Window) -> Answer:
        if period.stop <= window.start or window.stop <= period.start:
            return Answer(NEVER, NEVER)
        if period.start <= window.start and window.stop <= period.stop:
            return Answer(ALWAYS, ALWAYS)
        channel = self._channel()
        self.periods.append((period.start, period.stop, channel))
        return Answer(channel, channel)

    def relative(self, derived: Derived) -> Answer:
        return Answer(self._fed([derived.true]), self._fed([derived.possible]))

    def _fed(self, sets: Iterable[int], modifier: _Modifier = (PLAIN, 0, 0)) -> int:
        """The channel that these sets feed; the same for the same sets and modifier."""
        key = tuple(sets), modifier
        if not key[0]:
            return NEVER
        if key not in self.fed:
            self.fed[key] = self._channel()
        return self.fed[key]

    def _channel(self) -> int:
        self.count += 1
        return self.count - 1

    def sets(self, sets: int) -> Sets:
        bits = np.zeros((sets + self.count, max(1, (self.count + 63) // 64)), np.uint64)
        feeds = [
            (fed, channel)
            for (some, (kind, _, _)), channel in self.fed.items()
            if kind == PLAIN
            for fed in some
        ]
        for number, channel in [*feeds, *((sets + channel, channel) for channel in range(self.count))]:
            bits[number, channel >> 6] |= np.uint64(1 << (channel & 63))
        return Sets(bits, (bits != 0).any(axis=1), sets)

    def runs(self, sets: int) -> Runs:
        modified = [
            (some, channel, modifier)
            for (some, modifier), channel in self.fed.items()
            if modifier[0] != PLAIN
        ]
        feeds = sorted((fed, run) for run, (some, _, _) in enumerate(modified) for fed in some)
        first = np.searchsorted(np.array([fed for fed, _ in feeds], np.int64), np.arange(sets + 1))
        return Runs(
            first.astype(np.int64),
            np.array([run for _, run in feeds], np.int32),
            np.array([channel for _, channel, _ in modified], np.int32),
            *_columns([modifier for _, _, modifier in modified]),
        )

    def standing(self) -> Standing:
        return Standing(*_columns(self.ages), self.birthless, *_columns(self.periods))


def _modifier(leaf: Leaf) -> _Modifier:
    """The leaf's time modifier as its number, months and days."""
    written: list[tuple[int, Duration | None]] = [
        (WITHIN, leaf.within),
        (LASTED, leaf.lasted),
        (ENDING, leaf.ending_within),
    ]
    for number, duration in written:
        if duration is not None:
            return number, duration.months, duration.days
    return PLAIN, 0, 0


def _columns(rows: list[tuple[int, int, int]]) -> tuple[Int32s, Int32s, Int32s]:
    table = np.array(rows, np.int32).reshape(-1, 3)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()
