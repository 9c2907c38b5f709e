"""Blocks and criteria: there and back over generated criteria, through the posted form as well; unfinished blocks get a sentence."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.law import catalogue
from helhed.pages.analyst.workshop import edits, fields
from helhed.pages.analyst.workshop.blocks import DEEPEST, MOST, Block, block, depth, empty, size, standing
from helhed.pages.analyst.workshop.building import blocks_of, build
from helhed.periods import Duration
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    GroupRef,
    Leaf,
    Not,
)
from helhed.rules.reading import read_criterion
from helhed.rules.writing import write_criterion

BOOK = catalogue()
WORDS = BOOK.vocabulary()
KINDS = sorted(WORDS.kinds)


def some(names):
    return st.none() | st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=4, unique=True).map(
        tuple
    )


@st.composite
def leaves(draw):
    kind = draw(st.sampled_from(KINDS))
    time = draw(st.sampled_from([None, "within", "lasted", "ending_within"]))
    length = draw(st.builds(Duration, st.integers(1, 999_999), st.sampled_from("DWMY")))
    return Leaf(
        kind,
        draw(some(WORDS.codes_of(kind))),
        draw(some(WORDS.units)),
        exact=draw(st.booleans()),
        **({time: length} if time else {}),
    )


@st.composite
def ages(draw):
    start = draw(st.none() | st.integers(0, 149))
    below = draw(
        st.integers((start or 0) + 1, 150) if start is None else st.none() | st.integers(start + 1, 150)
    )
    return Age(start, below)


def around(inner):
    several = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return (
        st.builds(All, several)
        | st.builds(AnyOf, several)
        | st.builds(Not, inner)
        | several.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of)))
        | st.builds(AnyChild, inner)
        | st.builds(AnyParent, inner)
    )


CRITERIA = st.recursive(
    leaves() | ages() | st.builds(GroupRef, st.sampled_from(sorted(BOOK.groups()))), around, max_leaves=12
)


def plain(criterion: Criterion, top: bool = True) -> Criterion:
    """The same meaning as the bench keeps it: nothing turned around twice, no "all of" one thing at the top."""
    match criterion:
        case Not(Not(inner)):
            return plain(inner, top)
        case Not(inner):
            return Not(plain(inner, False))
        case All((only,)) if top:
            return plain(only, False)
        case All(of) | AnyOf(of):
            return type(criterion)(tuple(plain(each, False) for each in of))
        case AtLeast(n, of):
            return AtLeast(n, tuple(plain(each, False) for each in of))
        case AnyChild(inner) | AnyParent(inner):
            return type(criterion)(plain(inner, False))
    return criterion


def sent(root: Block, open_block: str = "") -> QueryDict:
    """The form as a browser posts it: hidden fields, and the open block's own fields."""
    posted = QueryDict(mutable=True)
    for name, value in fields.fields_of(root, open_block):
        posted.appendlist(name, value)
    shown = block(root, open_block)
    if shown:
        for name, value in fields._said(shown):
            many = name in ("koder", "enheder")
            for each in value.split() if many else [value]:
                posted.appendlist(f"{open_block}-{name}", each)
    return posted


@settings(max_examples=400, deadline=None)
@given(CRITERIA)
def test_there_and_back(criterion):
    root = blocks_of(criterion)
    built = build(root, WORDS, BOOK.groups())
    assert not built.problems and built.whole == built.finished == plain(criterion)


@settings(max_examples=400, deadline=None)
@given(CRITERIA, st.data())
def test_through_the_form(criterion, data):
    root = blocks_of(criterion)
    if size(root) > MOST or depth(root) > DEEPEST:
        return
    ids = [each.block.id for each in standing(root)]
    assert fields.read(sent(root, data.draw(st.sampled_from(["", *ids]))), WORDS.kinds) == root


@settings(max_examples=150, deadline=None)
@given(CRITERIA)
def test_what_is_written_as_yaml_is_read_as_the_same_blocks(criterion):
    root = blocks_of(criterion)
    whole = build(root, WORDS, BOOK.groups()).whole
    assert blocks_of(read_criterion(write_criterion(whole), "YAML", WORDS, BOOK.groups())) == blocks_of(whole)


