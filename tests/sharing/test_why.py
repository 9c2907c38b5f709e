"""The explanation tells the truth as far as it is open, and nothing of what is closed. On made-up citizens and drafts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.periods import date_of, day_of
from helhed.register.questions import ChildRow
from helhed.rules.criteria import Age, All, AnyChild, AnyParent, Group, GroupRef, Leaf, Version
from helhed.rules.one import explain
from helhed.sharing.policy import BIF, BOTH, SOF
from helhed.sharing.why import CLOSED, worlds
from helhed.sharing.why.explaining import About, Case, group_why
from helhed.sharing.why.sight import CHILD_CASE, Sight, sides
from helhed.sharing.why.spans import turns, value_on
from helhed.sharing.why.turning import causes
from helhed.sharing.why.wording import Words, value_word
from sharing import made_up
from sharing.made_up import (
    BOOK,
    CHILD,
    GROUPS,
    PERSON,
    SELF,
    VOCABULARY,
    criteria,
    days,
    fact_rows,
    relations,
)

SIGHTS = [
    Sight(sides(BIF, BOTH), VOCABULARY),
    Sight(sides(SOF, BOTH), VOCABULARY),
    Sight(sides(BIF, SOF, BOTH), VOCABULARY),
]
SOURCES = {"bif-fagsystem": "BIF", "sof-fagsystem": "SOF"}
DRAFT = "DRAFT"
lists = st.lists(fact_rows(), max_size=5)
births = st.tuples(st.integers(7_000, 18_000), st.integers(-4_000, 4_000))


@pytest.fixture(scope="module", autouse=True)
def no_store():
    """The register's answers about children come from the test."""
    patch = pytest.MonkeyPatch()
    patch.setattr(worlds.register, "children_at_any_time", lambda _person: Register.ties)
    patch.setattr(worlds.register, "facts_of_each", lambda people: dict.fromkeys(people, Register.facts))
    yield
    patch.undo()


class Register:
    """What the register would say of the child."""

    ties: list[ChildRow] = []
    facts: list = []


def case_of(own, child, tie, sight, criterion):
    Register.ties = [ChildRow(CHILD, date_of(tie[0]), tie[1] and date_of(tie[1]))] if tie else []
    Register.facts = child
    groups = {**GROUPS, DRAFT: Group(DRAFT, (Version(day_of(date(2000, 1, 1)), criterion),))}
    return Case(worlds.world_of(PERSON, own, sight), SELF, [DRAFT], groups, sight)


def words(on):
    return Words(BOOK, "da", SOURCES, "borgeren", on)


def told(case, on):
    return group_why(case, DRAFT, About("Udkast", "draft", ""), words(on))


def truth(own, child, parent, tie, case, on, births=(None, None)):
    world = made_up.whole_world(own, child, parent, tie, births)
    return explain(world, SELF, DRAFT, on, case.groups, VOCABULARY).value.word


def is_open(row, sight):
    return sight.sees(row.kind, row.code)


@settings(max_examples=300, deadline=None)
@given(criteria(), st.sampled_from(SIGHTS), st.tuples(lists, lists, lists), relations(), births, days)
def test_what_is_said_is_true(criterion, sight, facts, tie, born, on):
    own, child, parent = facts
    case = case_of(own, child, tie, sight, criterion)
    said = told(case, on).value
    assert said in (CLOSED, truth(own, child, parent, tie, case, on, born))


@settings(max_examples=300, deadline=None)
@given(
    criteria(), st.sampled_from(SIGHTS), st.tuples(lists, lists), st.tuples(lists, lists), relations(), days
)
def test_two_citizens_who_differ_in_closed_facts_only_are_told_the_same(
    criterion, sight, owns, children, tie, on
):
    """Own facts that are closed differ; of the child all but the child's case differ, and where SOF is closed that too,
    and the relation with it."""
    common = [row for row in owns[0] if is_open(row, sight)]
    cases = [row for row in children[0] if row.kind == "child_case"]
    answers = []
    for number in (0, 1):
        own = common + [row for row in owns[number] if not is_open(row, sight)]
        child = [row for row in children[number] if row.kind != "child_case"]
        if (CHILD_CASE, SOF) in sight.open:
            answers.append(told(case_of(own, cases + child, tie, sight, criterion), on))
        else:
            answers.append(
                told(case_of(own, cases if number else child, tie if number else None, sight, criterion), on)
            )
    assert answers[0] == answers[1]


