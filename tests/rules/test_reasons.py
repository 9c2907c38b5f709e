import pytest

from helhed.periods import Duration
from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AnyParent, AtLeast, Leaf, Not
from helhed.rules.errors import RefusedError
from helhed.rules.one import Almost, Person, Relation, Value, World, explain, explain_all, spells
from rules.words import VOCABULARY, day, fact, group_of, ref, window, world

AKTIV = Leaf("benefit", ("kontanthjaelp/aktivitetsparat",))
CASE = Leaf("social_case", ("primaer",), ("sof/hjemloese",))
ON = day("2022-06-01")


def why(criterion, known, on=ON, others=()):
    groups = {"G": group_of("G", criterion), **{group.key: group for group in others}}
    return explain(known, "p", "G", on, groups, VOCABULARY)


def leaf(criterion, known, on=ON):
    """The reason of a criterion that is the whole of its group."""
    [reason] = why(criterion, known, on).parts
    assert reason.criterion == criterion
    return reason


def test_a_true_leaf_names_the_facts_that_cover_the_day():
    one = fact("kontanthjaelp/aktivitetsparat", "2022-01-01", "2022-07-01")
    two = fact("uddannelseshjaelp", "2022-01-01")
    reason = leaf(AKTIV, world(two, one))
    assert (reason.value, reason.facts, reason.almost) == (Value.TRUE, (one,), ())
    assert (reason.since, reason.until) == (day("2022-01-01"), day("2022-07-01"))


def test_an_unknown_leaf_names_the_facts_that_may_be_it():
    vague = fact("kontanthjaelp", "2022-01-01", "2022-07-01")
    sure = fact("kontanthjaelp/aktivitetsparat", "2022-06-10", "2022-06-20")
    reason = leaf(AKTIV, world(vague, sure))
    assert (reason.value, reason.facts) == (Value.UNKNOWN, (vague,))
    assert (reason.since, reason.until) == (day("2022-01-01"), day("2022-06-10"))
    assert reason.almost == (Almost(sure, "time"),)


@pytest.mark.parametrize(
    ("known", "but"),
    [
        (fact("primaer", "2022-01-01", "2022-06-01", kind="social_case", unit="sof/hjemloese"), "time"),
        (fact("primaer", "2022-06-02", kind="social_case", unit="sof/hjemloese"), "time"),
        (fact("primaer", "2022-01-01", kind="social_case", unit="sof/handicap"), "unit"),
        (fact("supplerende", "2022-01-01", kind="social_case", unit="sof/hjemloese"), "code"),
    ],
)
def test_a_false_leaf_names_the_facts_that_fail_in_one_respect(known, but):
    reason = leaf(CASE, world(known))
    assert (reason.value, reason.facts, reason.almost) == (Value.FALSE, (), (Almost(known, but),))


@pytest.mark.parametrize(
    "known",
    [
        fact("supplerende", "2022-01-01", kind="social_case", unit="sof/handicap"),
        fact("supplerende", "2022-01-01", "2022-02-01", kind="social_case", unit="sof/hjemloese"),
        fact("primaer", "2022-01-01", unit="sof/hjemloese"),
    ],
)
def test_a_fact_that_fails_in_two_respects_or_by_its_kind_is_not_named(known):
    assert leaf(CASE, world(known)).almost == ()


def test_a_false_leaf_says_when_it_was_and_will_be_otherwise():
    before = fact("kontanthjaelp/aktivitetsparat", "2022-01-01", "2022-02-01")
    later = fact("kontanthjaelp/aktivitetsparat", "2022-09-01")
    reason = leaf(AKTIV, world(before, later))
    assert (reason.since, reason.until) == (day("2022-02-01"), day("2022-09-01"))


def test_lasted_rests_on_the_whole_unbroken_run():
    lasted = Leaf("benefit", lasted=Duration.parse("P3M"))
    one, two = fact("a", "2022-01-01", "2022-04-01"), fact("b", "2022-04-01", "2022-09-01")
    gone, later = fact("a", "2021-01-01", "2021-12-01"), fact("a", "2022-08-01", "2022-10-01")
    reason = leaf(lasted, world(one, two, gone, later))
    assert (reason.value, reason.facts) == (Value.TRUE, (one, two))
    assert leaf(lasted, world(one, two, gone, later), day("2022-08-01")).facts == (one, two, later)


def test_within_rests_on_what_covers_the_day_or_else_on_what_ended_last():
    within = Leaf("benefit", within=Duration.parse("P6M"))
    older, ended = fact("a", "2022-01-01", "2022-02-01"), fact("b", "2022-01-15", "2022-03-01")
    assert leaf(within, world(older, ended)).facts == (ended,)
    current = fact("c", "2022-05-30")
    assert leaf(within, world(older, ended, current)).facts == (current,)


