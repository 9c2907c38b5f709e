"""The specification sentence by sentence: for each a case small enough to check by hand, on all three evaluators.

A case is the sentence, a criterion (or groups), the facts, and the spells that follow. A fact is a line: `born` a
person and a day; `spell` a person, kind, code, unit (- is none) and days; `child` a parent, a child and days. Days
are written start–end, the end not included, nothing after the dash is open. Persons are those named; an answer is
that of `p` in `G` where nothing else is said, and the window is the year 2022.
"""

import pytest

from engines.cases import Case
from engines.evaluators import by_day, by_many, by_one
from helhed.periods import Span
from helhed.rules import one
from helhed.rules.errors import RefusedError
from helhed.rules.one import Fact, Person, Relation
from helhed.rules.reading import read_groups
from helhed.rules.vocabulary import Vocabulary
from rules.words import day

WORDS = Vocabulary(
    frozenset({"benefit", "service", "child_case"}),
    {
        "benefit": frozenset({"kontanthjaelp", "kontanthjaelp/aktivitetsparat", "kontanthjaelp/jobparat",
                              "uddannelseshjaelp", "uddannelseshjaelp/aktivitetsparat", "startydelse"}),
        "service": frozenset({"SEL-107", "SEL-110"}),
        "child_case": frozenset({"SEL-52"}),
    },
    {"benefit": {"uddannelseshjaelp/aktivitetsparat": ("kontanthjaelp/aktivitetsparat",),
                 "startydelse": ("uddannelseshjaelp",)}},
    frozenset({"sof", "sof/hjemloese", "sof/hjemloese/nord", "sof/center-1", "sof/handicap"}),
    {"sof/hjemloese": ("sof/center-1",)},
)  # fmt: skip
YEAR = "2022-01-01–2023-01-01"
EVALUATORS = [by_day, by_one, by_many]

ONE_DAY = "spell p benefit kontanthjaelp - 2022-03-01–2022-03-02"
A = "benefit: [kontanthjaelp/aktivitetsparat]"
BOTH = """
    spell p benefit kontanthjaelp - 2022-01-11–2022-01-21
    spell p service SEL-107 - 2022-01-16–2022-01-26
"""
THREE = """
    spell p benefit kontanthjaelp/aktivitetsparat - 2022-01-01–2022-02-01
    spell p benefit kontanthjaelp - 2022-02-01–2022-03-01
    spell p service SEL-107 - 2022-01-11–2022-02-11
"""  # benefit is true, unknown, false; service true from the 11th to the 11th

