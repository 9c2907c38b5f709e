"""Generated cases: small vocabularies, criteria, groups, people and facts around days where calendars are odd."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

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
BIRTHS = [day_of(date(*day)) for day in [(2020, 2, 29), (2021, 3, 1), (2022, 2, 28), (2023, 7, 1), (2024, 2, 29)]]
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


days = st.one_of(st.sampled_from(DAYS), st.integers(min(DAYS), max(DAYS)))


@st.composite
def spans(draw):
    start = draw(days)
    length = draw(st.sampled_from([None, None, 1, 14, 28, 29, 30, 31, 59, 90, 184, 365, 366, 500]))
    return start, None if length is None else start + length


@st.composite
def successors(draw, names):
    old = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return {name: tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))) for name in old}


@st.composite
def vocabularies(draw):
    return Vocabulary(
        frozenset(KINDS),
        {kind: frozenset(CODES) for kind in KINDS},
        {kind: draw(successors(CODES)) for kind in KINDS if draw(st.booleans())},
        frozenset(UNITS),
        draw(successors(UNITS)),
    )


@st.composite
def leaves(draw):
    modifier = draw(st.sampled_from([None, None, None, "within", "lasted", "ending_within"]))
    modifiers = {} if modifier is None else {modifier: draw(st.sampled_from(DURATIONS))}
    return Leaf(
        draw(st.sampled_from(KINDS)),
        draw(st.none() | st.lists(st.sampled_from(CODES), min_size=1, max_size=2).map(tuple)),
        draw(st.none() | st.none() | st.lists(st.sampled_from(UNITS), min_size=1, max_size=2).map(tuple)),
        exact=draw(st.sampled_from([False, False, False, True])),
        **modifiers,
    )


@st.composite
def ages(draw):
    start = draw(st.none() | st.integers(0, 4))
    below = draw(st.integers((start or 0) + 1, 5) if start is None else st.none() | st.integers(start + 1, 6))
    return Age(start, below)


@st.composite
def criteria(draw, known, depth=3):
    """A criterion of at most this depth; it may refer to the groups `known`."""
    simple = ["leaf", "leaf", "leaf", "age", *(["group"] if known else [])]
    joined = ["all", "any", "not", "at_least", "child", "parent"] if depth > 1 else []
    match draw(st.sampled_from(simple + joined)):
        case "leaf":
            return draw(leaves())
        case "age":
            return draw(ages())
        case "group":
            return GroupRef(draw(st.sampled_from(known)))
        case "not":
            return Not(draw(criteria(known, depth - 1)))
        case "child":
            return AnyChild(draw(criteria(known, depth - 1)))
        case "parent":
            return AnyParent(draw(criteria(known, depth - 1)))
        case word:
            parts = tuple(draw(st.lists(criteria(known, depth - 1), min_size=1, max_size=3)))
    if word == "at_least":
        return AtLeast(draw(st.integers(1, len(parts))), parts)
    return All(parts) if word == "all" else AnyOf(parts)


@st.composite
def group_sets(draw):
    groups = {}
    for key in ("G1", "G2", "G3")[: draw(st.integers(1, 3))]:
        first = draw(st.sampled_from([0, 0, *DAYS]))
        valid_from = [first, *draw(st.lists(days.filter(lambda day, first=first: day != first), max_size=1))]
        versions = tuple(Version(day, draw(criteria(tuple(groups)))) for day in valid_from)
        groups[key] = Group(key, versions)
    return groups


@st.composite
def cases(draw):
    births = draw(st.lists(st.none() | st.sampled_from([*BIRTHS, *DAYS[:4]]), min_size=1, max_size=3))
    people = tuple(Person(f"p{number}", birth) for number, birth in enumerate(births))
    person = st.sampled_from([one.person for one in people])
    fact = st.builds(
        lambda who, kind, code, unit, span: Fact(who, kind, code, unit, *span),
        person, st.sampled_from(KINDS), st.sampled_from(FACT_CODES), st.sampled_from(FACT_UNITS), spans(),
    )  # fmt: skip
    relation = st.builds(lambda one, other, span: Relation(one, other, *span), person, person, spans())
    start = draw(days)
    length = draw(st.sampled_from([60, 100, 150, 250, 400, None]))
    return Case(
        people,
        tuple(draw(st.lists(fact, max_size=8))),
        tuple(draw(st.lists(relation, max_size=3))),
        draw(group_sets()),
        draw(vocabularies()),
        Span(start, None if length is None else start + length),
    )