def test_what_decided_an_unknown_leaf_is_not_also_said_to_fail_it():
    lasted = Leaf("benefit", ("kontanthjaelp/aktivitetsparat",), lasted=Duration.parse("P2M"))
    one, two = (
        fact("kontanthjaelp", "2022-03-15", "2022-05-01"),
        fact("kontanthjaelp", "2022-05-01", "2022-07-01"),
    )
    reason = leaf(lasted, world(one, two))
    assert (reason.value, reason.facts, reason.almost) == (Value.UNKNOWN, (one, two), ())


def test_an_age_says_until_when_it_holds():
    reason = leaf(Age(18, 30), world(birth="2000-02-29"))
    assert (reason.value, reason.since, reason.until) == (Value.TRUE, day("2018-03-01"), day("2030-03-01"))
    assert leaf(Age(30), world(birth="2000-02-29")).until == day("2030-03-01")
    assert leaf(Age(18), world(birth=None)).value is Value.UNKNOWN


@pytest.mark.parametrize(
    ("criterion", "value"),
    [
        (All((Age(18), AKTIV)), Value.UNKNOWN),
        (All((Age(50), AKTIV)), Value.FALSE),
        (AnyOf((Age(18), AKTIV)), Value.TRUE),
        (AnyOf((Age(50), AKTIV)), Value.UNKNOWN),
        (Not(AKTIV), Value.UNKNOWN),
        (Not(Age(50)), Value.TRUE),
        (AtLeast(2, (Age(18), Age(50), AKTIV)), Value.UNKNOWN),
        (AtLeast(1, (Age(18), Age(50), AKTIV)), Value.TRUE),
        (AtLeast(3, (Age(18), Age(50), AKTIV)), Value.FALSE),
    ],
)
def test_values_are_joined_by_three_valued_logic(criterion, value):
    assert why(criterion, world(fact("kontanthjaelp", "2022-01-01"))).value is value


def family(value_of_child):
    relations = [
        Relation("p", "c", day("2022-01-01")),
        Relation("p", "c", day("2021-01-01"), day("2022-06-02")),
        Relation("p", "gone", day("2021-01-01"), day("2022-06-01")),
    ]
    facts = [fact("primaer", "2022-01-01", kind="social_case", unit=value_of_child, person="c")]
    return world(*facts, relations=relations, others=[Person("c", None), Person("gone", None)])


def test_a_relation_gives_one_reason_per_person_it_holds_to():
    reason = leaf(AnyChild(CASE), family("sof"))
    assert reason.value is Value.UNKNOWN and [part.person for part in reason.parts] == ["c"]
    assert leaf(AnyChild(CASE), family("sof/hjemloese")).value is Value.TRUE
    assert leaf(AnyChild(CASE), family("sof/hjemloese"), day("2020-01-01")).parts == ()


def test_a_parent_is_asked_through_the_child():
    groups = {"G": group_of("G", AnyParent(Age(18)))}
    reason = explain(family("sof"), "c", "G", ON, groups, VOCABULARY)
    assert reason.value is Value.TRUE and [part.person for part in reason.parts[0].parts] == ["p"]


def test_a_group_is_explained_by_its_version_in_force():
    other = group_of("OTHER", Age(18), "2022-01-01")
    known = world()
    assert why(ref("OTHER"), known, others=[other]).parts[0].version == other.versions[0]
    before = why(ref("OTHER"), known, day("2021-12-31"), [other]).parts[0]
    assert (before.value, before.version, before.parts) == (Value.FALSE, None, ())


def test_several_groups_are_explained_at_once():
    groups = {"A": group_of("A", Age(18)), "B": group_of("B", Age(50)), "C": group_of("C", AKTIV)}
    reasons = explain_all(world(), "p", ["A", "B"], ON, groups, VOCABULARY)
    assert {key: reason.value for key, reason in reasons.items()} == {"A": Value.TRUE, "B": Value.FALSE}


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda groups: explain(world(), "q", "G", ON, groups, VOCABULARY), "Person q is not in people"),
        (
            lambda groups: explain(world(), "p", "H", ON, groups, VOCABULARY),
            'Unknown group "H". Known: G',
        ),
        (lambda groups: spells(world(), "q", "G", groups, VOCABULARY, window()), "Person q is not in people"),
        (lambda groups: spells(world(), "p", "GG", groups, VOCABULARY, window()), 'Unknown group "GG"'),
        (lambda groups: spells(world(), "p", "RING", groups, VOCABULARY, window()), "RING → RING"),
        (lambda _: World([Person("p", 1), Person("p", 2)]), "Person p is in people twice"),
        (lambda _: World([Person("p", 1)], [fact("a", "2022-01-01", person="q")]), "Person q in spells"),
        (lambda _: World([Person("p", 1)], [], [Relation("p", "q", 1)]), "Person q in relations"),
        (
            lambda _: World([Person("p", 1)], [fact("a", "2022-01-01", "2022-01-01")]),
            "does not end after its start",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(ask, said):
    with pytest.raises(RefusedError, match=said):
        ask({"G": group_of("G", Age(18)), "RING": group_of("RING", ref("RING"))})