SENTENCES = [
    # Time
    ("A spell covers the half-open interval [start, end)", "benefit: {}", ONE_DAY, "true 2022-03-01–2022-03-02"),
    ("no end = open", "benefit: {}", "spell p benefit startydelse - 2022-12-31–", "true 2022-12-31–", "2022-01-01–"),
    ("Adding months to a date keeps the day of the month", "benefit: {within: P1M}", ONE_DAY,
     "true 2022-03-01–2022-04-02"),
    ("clamped to the last day of that month (31 Jan + 1 month = 28 Feb)", "benefit: {within: P1M}",
     "spell p benefit startydelse - 2022-01-30–2022-01-31", "true 2022-01-30–2022-02-28"),
    ("31 Jan + 1 month = 29 Feb", "benefit: {within: P1M}", "spell p benefit startydelse - 2024-01-30–2024-01-31",
     "true 2024-01-30–2024-02-29", "2024-01-01–2025-01-01"),
    ("P30D", "benefit: {within: P30D}", ONE_DAY, "true 2022-03-01–2022-04-01"),
    ("P2W", "benefit: {within: P2W}", ONE_DAY, "true 2022-03-01–2022-03-16"),
    ("P6M", "benefit: {within: P6M}", ONE_DAY, "true 2022-03-01–2022-09-02"),
    ("P1Y (= 12 months)", "benefit: {within: P1Y}", "spell p benefit startydelse - 2024-02-01–2024-02-29",
     "true 2024-02-01–2025-02-28", "2024-01-01–2026-01-01"),
    ("Nothing outside the window is returned", "benefit: {}", "spell p benefit startydelse - 2020-01-01–",
     "true 2022-01-01–2023-01-01"),
    ("facts outside it still count", "benefit: {within: P6M}", "spell p benefit startydelse - 2021-08-01–2021-09-01",
     "true 2022-01-01–2022-03-01"),
    # Facts
    ("Spells of the same person, kind, code and unit may touch; they mean their union", "benefit: {lasted: P20D}",
     "spell p benefit startydelse - 2022-01-01–2022-01-11\nspell p benefit startydelse - 2022-01-11–2022-01-31",
     "true 2022-01-21–2022-01-31"),
    ("or overlap; they mean their union", "benefit: {ending_within: P2D}",
     "spell p benefit startydelse - 2022-01-01–2022-01-11\nspell p benefit startydelse - 2022-01-05–2022-01-31",
     "true 2022-01-29–2022-01-31"),
    ("what lies inside another spell adds nothing", "benefit: {ending_within: P2D}",
     "spell p benefit startydelse - 2022-01-01–2022-01-31\nspell p benefit startydelse - 2022-01-05–2022-01-11",
     "true 2022-01-29–2022-01-31"),
    # Codes
    ("A criterion that names a code means that code", "benefit: [startydelse]",
     "spell p benefit startydelse - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("and everything below it", "benefit: [kontanthjaelp]",
     "spell p benefit kontanthjaelp/jobparat - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("A spell at a proper ancestor of the named code is unknown on its days", A, ONE_DAY,
     "unknown 2022-03-01–2022-03-02"),
    ("but not one beside it", A, "spell p benefit kontanthjaelp/jobparat - 2022-02-01–2022-03-01", ""),
    ("The same for a missing unit when the criterion names units", "benefit: {unit: [sof/hjemloese]}", ONE_DAY,
     "unknown 2022-03-01–2022-03-02"),
    ("or an ancestor unit", "benefit: {unit: [sof/hjemloese]}",
     "spell p benefit startydelse sof 2022-02-01–2022-03-01", "unknown 2022-02-01–2022-03-01"),
    ("a unit below is certain", "benefit: {unit: [sof/hjemloese]}",
     "spell p benefit startydelse sof/hjemloese/nord 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("no units named, no unit needed", "benefit: {any_of: [startydelse]}",
     "spell p benefit startydelse - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("both the code and the unit must match: another unit makes it false", "benefit: {unit: [sof/hjemloese]}",
     "spell p benefit startydelse sof/handicap 2022-02-01–2022-03-01", ""),
    ("A code that has a successor stands for its successors too", "benefit: [uddannelseshjaelp/aktivitetsparat]",
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("transitively", "benefit: [startydelse]",
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("whatever the date", "benefit: [uddannelseshjaelp/aktivitetsparat]",
     "spell p benefit kontanthjaelp/aktivitetsparat - 1990-02-01–1990-03-01", "true 1990-02-01–1990-03-01",
     "1990-01-01–1991-01-01"),
    ("and so does each code below a named one", "benefit: [uddannelseshjaelp]",
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("a spell at plain kontanthjælp is then unknown", "benefit: [uddannelseshjaelp/aktivitetsparat]", ONE_DAY,
     "unknown 2022-03-01–2022-03-02"),
    ("a successor does not stand for what it replaced", A,
     "spell p benefit uddannelseshjaelp/aktivitetsparat - 2022-02-01–2022-03-01", ""),
    ("Units follow the same rule", "benefit: {unit: [sof/hjemloese]}",
     "spell p benefit startydelse sof/center-1 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    ("exact: true switches successors off, for codes", "benefit: {any_of: [startydelse], exact: true}",
     "spell p benefit uddannelseshjaelp - 2022-02-01–2022-03-01", ""),
    ("and units", "benefit: {unit: [sof/hjemloese], exact: true}",
     "spell p benefit startydelse sof/center-1 2022-02-01–2022-03-01", ""),
    ("exact keeps what lies below", "benefit: {any_of: [kontanthjaelp], exact: true}",
     "spell p benefit kontanthjaelp/jobparat - 2022-02-01–2022-03-01", "true 2022-02-01–2022-03-01"),
    # Criteria
    ("all: true if all are true; false if any is false; else unknown", f"all: [{{{A}}}, {{service: {{}}}}]", THREE,
     "true 2022-01-11–2022-02-01, unknown 2022-02-01–2022-02-11"),
    ("any: true if any is true; false if all are false; else unknown", f"any: [{{{A}}}, {{service: {{}}}}]", THREE,
     "true 2022-01-01–2022-02-11, unknown 2022-02-11–2022-03-01"),
    ("not: unknown stays unknown", f"not: {{{A}}}", THREE,
     "unknown 2022-02-01–2022-03-01, true 2022-03-01–2023-01-01"),
    ("at_least: the n-th best value", f"at_least: {{n: 2, of: [{{{A}}}, {{service: {{}}}}, {{age: {{from: 0}}}}]}}",
     f"{THREE}\nborn p 2022-01-21",
     "true 2022-01-11–2022-02-11, unknown 2022-02-11–2022-03-01"),
    ("at_least: a criterion that is there twice counts twice",
     "at_least: {n: 2, of: [{service: {}}, {service: {}}, {benefit: {}}]}", BOTH, "true 2022-01-16–2022-01-26"),
    ("age: true on [birthday(from), birthday(below))", "age: {from: 18, below: 30}", "born p 2000-05-17",
     "true 2018-05-17–2030-05-17", "1990-01-01–2040-01-01"),
    ("false before birth", "age: {below: 18}", "born p 2022-05-17", "true 2022-05-17–2023-01-01"),
    ("so not: age is true before birth", "not: {age: {below: 18}}", "born p 2022-05-17", "true 2022-01-01–2022-05-17"),
    ("who is born on 29 February has the birthday on 1 March in a common year", "age: {from: 18}",
     "born p 2004-02-29", "true 2022-03-01–2023-01-01"),
    ("and on 29 February in a leap year", "age: {from: 20}", "born p 2004-02-29", "true 2024-02-29–2025-01-01",
     "2024-01-01–2025-01-01"),
    ("No birth date = unknown on every day", "age: {from: 18}", "person p", "unknown 2022-01-01–2023-01-01"),
    ("a missing any_of = any code", "benefit: {}", "spell p benefit never-heard-of - 2022-02-01–2022-03-01",
     "true 2022-02-01–2022-03-01"),
    ("another kind is no match", "service: {}", ONE_DAY, ""),
    ("leaf: true on T, unknown on M without T, false elsewhere", A,
     f"{ONE_DAY}\nspell p benefit kontanthjaelp - 2022-01-01–2022-02-01\n"
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-01-11–2022-01-21",
     "unknown 2022-01-01–2022-01-11, true 2022-01-11–2022-01-21, unknown 2022-01-21–2022-02-01, "
     "unknown 2022-03-01–2022-03-02"),
    ("Modifiers are applied to T and to M each", "benefit: {any_of: [kontanthjaelp/aktivitetsparat], lasted: P10D}",
     "spell p benefit kontanthjaelp - 2022-01-01–2022-01-21\n"
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-01-21–2022-02-11",
     "unknown 2022-01-11–2022-01-31, true 2022-01-31–2022-02-11"),
    ("and their results are united again",
     "benefit: {any_of: [kontanthjaelp/aktivitetsparat], ending_within: P5D}",
     "spell p benefit kontanthjaelp/aktivitetsparat - 2022-01-01–2022-01-21\n"
     "spell p benefit kontanthjaelp - 2022-01-21–2022-02-11",
     "true 2022-01-16–2022-01-21, unknown 2022-02-06–2022-02-11"),
    ("within: [s, e) becomes [s, e + P)", "benefit: {within: P3D}", ONE_DAY, "true 2022-03-01–2022-03-05"),
    ("within: what is open stays open", "benefit: {within: P3D}", "spell p benefit startydelse - 2022-12-31–",
     "true 2022-12-31–", "2022-01-01–"),
    ("lasted: [s, e) becomes [s + P, e)", "benefit: {lasted: P1M}",
     "spell p benefit startydelse - 2022-01-31–2022-03-31", "true 2022-02-28–2022-03-31"),
    ("nothing if that is empty", "benefit: {lasted: P1D}", ONE_DAY, ""),
    ("lasted: a break of one day is a break", "benefit: {lasted: P5D}",
     "spell p benefit startydelse - 2022-01-01–2022-01-05\nspell p benefit startydelse - 2022-01-06–2022-01-10", ""),
    ("ending_within: [s, e) becomes [max(s, e - P), e)", "benefit: {ending_within: P3D}",
     "spell p benefit startydelse - 2022-01-01–2022-01-21\nspell p benefit startydelse - 2022-03-01–2022-03-02",
     "true 2022-01-18–2022-01-21, true 2022-03-01–2022-03-02"),
    ("open spells give nothing", "benefit: {ending_within: P1Y}", "spell p benefit startydelse - 2022-02-01–", ""),
    ("e - P in months clamps like addition", "benefit: {ending_within: P1M}",
     "spell p benefit startydelse - 2022-01-01–2022-03-31", "true 2022-02-28–2022-03-31"),
    ("any_child: some child satisfies c on that day, while the relation holds", "any_child: {service: {}}",
     "child p c 2022-02-01–2022-04-01\nspell c service SEL-107 - 2022-03-01–2022-05-01",
     "true 2022-03-01–2022-04-01"),
    ("any_child: the three-valued any over the children", "any_child: {service: {unit: [sof/hjemloese]}}",
     "child p c 2022-01-01–\nchild p d 2022-01-01–\nspell c service SEL-107 - 2022-02-01–2022-04-01\n"
     "spell d service SEL-107 sof/hjemloese 2022-03-01–2022-05-01",
     "unknown 2022-02-01–2022-03-01, true 2022-03-01–2022-05-01"),
    ("who has no child has none that does not", "not: {any_child: {not: {service: {}}}}", "person p",
     "true 2022-01-01–2023-01-01"),
    ("any_child reaches a grandchild through itself", "any_child: {any_child: {service: {}}}",
     "child p c 2022-01-01–2022-03-15\nchild c d 2022-03-01–\nspell d service SEL-107 - 2022-02-01–",
     "true 2022-03-01–2022-03-15"),
    ("any_parent", "any_parent: {service: {}}",
     "child m p 2022-02-01–\nchild f p 2022-01-01–2022-02-15\nspell m service SEL-107 - 2022-03-01–2022-05-01\n"
     "spell f service SEL-110 - 2022-02-01–2022-05-01", "true 2022-02-01–2022-02-15, true 2022-03-01–2022-05-01"),
    ("a person's own time conditions are the child's own", "any_child: {service: {within: P10D}}",
     "child p c 2022-02-05–2022-02-07\nspell c service SEL-107 - 2022-01-01–2022-02-01", "true 2022-02-05–2022-02-07"),
]  # fmt: skip

GROUPS = [
    ("On each day the version in force is used",
     """
     - key: G
       versions:
         - {valid_from: 2022-01-16, criteria: {service: {}}}
         - {valid_from: 2021-06-01, criteria: {benefit: {}}}
     """, BOTH, "true 2022-01-11–2022-01-26"),
    ("before the first version the group is empty",
     """
     - key: G
       versions: [{valid_from: 2022-01-16, criteria: {benefit: {}}}]
     """, BOTH, "true 2022-01-16–2022-01-21"),
    ("A group may name another group as a leaf",
     """
     - key: G
       versions: [{valid_from: 2000-01-01, criteria: {all: [{not: {group: H}}, {service: {}}]}}]
     - key: H
       versions: [{valid_from: 2022-01-18, criteria: {benefit: {}}}]
     """, BOTH, "true 2022-01-16–2022-01-18, true 2022-01-21–2022-01-26"),
    ("a group of somebody else is that person's", """
     - key: G
       versions: [{valid_from: 2000-01-01, criteria: {any_child: {group: H}}}]
     - key: H
       versions: [{valid_from: 2022-01-18, criteria: {benefit: {}}}]
     """, "child p c 2022-01-01–2022-01-20\nspell c benefit startydelse - 2022-01-01–", "true 2022-01-18–2022-01-20"),
    ("disjoint and maximal: neighbouring spells of equal value are one",
     """
     - key: G
       versions:
         - {valid_from: 2000-01-01, criteria: {benefit: {}}}
         - {valid_from: 2022-01-16, criteria: {any: [{benefit: {}}, {service: {}}]}}
     """, BOTH, "true 2022-01-11–2022-01-26"),
]  # fmt: skip


def rows_of(facts):
    """The lines of facts by their first word."""
    rows = {"born": [], "spell": [], "child": [], "person": []}
    for line in facts.splitlines():
        if line.strip():
            word, *rest = line.split()
            rows[word].append(rest)
    return rows


def span_of(text):
    start, end = text.split("–")
    return day(start), day(end) if end else None


def case_of(groups, facts, window):
    rows = rows_of(facts)
    born = {person: day(when) for person, when in rows["born"]}
    spells = tuple(
        Fact(*words[:3], None if words[3] == "-" else words[3], *span_of(words[4])) for words in rows["spell"]
    )
    relations = tuple(Relation(parent, child, *span_of(days)) for parent, child, days in rows["child"])
    named = {
        "p",
        *born,
        *(s.person for s in spells),
        *(who for r in relations for who in (r.parent, r.child)),
    }
    people = tuple(Person(person, born.get(person)) for person in sorted(named))
    return Case(people, spells, relations, groups, WORDS, Span(*span_of(window)))


def spells_in(text):
    """`true 2022-01-01–2022-02-01, unknown …` as rows."""
    return [(value, *span_of(days)) for value, days in (spell.split() for spell in text.split(", ") if spell)]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("row", SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sentence(row, evaluator):
    _, criterion, facts, expected, *window = row
    groups = read_groups(
        f"- {{key: G, versions: [{{valid_from: 1900-01-01, criteria: {{{criterion}}}}}]}}", "", WORDS
    )
    assert evaluator(case_of(groups, facts, *(window or [YEAR])))["G", "p"] == spells_in(expected)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(("sentence", "groups", "facts", "expected"), GROUPS, ids=[row[0] for row in GROUPS])
def test_sentence_about_groups(sentence, groups, facts, expected, evaluator):
    assert evaluator(case_of(read_groups(groups, sentence, WORDS), facts, YEAR))["G", "p"] == spells_in(
        expected
    )


PEOPLE = [Person("p", None), Person("q", None)]


@pytest.mark.parametrize("evaluator", [by_one, by_many])
@pytest.mark.parametrize(
    ("people", "spells", "relations", "said"),
    [
        (PEOPLE[1:], [Fact("p", "benefit", "startydelse", None, 0)], [], "in spells"),
        (PEOPLE[1:], [], [Relation("p", "q", 0)], "in relations"),
        (PEOPLE[1:], [], [Relation("q", "p", 0)], "in relations"),
        ([*PEOPLE, PEOPLE[1]], [], [], "Person q is in people twice"),
        (PEOPLE, [Fact("p", "benefit", "startydelse", None, 5, 5)], [], "does not end after its start"),
        (PEOPLE, [], [Relation("p", "q", 5, 4)], "does not end after its start"),
    ],
)
def test_facts_that_do_not_fit_are_refused(people, spells, relations, said, evaluator):
    """A person who is not in people; one who is there twice; an end that is not after its start."""
    with pytest.raises(RefusedError, match=said):
        evaluator(Case(tuple(people), tuple(spells), tuple(relations), {}, WORDS, Span(0)))


@pytest.mark.parametrize(("ask", "when"), [(one.spells, {"window": Span(0)}), (one.explain, {"day": 0})])
def test_who_is_not_in_people_is_not_asked_about(ask, when):
    with pytest.raises(RefusedError, match="Person q"):
        ask(one.World(PEOPLE[:1]), "q", "G", groups={}, vocabulary=WORDS, **when)
