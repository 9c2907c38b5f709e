"""Generated cases: small vocabularies, criteria, groups, people and facts around days where calendars are odd.

Everything is drawn from a `Random`: one of Hypothesis, which shrinks what fails, or a seeded one, which is quick.
A *world* is a few persons with their facts and relations. A population is many worlds, which know nothing of
each other, asked the same groups in the same window.
"""

from calendar import monthrange
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
FACT_KINDS = (*KINDS, *KINDS, *KINDS, "plan")
FACT_CODES = (*CODES, "a/b/unheard-of", "unheard-of")
FACT_UNITS = (None, None, *UNITS, "u/v/unheard-of")
DURATIONS = tuple(
    Duration.parse(text)
    for text in ("P1D", "P3D", "P30D", "P2W", "P5W", "P1M", "P2M", "P6M", "P13M", "P1Y", "P2Y")
)
ERAS = (2024, 2024, 2024, 1900, 1970, 2000, 2100)
"""A leap year, a common year of a century, the year in which day numbers begin, and a century's leap year."""
AROUND = (
    (-1, 1, 31), (-1, 2, 28), (-1, 3, 1), (-1, 8, 31), (-1, 12, 31), (0, 1, 1), (0, 1, 30), (0, 1, 31),
    (0, 2, 28), (0, 2, 29), (0, 3, 1), (0, 3, 30), (0, 3, 31), (0, 4, 30), (0, 5, 31),
    (0, 7, 1), (0, 8, 29), (0, 8, 31), (1, 2, 28), (1, 3, 1),
)  # fmt: skip
BIRTHS = (
    (-4, 1, 29), (-4, 2, 29), (-3, 3, 1), (-3, 3, 29), (-2, 2, 28), (-2, 2, 29), (-1, 1, 1), (-1, 12, 31), (0, 2, 29),
    (0, 5, 30),
)  # fmt: skip
LENGTHS = (None, None, 1, 14, 28, 29, 30, 31, 59, 90, 184, 365, 366, 500)
WINDOWS = (1, 2, 7, 60, 60, 100, 100, 200, 400)
OLDEST = 6


@dataclass(frozen=True)
class Case:
    people: tuple[Person, ...]
    spells: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    groups: dict[str, Group]
    vocabulary: Vocabulary
    window: Span

    def horizon(self):
        """A day before everything, and one after everything finite with an age or a duration added."""
        spans = [*self.spells, *self.relations]
        starts = [span.start for span in spans]
        ends = [span.end for span in spans if span.end is not None]
        births = [person.birth_date for person in self.people if person.birth_date is not None]
        versions = [version.valid_from for group in self.groups.values() for version in group.versions]
        first = min([self.window.start, *starts, *births]) - 1
        reached = max([self.window.start, self.window.end or first, *starts, *ends, *births, *versions])
        return first, reached + (OLDEST + 1) * 366