@settings(max_examples=200, deadline=None)
@given(criteria(), st.sampled_from(SIGHTS), lists, lists, relations(), st.lists(days, min_size=5, max_size=5))
def test_history_and_reasons_say_the_same_of_every_day(criterion, sight, own, child, tie, asked):
    case = case_of(own, child, tie, sight, criterion)
    history = case.history(DRAFT)
    edges = [day for one in history for day in (one.start, one.end) if day is not None]
    for day in {*asked, *edges, *(edge - 1 for edge in edges)}:
        assert value_on(history, day) == value_word(case.on(day)[DRAFT])


@settings(max_examples=200, deadline=None)
@given(criteria(), lists, lists, relations(), days)
def test_the_answer_changes_on_the_day_named_and_not_before(criterion, own, child, tie, on):
    sight = SIGHTS[2]
    case = case_of(own, child, tie, sight, criterion)
    first = value_word(case.on(on)[DRAFT])
    expected = first
    from_day = on
    for turn in turns(case.history(DRAFT), on, 3):
        between = range(from_day, turn.day, max(1, (turn.day - from_day) // 7))
        assert {value_word(case.on(day)[DRAFT]) for day in (*between, turn.day - 1)} == {expected}
        before, after = case.on(turn.day - 1)[DRAFT], case.on(turn.day)[DRAFT]
        assert value_word(after) == turn.after != expected == turn.before
        assert causes(before.reason, after.reason) or before.reason != after.reason
        expected, from_day = turn.after, turn.day
    changes = told(case, on).changes
    assert len(changes) == len(turns(case.history(DRAFT), on, 3)) and all(changes)


@settings(max_examples=200, deadline=None)
@given(criteria(), st.sampled_from(SIGHTS), lists, lists, relations(), days)
def test_lines_that_are_open_are_true_of_the_whole_world(criterion, sight, own, child, tie, on):
    """Each line of the draft, asked by itself of everything there is to know."""
    case = case_of(own, child, tie, sight, criterion)
    world = made_up.whole_world(own, child, [], tie)

    def check(node):
        part = {**GROUPS, "P": Group("P", (Version(0, node.reason.criterion),))}
        whole = explain(world, SELF, "P", on, part, VOCABULARY).value.word
        assert value_word(node) in (CLOSED, whole)
        for inner in node.parts:
            check(inner)

    check(case.on(on)[DRAFT].parts[0])


def row(kind, code, unit="", start="2025-01-01", end=None):
    day = date.fromisoformat
    source = (
        ("sof-fagsystem", "sof")
        if kind in ("social_case", "child_case", "service")
        else ("bif-fagsystem", "bif")
    )
    return made_up.FactRow(
        kind, code, unit, day(start), end and day(end), None, *source, "T", "1", made_up.KNOWN, 1, "F", 1
    )


BENEFIT = Leaf("benefit", ("kontanthjaelp/aktivitetsparat",))
CASE = Leaf("social_case", ("primaer",), ("sof/driftscenter-1",))
ON = day_of(date(2026, 11, 20))


def test_a_closed_line_says_so_and_names_nothing():
    case = case_of(
        [row("benefit", "kontanthjaelp/aktivitetsparat"), row("social_case", "primaer")],
        [],
        None,
        SIGHTS[0],
        All((BENEFIT, CASE)),
    )
    why = told(case, ON)
    assert [line.value for line in why.lines] == [CLOSED, "true", CLOSED]
    assert why.value == CLOSED and not why.misses and not why.lines[2].facts and why.lines[2].closed
    assert why.history == ((CLOSED, date(2025, 1, 1), None),)


def test_the_other_sides_plan_is_not_named_as_coming_close():
    mine = Leaf("plan", ("min-plan",))
    theirs = told(case_of([row("plan", "handleplan")], [], None, SIGHTS[0], mine), ON)
    assert theirs == told(case_of([], [], None, SIGHTS[0], mine), ON) and theirs.value == "false"
    assert told(case_of([row("plan", "handleplan")], [], None, SIGHTS[2], mine), ON).lines[0].facts


def test_a_childs_age_is_closed_to_everyone():
    tie = (day_of(date(2020, 1, 1)), None)
    [line] = told(case_of([], [], tie, SIGHTS[2], AnyChild(Age(None, 18))), ON).lines
    assert line.value == CLOSED


def test_what_no_closed_line_can_change_is_said():
    why = told(case_of([], [], None, SIGHTS[0], All((BENEFIT, CASE))), ON)
    assert why.value == "false" and why.missing == 0  # not near: part of the way is closed
    assert why.misses == (
        "Mangler: modtager kontanthjælp (aktivitetsparat) – og: resten bygger på oplysninger, du ikke har adgang til",
    )


def test_the_nearest_miss_is_named_with_the_fact_that_comes_close():
    own = [
        row("benefit", "kontanthjaelp/aktivitetsparat"),
        row("social_case", "primaer", "sof/driftscenter-2"),
    ]
    why = told(case_of(own, [], None, SIGHTS[2], All((BENEFIT, CASE))), ON)
    assert why.missing == 1
    assert why.misses == ("Mangler kun: har primær sag i SOF hos Driftscenter 1 – efter Hjemløseenheden",)
    assert why.lines[2].note == "»Primær sag i SOF« er hos en anden enhed."
    [fact] = why.lines[2].facts
    assert (fact.unit_label.startswith("Driftscenter 2"), fact.source, fact.start) == (
        True,
        "SOF",
        date(2025, 1, 1),
    )


@pytest.mark.parametrize(
    ("criterion", "own", "said"),
    [
        (
            Age(18, 31),
            [],
            "Den 3. maj 2027 fylder borgeren 31 år. Så er borgeren ikke længere med i gruppen.",
        ),
        (Age(31), [], "Den 3. maj 2027 fylder borgeren 31 år. Så er borgeren med i gruppen."),
        (
            BENEFIT,
            [row("benefit", "kontanthjaelp/aktivitetsparat", end="2027-02-01")],
            "Den 1. februar 2027 er »Kontanthjælp (aktivitetsparat)« slut. Så er borgeren ikke længere med i gruppen.",
        ),
        (
            Leaf("benefit", within=made_up.Duration.parse("P6M")),
            [row("benefit", "ledighedsydelse", end="2026-10-01")],
            "Den 1. april 2027 er det 6 måneder siden, »Ledighedsydelse« sluttede. Så er borgeren ikke længere med i gruppen.",
        ),
        (
            Leaf("benefit", lasted=made_up.Duration.parse("P2Y")),
            [row("benefit", "ledighedsydelse")],
            "Den 1. januar 2027 har »Ledighedsydelse« varet uafbrudt i 2 år. Så er borgeren med i gruppen.",
        ),
        (
            Leaf("benefit", ending_within=made_up.Duration.parse("P1M")),
            [row("benefit", "ledighedsydelse", end="2027-03-01")],
            "Den 1. februar 2027 er der 1 måned til, at »Ledighedsydelse« slutter. Så er borgeren med i gruppen.",
        ),
        (
            BENEFIT,
            [row("benefit", "kontanthjaelp", start="2027-01-01")],
            "Den 1. januar 2027 begynder »Kontanthjælp«. Så kan det ikke afgøres, om borgeren er med.",
        ),
    ],
)
def test_what_will_change_the_answer_is_told_with_its_day(criterion, own, said):
    assert told(case_of(own, [], None, SIGHTS[2], criterion), ON).changes[0] == said


def test_a_childs_case_is_told_as_yes_or_no_and_nothing_more():
    child = [row("child_case", "BL-32/aflastning", "sof/driftscenter-5"), row("benefit", "ledighedsydelse")]
    case = AnyChild(Leaf("child_case"))
    tie = (day_of(date(2020, 1, 1)), None)
    [line] = told(case_of([], child, tie, SIGHTS[2], case), ON).lines
    assert (line.value, line.facts, line.closed) == ("true", (), False)
    [line] = told(case_of([], child, tie, SIGHTS[0], case), ON).lines
    assert (line.value, line.facts, line.closed) == (CLOSED, (), True)
    [line] = told(case_of([], child, tie, SIGHTS[2], AnyChild(Leaf("benefit"))), ON).lines
    assert line.value == CLOSED


def test_a_parents_facts_are_nobodys_business_here():
    why = told(case_of([], [], None, SIGHTS[2], AnyParent(GroupRef("4A"))), ON)
    assert why.value == CLOSED and "en anden persons oplysninger" in why.lines[0].note


def test_an_unknown_answer_asks_for_what_would_settle_it():
    why = told(case_of([row("benefit", "kontanthjaelp")], [], None, SIGHTS[2], BENEFIT), ON)
    assert why.value == "unknown" and "Kilden siger ikke" in why.lines[0].note
    assert why.misses == ("Mangler kun: modtager kontanthjælp (aktivitetsparat) (kan ikke afgøres i dag)",)


def test_what_the_population_register_says_is_seen_with_the_name():
    named = Sight(frozenset({("identity", BOTH)}), VOCABULARY)
    assert named.sees("cpr_status", "doed") and not named.sees("cpr_status", "doed", relative=True)
    assert not named.sees("benefit", "sygedagpenge")
    assert not Sight(frozenset({("benefit", BIF)}), VOCABULARY).sees("cpr_status", "doed")
