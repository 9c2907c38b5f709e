import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.cases import Dice
from helhed.periods import Duration
from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AnyParent, AtLeast, Leaf, Not
from helhed.rules.errors import CriteriaError
from helhed.rules.reading import Reader, read_criterion, read_groups
from helhed.rules.writing import write_criterion, write_groups
from helhed.rules.yaml_lines import read_yaml
from rules.words import VOCABULARY, day, group_of, ref

GROUP = """\
key: {key}
label: {{da: Unge, en: The young}}
source: rapport 3.4
versions:
  - valid_from: 2022-06-01
    criteria: {criteria}
"""


def criterion(text):
    known = {"5A": group_of("5A", Leaf("benefit"))}
    return read_criterion(text, "group.yaml", VOCABULARY, known)


def refused(text):
    with pytest.raises(CriteriaError) as error:
        read_groups(text, "group.yaml", VOCABULARY)
    assert error.value.file == "group.yaml" and error.value.message.da != error.value.message.en
    return error.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("age: {from: 18, below: 30}", Age(18, 30)),
        ("age: {from: 18}", Age(18)),
        ("age: {below: 30}", Age(None, 30)),
        ("benefit: [ledighedsydelse]", Leaf("benefit", ("ledighedsydelse",))),
        ("social_case: {}", Leaf("social_case")),
        ("child_case: {unit: [sof]}", Leaf("child_case", None, ("sof",))),
        ("service: {within: P6M}", Leaf("service", within=Duration.parse("P6M"))),
        ("service: {lasted: P2W, exact: true}", Leaf("service", lasted=Duration.parse("P2W"), exact=True)),
        ("service: {ending_within: P30D}", Leaf("service", ending_within=Duration.parse("P30D"))),
        ("any_child: {benefit: {}}", AnyChild(Leaf("benefit"))),
        ("any_parent: {benefit: {}}", AnyParent(Leaf("benefit"))),
        ("not: {group: 5A}", Not(ref("5A"))),
        ("all: [{benefit: {}}]", All((Leaf("benefit"),))),
        ("any: [{benefit: {}}, {age: {from: 1}}]", AnyOf((Leaf("benefit"), Age(1)))),
        ("at_least: {n: 1, of: [{benefit: {}}]}", AtLeast(1, (Leaf("benefit"),))),
    ],
)
def test_each_word_of_the_language_is_read(text, value):
    assert criterion(text) == value


def test_a_group_is_read_with_its_versions():
    groups = read_groups(GROUP.format(key=7, criteria="{age: {from: 18}}"), "group.yaml", VOCABULARY)
    assert list(groups) == ["7"]
    assert groups["7"].label == {"da": "Unge", "en": "The young"} and groups["7"].source == "rapport 3.4"
    [version] = groups["7"].versions
    assert version.valid_from == day("2022-06-01") and version.criteria == Age(18)


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ("{benefit: [kontanthjelp]}", 'benefit code "kontanthjelp". Did you mean "kontanthjaelp"?'),
        ("{benfit: [kontanthjaelp]}", 'kind or key "benfit". Did you mean "benefit"?'),
        ("{service: {unit: [hjemloese]}}", 'unit "hjemloese". Did you mean "sof/hjemloese"?'),
        ("{group: 5AA}", 'group "5AA". Did you mean "5A"?'),
        ("{group: 5A}", "in a circle: 5A → 5A."),
        ("{service: {wihin: P6M}}", 'key "wihin". Did you mean "within"?'),
        ("{service: {within: P6X}}", '"P6X" is not a duration'),
        ("{service: {within: P0D}}", '"P0D" is not a duration'),
        ("{service: {within: [P1D]}}", "A text is expected"),
        ("{service: {within: P1D, lasted: P1D}}", "Only one of within, lasted and ending_within"),
        ("{service: {any_of: []}}", "any_of is empty"),
        ("{service: []}", "any_of is empty"),
        ("{service: SEL-107}", "Keys with values are expected"),
        ("{service: {exact: ja}}", "true or false"),
        ("{all: []}", "all is empty"),
        ("{any: []}", "any is empty"),
        ("{all: {benefit: {}}}", "A list is expected"),
        ("{at_least: {n: 3, of: [{benefit: {}}]}}", "from 1 to the number of criteria (1), not 3"),
        ("{at_least: {n: 0, of: [{benefit: {}}]}}", "not 0"),
        ("{at_least: {of: [{benefit: {}}]}}", 'The key "n" is missing'),
        ("{age: {from: 30, below: 30}}", "30 is not below 30"),
        ("{age: {}}", "needs from, below or both"),
        ("{age: {to: 30}}", 'Unknown key "to"'),
        ("{age: {from: atten}}", "A whole number is expected"),
        ("{benefit: {}, age: {from: 18}}", "exactly one key; here are 2"),
        ("{}", "exactly one key; here are 0"),
        ("ledighedsydelse", "Keys with values are expected"),
    ],
)
def test_what_is_not_understood_is_refused_where_it_stands(criteria, said):
    error = refused(GROUP.format(key="5A", criteria=criteria))
    assert said in error.message.en and error.line == 6


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("key: A\n", 1, 'The key "versions" is missing'),
        ("key: A\nversions: []\n", 2, "versions is empty"),
        ("key: A\nversions:\n  - valid_from: 2022\n    criteria: {benefit: {}}\n", 3, "A date such as"),
        ("key: A\nversions:\n  - criteria: {benefit: {}}\n", 3, 'The key "valid_from" is missing'),
        ("key: A\nlabels: x\nversions: []\n", 2, 'Unknown key "labels". Did you mean "label"?'),
        ("key: A\nlabel: {dk: x}\nversions: []\n", 2, 'Unknown key "dk"'),
    ],
)
def test_a_group_that_is_not_whole_is_refused(text, line, said):
    error = refused(text)
    assert said in error.message.en and error.line == line


