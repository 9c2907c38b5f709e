import pytest

from helhed.periods import Duration
from helhed.rules.criteria import Age, All, AnyOf, AtLeast, Group, Leaf, Not, Version, parts
from helhed.rules.errors import RefusedError
from helhed.rules.references import circle_from, references, refuse_broken
from rules.words import group_of, ref

MONTH = Duration.parse("P1M")
LEAF = Leaf("benefit")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: All(()), "all is empty"),
        (lambda: AnyOf(()), "any is empty"),
        (lambda: AtLeast(1, ()), "at_least is empty"),
        (lambda: AtLeast(0, (LEAF,)), "from 1 to the number of criteria (1), not 0"),
        (lambda: AtLeast(2, (LEAF,)), "from 1 to the number of criteria (1), not 2"),
        (lambda: Age(), "needs from, below or both"),
        (lambda: Age(18, 18), "18 is not below 18"),
        (lambda: Age(None, 0), "0 is not below 0"),
        (lambda: Age(-1), "from 0 to 150, not -1"),
        (lambda: Age(18, 151), "from 0 to 150, not 151"),
        (lambda: Leaf("benefit", ()), "any_of is empty"),
        (lambda: Leaf("benefit", None, ()), "unit is empty"),
        (lambda: Leaf("benefit", within=MONTH, lasted=MONTH), "Only one of within, lasted and ending_within"),
        (lambda: Leaf("benefit", lasted=MONTH, ending_within=MONTH), "Only one of"),
        (lambda: Group("G", ()), "versions is empty"),
        (lambda: Group("G", (Version(1, LEAF), Version(1, LEAF))), "two versions from the same day"),
    ],
)
def test_what_means_nothing_cannot_be_made(make, said):
    with pytest.raises(RefusedError) as refusal:
        make()
    assert said in refusal.value.message.en
    assert refusal.value.message.da != refusal.value.message.en


@pytest.mark.parametrize(
    "make",
    [
        lambda: AtLeast(1, (LEAF, LEAF)),
        lambda: AtLeast(2, (LEAF, LEAF)),
        lambda: Age(0, 1),
        lambda: Age(149, 150),
        lambda: Leaf("benefit", within=MONTH),
    ],
)
def test_what_lies_just_inside_the_limits_can_be_made(make):
    assert make() == make()


def test_versions_are_kept_in_order_of_time():
    group = Group("G", (Version(20, Not(LEAF)), Version(10, LEAF)))
    assert [version.valid_from for version in group.versions] == [10, 20]
    assert [(start, end) for start, end, _ in group.periods()] == [(10, 20), (20, None)]


def test_the_version_in_force_is_the_last_that_has_begun():
    group = Group("G", (Version(10, LEAF), Version(20, Not(LEAF))))
    in_force = [group.version_on(day) for day in (9, 10, 19, 20)]
    assert [version and version.valid_from for version in in_force] == [None, 10, 10, 20]


def test_parts_are_the_criteria_directly_inside():
    assert parts(All((LEAF, Not(LEAF)))) == (LEAF, Not(LEAF))
    assert parts(Not(LEAF)) == (LEAF,) and parts(LEAF) == ()


def test_references_are_found_at_any_depth():
    assert references(All((ref("A"), Not(AnyOf((ref("B"), ref("A"))))))) == ("A", "B", "A")


def test_a_circle_is_named():
    groups = {"A": group_of("A", ref("B")), "B": group_of("B", Not(ref("C"))), "C": group_of("C", ref("B"))}
    assert circle_from("B", groups) == ("B", "C", "B")
    assert circle_from("A", groups) is None
    with pytest.raises(RefusedError, match="B → C → B|C → B → C"):
        refuse_broken(["A"], groups)


def test_a_reference_to_nothing_is_refused_only_for_those_who_reach_it():
    groups = {"A": group_of("A", ref("nowhere")), "B": group_of("B", LEAF)}
    refuse_broken(["B"], groups)
    with pytest.raises(RefusedError, match="nowhere"):
        refuse_broken(["A"], groups)


def test_a_group_stays_as_it_was_made():
    label = {"da": "En"}
    group = Group("G", (Version(0, Age(18)),), label)
    label["da"] = "To"
    assert group.label == {"da": "En"}
