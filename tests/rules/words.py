"""A small vocabulary, and short ways of writing criteria, for the tests of this room."""

from datetime import date

from helhed.periods import Span, day_of
from helhed.rules.criteria import Group, GroupRef, Version
from helhed.rules.one import Fact, World
from helhed.rules.one import Person as OnePerson
from helhed.rules.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    kinds=frozenset({"benefit", "service", "social_case", "child_case"}),
    codes={
        "benefit": frozenset({"kontanthjaelp", "kontanthjaelp/jobparat", "kontanthjaelp/aktivitetsparat",
                              "uddannelseshjaelp", "uddannelseshjaelp/aktivitetsparat", "ledighedsydelse"}),
        "service": frozenset({"SEL-107", "SEL-110"}),
        "social_case": frozenset({"primaer"}),
    },
    successors={"benefit": {"uddannelseshjaelp/aktivitetsparat": ("kontanthjaelp/aktivitetsparat",)}},
    units=frozenset({"sof", "sof/hjemloese", "sof/handicap", "sof/center-1"}),
    unit_successors={"sof/hjemloese": ("sof/center-1",)},
)  # fmt: skip


def day(text):
    return day_of(date.fromisoformat(text))


def window(start="2020-01-01", end=None):
    return Span(day(start), None if end is None else day(end))


def ref(key):
    return GroupRef(key)


def group_of(key, criterion, valid_from="1900-01-01"):
    return Group(key, (Version(day(valid_from), criterion),))


def fact(code, start, end=None, *, kind="benefit", unit=None, person="p"):
    return Fact(person, kind, code, unit, day(start), None if end is None else day(end))


def world(*facts, birth="1990-05-05", relations=(), others=()):
    birth_day = None if birth is None else day(birth)
    return World([OnePerson("p", birth_day), *others], facts, relations)
