from datetime import date

import pytest

from helhed.rules.errors import CriteriaError
from helhed.rules.yaml_lines import read_yaml


def read(text):
    return read_yaml(text, "law.yaml")


def refused(text):
    with pytest.raises(CriteriaError) as error:
        read(text).plain()
    assert error.value.file == "law.yaml"
    return error.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("yes", "yes"), ("No", "No"), ("null", None), ("~", None), ("7", 7), ("-7", -7),
        ("010", "010"), ("12:30", "12:30"), ("1A", "1A"), ("1E5", "1E5"), ("1.5", 1.5), ("1_000", "1_000"),
        ("2022-06-01", date(2022, 6, 1)), ('"2022-06-01"', "2022-06-01"), ("'7'", "7"), ("0x1F", "0x1F"),
    ],
)  # fmt: skip
def test_only_the_plainest_scalars_are_anything_but_text(written, value):
    assert read(f"x: {written}").plain() == {"x": value}


def test_every_key_and_value_knows_its_line():
    root = read("a:\n  - one\n  - two:\n      deep: 1\nb: x\n")
    assert root.key_lines == {"a": 1, "b": 5}
    one, two = root.mapping()["a"].items()
    assert (one.line, two.line, two.mapping()["two"].line) == (2, 3, 4)


def test_keys_are_text_as_written():
    assert read("7: a\n1.50: b\ntrue: c").plain() == {"7": "a", "1.50": "b", "true": "c"}


def test_a_list_written_once_may_be_used_twice():
    assert read("a: &names [x, y]\nb: *names").plain() == {"a": ["x", "y"], "b": ["x", "y"]}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, '"a" is written twice (first on line 1)'),
        ("a: [1,\nb: 2\n", 2, "cannot be read as YAML"),
        ("a: 1\n\tb: 2\n", 2, "cannot be read as YAML"),
        ("a: \x00\n", 1, "cannot be read as YAML"),
        ("a: 1\n---\nb: 2\n", 2, "cannot be read as YAML"),
        ("[a, b]: 1\n", 1, "A key must be a text"),
        ("x:\n  when: 2022-02-30\n", 2, "2022-02-30 is not a day of the calendar"),
        ("a: &a [*a]", 1, "refers to itself"),
        ("[" * 2000, 1, ""),  # the two parsers say it in different words; neither falls
        ("[" * 150 + "]" * 150, 1, "too deeply nested"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(text, line, said):
    error = refused(text)
    assert said in error.message.en and error.line == line
    assert str(error) == f"law.yaml, line {line}: {error.message.en}"
    assert error.text("da") == f"law.yaml, linje {line}: {error.message.da}"


def test_aliases_cannot_fill_the_memory():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "too large" in refused("\n".join(rows)).message.en


@pytest.mark.parametrize(
    ("text", "ask", "said"),
    [
        ("x", lambda node: node.mapping(), "Keys with values"),
        ("x", lambda node: node.items(), "A list"),
        ("[a]", lambda node: node.string(), "A text"),
        ("''", lambda node: node.string(), "A text"),
        ("~", lambda node: node.string(), "A text"),
        ("true", lambda node: node.whole_number(), "A whole number"),
        ("1.0", lambda node: node.whole_number(), "A whole number"),
        ("1", lambda node: node.boolean(), "true or false"),
        ("'2022-06-01'", lambda node: node.day(), "A date"),
        ("{a: 1}", lambda node: node.mapping(need=("b",)), 'The key "b" is missing'),
        ("{labl: 1}", lambda node: node.mapping(may=("label",)), 'key "labl". Did you mean "label"?'),
        ("", lambda node: node.mapping(), "Keys with values"),
    ],
)
def test_a_value_of_another_shape_than_expected_is_refused(text, ask, said):
    with pytest.raises(CriteriaError, match="line 1: ") as error:
        ask(read(text))
    assert said in error.value.message.en


def test_a_value_of_the_expected_shape_is_given():
    root = read("t: 7\nn: 7\nb: false\nd: 2022-06-01\ns: [a, 8]").mapping(
        need=("t",), may=("n", "b", "d", "s")
    )
    assert root["t"].string() == "7" and root["n"].whole_number() == 7 and root["b"].boolean() is False
    assert root["d"].day() == date(2022, 6, 1) and root["s"].strings() == ("a", "8")


def test_an_unknown_key_is_placed_at_its_own_line():
    with pytest.raises(CriteriaError) as error:
        read("label: x\nsource: y\nsuorce: z\n").mapping(may=("label", "source"))
    assert error.value.line == 3
