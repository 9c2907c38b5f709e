import pytest

from helhed.rules.criteria import Leaf
from helhed.rules.errors import RefusedError
from helhed.rules.matching import terms_of
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary
from rules.words import VOCABULARY

AKTIV = "kontanthjaelp/aktivitetsparat"


def match(leaf, code, unit=None, kind="benefit"):
    return terms_of(leaf, VOCABULARY).match(kind, code, unit)


@pytest.mark.parametrize(
    ("named", "code", "value"),
    [
        ("kontanthjaelp", "kontanthjaelp", Value.TRUE),
        ("kontanthjaelp", AKTIV, Value.TRUE),
        ("kontanthjaelp", "kontanthjaelp/not-in-the-catalogue", Value.TRUE),
        ("kontanthjaelp", "kontanthjaelpen", Value.FALSE),
        (AKTIV, "kontanthjaelp", Value.UNKNOWN),
        (AKTIV, "kontanthjaelp/jobparat", Value.FALSE),
        ("uddannelseshjaelp/aktivitetsparat", AKTIV, Value.TRUE),
        ("uddannelseshjaelp/aktivitetsparat", "kontanthjaelp", Value.UNKNOWN),
        ("uddannelseshjaelp", AKTIV, Value.TRUE),
        (AKTIV, "uddannelseshjaelp/aktivitetsparat", Value.FALSE),
    ],
)
def test_a_code_means_itself_what_is_below_and_successors(named, code, value):
    assert match(Leaf("benefit", (named,)), code) is value


def test_exact_leaves_successors_out_for_codes_and_units():
    named = Leaf("benefit", ("uddannelseshjaelp/aktivitetsparat",), ("sof/hjemloese",), exact=True)
    assert match(named, AKTIV, "sof/hjemloese") is Value.FALSE
    assert match(named, "uddannelseshjaelp/aktivitetsparat", "sof/center-1") is Value.FALSE
    assert match(named, "uddannelseshjaelp/aktivitetsparat", "sof/hjemloese") is Value.TRUE


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("sof/hjemloese", 2),
        ("sof/hjemloese/gaden", 2),
        ("sof/center-1", 2),
        ("sof", 1),
        (None, 1),
        ("sof/handicap", 0),
    ],
)
def test_a_missing_or_higher_unit_is_unknown(unit, value):
    assert match(Leaf("benefit", ("ledighedsydelse",), ("sof/hjemloese",)), "ledighedsydelse", unit) == value


@pytest.mark.parametrize(
    ("code", "unit", "value"),
    [
        ("kontanthjaelp", "sof", 1),
        ("kontanthjaelp", "sof/handicap", 0),
        ("ledighedsydelse", None, 0),
        (AKTIV, "sof", 1),
    ],
)
def test_the_worse_of_code_and_unit_decides(code, unit, value):
    assert match(Leaf("benefit", (AKTIV,), ("sof/hjemloese",)), code, unit) == value


def test_no_code_named_means_any_code_of_the_kind():
    assert match(Leaf("benefit"), "unheard-of") is Value.TRUE
    assert match(Leaf("benefit"), "SEL-107", kind="service") is Value.FALSE


def test_successors_are_followed_transitively_and_in_circles():
    chain = Vocabulary(
        frozenset({"benefit"}),
        {"benefit": frozenset({"a", "a/x", "b", "b/y", "c", "d"})},
        {"benefit": {"a/x": ("b",), "b/y": ("c",), "c": ("a", "d")}},
    )
    assert chain.meant_codes("benefit", ["a"], exact=False) == {"a", "b", "c", "d"}
    assert chain.meant_codes("benefit", ["b/y"], exact=False) == {"b/y", "c", "a", "d", "b"}
    assert chain.meant_codes("benefit", ["b"], exact=True) == {"b"}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Vocabulary(frozenset({"benefit"}), {"benefits": frozenset()}), 'kind "benefits". Did you mean "benefit"'),
        (lambda: Vocabulary(frozenset({"all"})), '"all" is a word of the criteria language'),
        (lambda: Vocabulary(frozenset({"k"}), {"k": frozenset({"a"})}, {"k": {"a": ("b",)}}), 'code "b"'),
        (lambda: Vocabulary(frozenset(), units=frozenset({"u"}), unit_successors={"v": ("u",)}), 'unit "v"'),
    ],
)  # fmt: skip
def test_a_vocabulary_that_contradicts_itself_is_refused(make, said):
    with pytest.raises(RefusedError, match=said):
        make()


def test_a_vocabulary_stays_as_it_was_made():
    codes, successors, units = {"benefit": {"a", "b"}}, {"benefit": {"a": ("b",)}}, {}
    words = Vocabulary(frozenset({"benefit"}), codes, successors, frozenset({"u", "v"}), units)
    codes["benefit"].add("c")
    successors["benefit"]["b"] = ("a",)
    units["u"] = ("v",)
    assert words.codes_of("benefit") == {"a", "b"}
    assert words.meant_codes("benefit", ["b"], exact=False) == {"b"}
    assert words.meant_units(["u"], exact=False) == {"u"}