VERBS = st.sampled_from(
    ["tilfoej:{}:age", "tilfoej:{}:benefit", "tilfoej:{}:any", "tilfoej:{}:barnesag", "fjern:{}", "op:{}", "ned:{}",
     "ud:{}", "ind:{}", "laeg:{}:any", "laeg:{}:at_least", "laeg:{}:child", "oploes:{}", "ret:{}", "luk", "noget:{}"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CRITERIA, st.lists(st.tuples(VERBS, st.integers(0, 200)), max_size=25))
def test_no_button_loses_or_doubles_a_block(criterion, presses):
    root = blocks_of(criterion)
    for verb, at in presses:
        ids = [each.block.id for each in standing(root)]
        before = {each.block.id for each in standing(root)}
        edited = edits.act(root, verb.format(ids[at % len(ids)]), lambda kind: ())
        if edited is None:
            continue
        root = edited.root
        after = [each.block.id for each in standing(root)]
        assert len(after) == len(set(after))
        if not verb.startswith(("fjern", "oploes")):
            assert before <= set(after)
        assert edited.open == "" or edited.open in after
        build(root, WORDS, BOOK.groups())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["led", "k1-koder", "k1-tid", "k1-antal", "k2-fra", "k1-gruppe", "k1-uden"]),
            st.text(max_size=20)
            | st.sampled_from(["k1 - all", "k2 k1 benefit", "k1 k1 all", "k3 k2 age", "k2 k9 any"]),
        ),
        max_size=12,
    )
)
def test_nothing_posted_raises_an_error(lines):
    posted = QueryDict(mutable=True)
    for name, value in lines:
        posted.appendlist(name, value)
    build(fields.read(posted, WORDS.kinds), WORDS, BOOK.groups())


UNFINISHED = [
    (Block("k1", "benefit"), "Vælg mindst én ydelse."),
    (Block("k1", "plan"), "Vælg mindst én plan."),
    (Block("k1", "age"), "Skriv en alder: fyldt, under eller begge."),
    (Block("k1", "age", start="atten"), "En alder er et helt tal fra 0 til 150."),
    (Block("k1", "age", start="30", below="30"), "»Under« skal være højere end »fyldt«."),
    (Block("k1", "group", group="2Z"), "Vælg en målgruppe."),
    (Block("k1", "any"), "Tilføj mindst én byggeklods her."),
    (Block("k1", "plan", whichever=True, time="within"), "Skriv, hvor længe: et helt tal på mindst 1."),
    (Block("k1", "plan", whichever=True, time="within", number="0"), "Skriv, hvor længe: et helt tal på mindst 1."),
    (Block("k1", "plan", codes=("handelplan",)), "Kataloget kender ikke »handelplan«. Vælg en anden."),
    (
        Block("k1", "at_least", number="3", of=(Block("k2", "age", start="18"),)),
        "Skriv et helt tal fra 1 til 1: så mange af klodserne skal passe.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("unfinished", "words"), UNFINISHED, ids=[words for _block, words in UNFINISHED])
def test_an_unfinished_block_says_what_is_missing_and_the_rest_counts(unfinished, words):
    adult = Block("k9", "age", start="18")
    built = build(Block("k0", "all", of=(adult, unfinished)), WORDS, BOOK.groups())
    assert built.problems == {"k1": words}
    assert built.whole is None and built.finished == Age(18)


def test_an_empty_bench_means_nothing_and_is_no_error():
    assert build(empty(), WORDS, BOOK.groups()).finished is None


def test_a_full_bench_takes_no_more():
    root = Block("k0", "all", of=tuple(Block(f"k{n}", "age", start="18") for n in range(1, MOST + 1)))
    edited = edits.act(root, "tilfoej:k0:age", lambda kind: ())
    assert edited and edited.full and edited.root == root


def test_the_group_of_the_issue_by_buttons():
    """Homeless adults on kontanthjælp without a handleplan for twelve months."""
    root = empty()
    codes = {"plan": ("handleplan", "min-plan")}
    for press in ("tilfoej:k0:age", "tilfoej:k0:service", "tilfoej:k0:benefit", "tilfoej:k0:plan"):
        edited = edits.act(root, press, lambda kind: codes.get(kind, ("a", "b")))
        assert edited is not None
        root = edited.root
    filled = {
        "k2-koder": "SEL-110",
        "k3-koder": "kontanthjaelp",
        "k4-uden": "1",
        "k4-koder": "handleplan",
        "k4-tid": "within",
        "k4-antal": "12",
        "k4-maal": "M",
    }
    posted = sent(root)
    for name, value in filled.items():
        posted[name] = value
    made = build(fields.read(posted, WORDS.kinds), WORDS, BOOK.groups()).whole
    without = Not(Leaf("plan", ("handleplan",), within=Duration(12, "M")))
    assert made == All((Age(18), Leaf("service", ("SEL-110",)), Leaf("benefit", ("kontanthjaelp",)), without))
