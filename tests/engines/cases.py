"""Generated cases: small vocabularies, criteria, groups, people and facts around days where calendars are odd.

Everything is drawn from a `Random`: one of Hypothesis, which shrinks what fails, or a seeded one, which is quick.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from helhed.periods import Duration, Span, day_of
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Group,
    GroupRef,
    Leaf,
    Not,
    Version,
)
from helhed.rules.one import Fact, Person, Relation
from helhed.rules.vocabulary import Vocabulary

KINDS = ("benefit", "offer")
CODES = ("a", "a/b", "a/b/c", "a/d", "ab", "e", "e/f", "g")
UNITS = ("u", "u/v", "u/v/w", "x", "x/y")
FACT_CODES = (*CODES, "a/b/unheard-of", "unheard-of")
FACT_UNITS = (None, None, *UNITS, "u/v/unheard-of")
DURATIONS = tuple(Duration.parse(text) for text in ("P1D", "P30D", "P2W", "P1M", "P2M", "P6M", "P13M", "P1Y"))
AROUND = [
    (2023, 1, 31), (2023, 2, 28), (2023, 3, 1), (2023, 8, 31), (2023, 12, 31), (2024, 1, 30), (2024, 1, 31),
    (2024, 2, 28), (2024, 2, 29), (2024, 3, 1), (2024, 3, 30), (2024, 3, 31), (2024, 4, 30), (2024, 5, 31),
    (2024, 7, 1), (2024, 8, 29), (2024, 8, 31), (2025, 2, 28), (2025, 3, 1),
]  # fmt: skip
DAYS = [day_of(date(*day)) for day in AROUND]
BIRTHS = [
    day_of(date(*day)) for day in [(2020, 2, 29), (2021, 3, 1), (2022, 2, 28), (2023, 7, 1), (2024, 2, 29)]
]
LENGTHS = (None, None, 1, 14, 28, 29, 30, 31, 59, 90, 184, 365, 366, 500)
LAST = day_of(date(2032, 1, 1))
"""Every finite day below, with the longest age or duration added, lies before this one."""


@dataclass(frozen=True)
class Case:
    people: tuple[Person, ...]
    spells: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    groups: dict[str, Group]
    vocabulary: Vocabulary
    window: Span


class Dice:
    """Draws from a Random what a case is made of."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one_of(self, options):
        return options[self.random.randrange(len(options))]

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def some(self, options, least, most):
        return tuple(self.one_of(options) for _ in range(self.random.randint(least, most)))

    def day(self):
        return self.random.randint(min(DAYS), max(DAYS)) if self.chance(3) else self.one_of(DAYS)

    def span(self):
        start, length = self.day(), self.one_of(LENGTHS)
        return start, None if length is None else start + length

    def successors(self, names):
        return {self.one_of(names): self.some(names, 1, 2) for _ in range(self.random.randint(0, 2))}

    def vocabulary(self):
        return Vocabulary(
            frozenset(KINDS),
            {kind: frozenset(CODES) for kind in KINDS},
            {kind: self.successors(CODES) for kind in KINDS},
            frozenset(UNITS),
            self.successors(UNITS),
        )

    def leaf(self):
        modifier = self.one_of([None, None, None, "within", "lasted", "ending_within"])
        return Leaf(
            self.one_of(KINDS),
            None if self.chance(4) else self.some(CODES, 1, 2),
            self.some(UNITS, 1, 2) if self.chance(3) else None,
            exact=self.chance(4),
            **({} if modifier is None else {modifier: self.one_of(DURATIONS)}),
        )

    def age(self):
        start = None if self.chance(4) else self.random.randint(0, 4)
        if start is not None and self.chance(2):
            return Age(start)
        return Age(start, self.random.randint((start or 0) + 1, 6))

    def criterion(self, known, depth=3):
        """A criterion of at most this depth; it may refer to the groups `known`."""
        words = ["leaf", "leaf", "leaf", "age", *(["group"] if known else [])]
        if depth > 1:
            words += ["all", "any", "any", "not", "at_least", "child", "parent"]
        match self.one_of(words):
            case "leaf":
                return self.leaf()
            case "age":
                return self.age()
            case "group":
                return GroupRef(self.one_of(known))
            case "not":
                return Not(self.criterion(known, depth - 1))
            case "child":
                return AnyChild(self.criterion(known, depth - 1))
            case "parent":
                return AnyParent(self.criterion(known, depth - 1))
            case word:
                parts = tuple(self.criterion(known, depth - 1) for _ in range(self.random.randint(1, 3)))
        if word == "at_least":
            return AtLeast(self.random.randint(1, len(parts)), parts)
        return All(parts) if word == "all" else AnyOf(parts)

    def groups(self):
        groups = {}
        for key in ("G1", "G2", "G3")[: self.random.randint(1, 3)]:
            first = self.day() if self.chance(4) else 0
            valid_from = {first, self.day()} if self.chance(3) else {first}
            versions = tuple(Version(day, self.criterion(tuple(groups))) for day in valid_from)
            groups[key] = Group(key, versions)
        return groups

    def case(self):
        births = [None if self.chance(4) else self.one_of(BIRTHS) for _ in range(self.random.randint(1, 3))]
        people = tuple(Person(f"p{number}", birth) for number, birth in enumerate(births))
        who = [person.person for person in people]
        spells = tuple(
            Fact(
                self.one_of(who),
                self.one_of(KINDS),
                self.one_of(FACT_CODES),
                self.one_of(FACT_UNITS),
                *self.span(),
            )
            for _ in range(self.random.randint(0, 10))
        )
        relations = tuple(
            Relation(self.one_of(who), self.one_of(who), *self.span())
            for _ in range(self.random.randint(0, 3))
        )
        start = self.day()
        window = Span(start, None if self.chance(20) else start + self.one_of([60, 100, 200, 400]))
        return Case(people, spells, relations, self.groups(), self.vocabulary(), window)
