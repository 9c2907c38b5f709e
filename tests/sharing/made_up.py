"""Made-up citizens for the explanation: facts of the catalogue's own codes, a child and a parent, and drafts of criteria."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import strategies as st

from helhed.law import catalogue
from helhed.periods import Duration, date_of, day_of
from helhed.register.questions import FactRow, PersonRow
from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AnyParent, AtLeast, GroupRef, Leaf, Not
from helhed.rules.facts import Fact, Person, Relation, World

SELF, CHILD, PARENT = 1, 2, 3
FIRST, LAST = day_of(date(2021, 1, 1)), day_of(date(2027, 12, 31))
BOOK = catalogue()
GROUPS = BOOK.groups()
VOCABULARY = BOOK.vocabulary()
KNOWN = datetime(2026, 11, 1, tzinfo=UTC)
CODES = {
    "benefit": ["kontanthjaelp", "kontanthjaelp/aktivitetsparat", "ledighedsydelse", "a-dagpenge"],
    "employment_case": ["LAB-6-3", "LAB-6-2"],
    "offer": ["LAB-mentor"],
    "social_case": ["primaer", "supplerende"],
    "service": ["SEL-107", "SEL-110", "SEL-85"],
    "child_case": ["BL-32/aflastning", "SEL-52/aflastning"],
    "plan": ["min-plan", "handleplan", "helhedsorienteret-plan"],
    "consent": ["deling"],
    "assessment": ["kontinuerligt-behov"],
}
UNITS = {
    "social_case": ["sof/driftscenter-1", "sof/borgercenter-voksne/hjemloeseenheden", "sof"],
    "child_case": ["sof/driftscenter-5", "sof/borgercenter-boern-og-unge"],
}
PERSON = PersonRow(SELF, UUID(int=1), "Prøve", "Person", date(1996, 5, 3), "", False)

days = st.integers(FIRST, LAST)


@st.composite
def fact_rows(draw, kinds=tuple(CODES)):
    """A fact as the register gives it."""
    kind = draw(st.sampled_from(kinds))
    code = draw(st.sampled_from(CODES[kind]))
    unit = draw(st.sampled_from(["", *UNITS.get(kind, [])]))
    start = draw(days)
    end = draw(st.none() | st.integers(start + 1, LAST + 400))
    true_to = None if end is None else date_of(end)
    source = ("sof-fagsystem", "sof") if kind in UNITS else ("bif-fagsystem", "bif")
    return FactRow(kind, code, unit, date_of(start), true_to, None, *source, "T", "1", KNOWN, 1, "F", 1)


def leaves():
    """A leaf of some kind, with codes, units and a time now and then."""
    lengths = st.sampled_from([Duration.parse("P6M"), Duration.parse("P30D")])
    times = st.one_of(
        st.just({}), *(st.fixed_dictionaries({t: lengths}) for t in ("within", "lasted", "ending_within"))
    )

    def of_kind(kind):
        codes = st.none() | st.lists(st.sampled_from(CODES[kind]), min_size=1, max_size=2, unique=True).map(
            tuple
        )
        units = (
            st.none() if kind not in UNITS else st.none() | st.sampled_from(UNITS[kind]).map(lambda u: (u,))
        )
        return st.builds(lambda c, u, t: Leaf(kind, c, u, **t), codes, units, times)

    return st.sampled_from(sorted(CODES)).flatmap(of_kind)


ages = st.sampled_from([Age(18), Age(30), Age(18, 30), Age(None, 25)])
references = st.sampled_from(["2A", "4A", "4A-BOERN", "FAELLES", "HOI-SKAL"]).map(GroupRef)


def criteria():
    """A draft of a target group."""

    def larger(inner):
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(All, several),
            st.builds(AnyOf, several),
            several.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of))),
            st.builds(Not, inner),
            st.builds(AnyChild, inner),
            st.builds(AnyParent, inner),
        )

    return st.recursive(st.one_of(leaves(), leaves(), ages, references), larger, max_leaves=6)


@st.composite
def relations(draw):
    """The days on which the child is a child, if there is one."""
    start = draw(days)
    return draw(st.none() | st.just((start, draw(st.none() | st.integers(start + 1, LAST + 400)))))


def whole_world(own, child, parent, tie, births=(None, None)):
    """Everything there is to know, for the truth to be told from."""
    people = [Person(SELF, day_of(PERSON.birth_date)), Person(CHILD, births[0]), Person(PARENT, births[1])]
    facts = [(SELF, row) for row in own] + [(CHILD, row) for row in child] + [(PARENT, row) for row in parent]
    spells = [
        Fact(
            who,
            row.kind,
            row.code,
            row.unit or None,
            day_of(row.true_from),
            None if row.true_to is None else day_of(row.true_to),
            row,
        )
        for who, row in facts
    ]
    ties = [Relation(PARENT, SELF, FIRST)] + ([Relation(SELF, CHILD, *tie)] if tie else [])
    return World(people, spells, ties)