class Dice:
    """Draws from a Random what a case is made of."""

    def __init__(self, random: Random, era: int = 2024) -> None:
        self.random = random
        self.days = real_days(era, AROUND)
        self.births = real_days(era, BIRTHS)

    def one_of(self, options):
        return options[self.random.randrange(len(options))]

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def some(self, options, least, most):
        return tuple(self.one_of(options) for _ in range(self.random.randint(least, most)))

    def day(self):
        return self.random.randint(self.days[0], self.days[-1]) if self.chance(3) else self.one_of(self.days)

    def span(self):
        start, length = self.day(), self.one_of(LENGTHS)
        return start, None if length is None else start + length

    def successors(self, names):
        return {self.one_of(names): self.some(names, 1, 2) for _ in range(self.random.randint(0, 3))}

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
        start = None if self.chance(4) else self.random.randint(0, OLDEST - 2)
        if start is not None and self.chance(2):
            return Age(start)
        return Age(start, self.random.randint((start or 0) + 1, OLDEST))

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
                parts = [self.criterion(known, depth - 1) for _ in range(self.random.randint(1, 3))]
        if self.chance(4):
            parts.append(self.one_of(parts))
        if word == "at_least":
            return AtLeast(self.random.randint(1, len(parts)), tuple(parts))
        return All(tuple(parts)) if word == "all" else AnyOf(tuple(parts))

    def group(self, key, known):
        first = self.day() if self.chance(3) else self.days[0] - 3000
        valid_from = {first, *(self.some(self.days, 1, 2) if self.chance(3) else ())}
        return Group(key, tuple(Version(day, self.criterion(known)) for day in sorted(valid_from)))

    def groups(self, least=1, most=3):
        """Groups with different criteria, each of which may refer to those before it."""
        groups, seen = {}, set()
        many = self.random.randint(least, most)
        while len(groups) < many:
            group = self.group(f"G{len(groups) + 1}", tuple(groups))
            if group.versions not in seen:
                seen.add(group.versions)
                groups[group.key] = group
        return groups

    def fact(self, who, earlier):
        """A fact anywhere, or beside an earlier one: before, at or after its end, with much the same words."""
        fact = Fact(
            self.one_of(who),
            self.one_of(FACT_KINDS),
            self.one_of(FACT_CODES),
            self.one_of(FACT_UNITS),
            *self.span(),
        )
        if not earlier or not self.chance(3):
            return fact
        near = self.one_of(earlier)
        start = fact.start if near.end is None else near.end + self.random.randint(-1, 1)
        length = self.one_of(LENGTHS)
        code, unit = (near.code, near.unit) if self.chance(2) else (near.code.split("/")[0], fact.unit)
        return Fact(near.person, near.kind, code, unit, start, None if length is None else start + length)

    def world(self, name=""):
        """People, spells and relations. `name` begins the names of the persons."""
        births = [
            None if self.chance(4) else self.one_of(self.births) for _ in range(self.random.randint(1, 3))
        ]
        people = tuple(Person(f"{name}p{number}", birth) for number, birth in enumerate(births))
        who = [person.person for person in people]
        spells = []
        for _ in range(self.random.randint(0, 10)):
            spells.append(self.fact(who, spells))
        relations = [
            Relation(self.one_of(who), self.one_of(who), *self.span())
            for _ in range(self.random.randint(0, 3))
        ]
        return people, tuple(spells), tuple(relations)

    def window(self):
        start = self.day()
        return Span(start, None if self.chance(15) else start + self.one_of(WINDOWS))

    def case(self):
        """One world and a few groups."""
        return Case(*self.world(), self.groups(), self.vocabulary(), self.window())


def population(seed, worlds=20, groups=8):
    """Many worlds asked many groups, and how many cases that is: see `test_agreement`.

    One population in ten is asked several times as many groups: more leaves than a machine word has bits. One
    in twenty has no spells at all, and one in twenty no relations.
    """
    dice = Dice(Random(seed), ERAS[seed % len(ERAS)])
    if seed % 10 == 0:
        worlds, groups = worlds // 5, groups * 8
    drawn = [dice.world(f"{number:02}-") for number in range(worlds)]
    if seed % 20 in (7, 13):
        drawn = [
            (people, () if seed % 20 == 7 else spells, () if seed % 20 == 13 else relations)
            for people, spells, relations in drawn
        ]
    people, spells, relations = (sum(rows, ()) for rows in zip(*drawn, strict=True))
    case = Case(people, spells, relations, dice.groups(groups, groups), dice.vocabulary(), dice.window())
    different = {repr(world).replace(f"{number:02}-", "") for number, world in enumerate(drawn)}
    return case, len(different) * len(case.groups)


def real_days(era, days):
    """The days that there are, in order; a year is counted from the era."""
    return sorted(
        day_of(date(era + year, month, day))
        for year, month, day in days
        if day <= monthrange(era + year, month)[1]
    )