VERSION = "{valid_from: 2022-06-01, criteria: {benefit: {}}}"


def test_two_versions_from_one_day_are_refused():
    assert "two versions from the same day" in str(refused(f"key: A\nversions: [{VERSION}, {VERSION}]"))


def test_the_same_group_twice_is_refused():
    text = f"- {{key: A, versions: [{VERSION}]}}\n- {{key: A, versions: [{VERSION}]}}"
    assert 'There is a group "A" already (group.yaml, line 1)' in refused(text).message.en
    assert refused(text).line == 2


def test_a_circle_of_several_groups_is_named_in_full():
    def group(key, other):
        return f"- {{key: {key}, versions: [{{valid_from: 2022-06-01, criteria: {{group: {other}}}}}]}}\n"

    error = refused(group("A", "B") + group("B", "C") + group("C", "B"))
    assert "B → C → B" in error.message.en and error.line == 2


def test_groups_of_several_files_may_refer_to_each_other():
    reader = Reader(VOCABULARY)
    for key, other in (("A", "B"), ("B", "5A")):
        text = f"versions: [{{valid_from: 2022-06-01, criteria: {{group: {other}}}}}]\nverdict: good"
        reader.add(read_yaml(text, f"{key}.yaml"), key, also=("verdict",))
    with pytest.raises(CriteriaError, match='B.yaml, line 1: Unknown group "5A"'):
        reader.done()
    reader.check({**reader.groups, "5A": group_of("5A", Leaf("benefit"))})


def test_nothing_is_returned_when_the_last_group_is_wrong():
    text = f"- {{key: A, versions: [{VERSION}]}}\n- {{key: B, versions: []}}"
    assert refused(text).line == 2


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_groups_are_read_as_they_were_written(random):
    dice = Dice(random)
    groups, vocabulary = dice.groups(), dice.vocabulary()
    assert read_groups(write_groups(groups.values()), "written.yaml", vocabulary) == groups


def test_a_criterion_is_read_as_it_was_written():
    value = All((Age(18, 30), Leaf("benefit", ("ledighedsydelse",)), Not(ref("5A"))))
    text = write_criterion(value)
    assert (
        text
        == "all:\n- age:\n    from: 18\n    below: 30\n- benefit:\n  - ledighedsydelse\n- not:\n    group: 5A\n"
    )
    assert criterion(text) == value


def test_label_and_source_are_written_too():
    text = GROUP.format(key="'yes'", criteria="{age: {from: 18}}").replace(
        "2022-06-01", "2022-06-01\n    source: §"
    )
    groups = read_groups(text, "group.yaml", VOCABULARY)
    again = read_groups(write_groups(groups.values()), "again.yaml", VOCABULARY)
    assert again == groups and again["yes"].versions[0].source == "§" and again["yes"].label["da"] == "Unge"
