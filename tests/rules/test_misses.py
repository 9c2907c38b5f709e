import pytest

from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AtLeast, Leaf, Not
from helhed.rules.one import Person, Relation, explain, near_misses
from rules.words import VOCABULARY, day, fact, group_of, ref, world

YES, NO = Age(18), Age(50)
BENEFIT, SERVICE, CASE = Leaf("benefit"), Leaf("service"), Leaf("social_case")
VAGUE = Leaf("benefit", ("kontanthjaelp/aktivitetsparat",))
KNOWN = world(fact("kontanthjaelp", "2022-01-01"), birth="1990-05-05")


def misses(criterion, known=KNOWN, others=(), limit=5):
    """What stands in the way, as (criterion, wanted) pairs per way."""
    groups = {"G": group_of("G", criterion), **{group.key: group for group in others}}
    reason = explain(known, "p", "G", day("2022-06-01"), groups, VOCABULARY)
    return [
        [(obstacle.reason.criterion, obstacle.wanted) for obstacle in way]
        for way in near_misses(reason, limit)
    ]


@pytest.mark.parametrize(
    ("criterion", "ways"),
    [
        (YES, []),
        (NO, [[(NO, True)]]),
        (Not(YES), [[(YES, False)]]),
        (VAGUE, [[(VAGUE, True)]]),
        (Not(VAGUE), [[(VAGUE, False)]]),
        (All((YES, SERVICE)), [[(SERVICE, True)]]),
        (All((CASE, YES, SERVICE)), [[(CASE, True), (SERVICE, True)]]),
        (AnyOf((CASE, SERVICE)), [[(CASE, True)], [(SERVICE, True)]]),
        (Not(All((YES, BENEFIT))), [[(YES, False)], [(BENEFIT, False)]]),
        (Not(AnyOf((YES, SERVICE, BENEFIT))), [[(YES, False), (BENEFIT, False)]]),
        (AnyOf((All((CASE, SERVICE)), NO)), [[(NO, True)], [(CASE, True), (SERVICE, True)]]),
        (AtLeast(2, (YES, NO, CASE)), [[(NO, True)], [(CASE, True)]]),
        (AtLeast(2, (NO, CASE)), [[(NO, True), (CASE, True)]]),
        (Not(AtLeast(1, (YES, BENEFIT, CASE))), [[(YES, False), (BENEFIT, False)]]),
        (All((AnyOf((CASE, SERVICE)), SERVICE)), [[(SERVICE, True)]]),
        (All((CASE, Not(CASE))), []),
    ],
)
def test_the_ways_with_fewest_obstacles_come_first(criterion, ways):
    assert misses(criterion) == ways


def test_a_limit_is_kept():
    criterion = AnyOf((CASE, SERVICE, NO))
    assert len(misses(criterion, limit=2)) == 2 < len(misses(criterion))


def test_a_missing_relation_and_a_group_not_yet_in_force_are_obstacles():
    child = AnyChild(CASE)
    assert misses(child) == [[(child, True)]]
    later = group_of("LATER", YES, "2023-01-01")
    assert misses(ref("LATER"), others=[later]) == [[(ref("LATER"), True)]]


def test_each_child_is_a_way_and_every_child_must_be_otherwise():
    others = [Person("c", None), Person("d", None)]
    relations = [Relation("p", "c", 0), Relation("p", "d", 0)]
    cases = [fact("primaer", "2022-01-01", kind="social_case", person=child) for child in ("c", "d")]
    known = world(*cases, relations=relations, others=others)
    assert misses(AnyChild(SERVICE), known) == [[(SERVICE, True)], [(SERVICE, True)]]
    assert misses(Not(AnyChild(CASE)), known) == [[(CASE, False), (CASE, False)]]


def test_five_ways_are_shown_and_eight_are_kept():
    many = AnyOf(tuple(Age(years) for years in range(40, 50)))
    reason = explain(KNOWN, "p", "G", day("2022-06-01"), {"G": group_of("G", many)}, VOCABULARY)
    assert [len(near_misses(reason)), len(near_misses(reason, 100))] == [5, 8]
