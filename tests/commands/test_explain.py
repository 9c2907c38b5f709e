"""`helhed explain`: the tree agrees with what evaluate answers, and says what decided and what is missing."""

import json

import pyarrow.csv as pacsv
import pytest

from commands.exchanged import evaluated, explained, write_files
from helhed.commands.refusal import RefusalError

NODE = {
    "kind",
    "criterion",
    "sentence",
    "person",
    "value",
    "since",
    "until",
    "facts",
    "almost",
    "version",
    "parts",
}
DAYS = ("2020-06-01", "2022-02-28", "2022-03-01", "2022-12-31", "2023-01-01", "2024-06-01")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tree(capsys):
    def ask(group, person, on, *more):
        explained(group, person, on, "--json", *more)
        return json.loads(capsys.readouterr().out)

    return ask


def nodes(node):
    return [node, *(inner for part in node["parts"] for inner in nodes(part))]


def test_the_tree_agrees_with_the_spells(folder, tree, capsys):
    evaluated()
    capsys.readouterr()
    rows = pacsv.read_csv(folder / "out.csv").to_pylist()
    for group in ("A", "B"):
        for person in ("p1", "p2", "p3", "b1"):
            for on in DAYS:
                held = [
                    row["value"]
                    for row in rows
                    if (row["group"], row["person"]) == (group, person)
                    and str(row["start"]) <= on < str(row["end"])
                ]
                said = {True: "true", "true": "true", "unknown": "unknown"}.get(held[0]) if held else "false"
                assert tree(group, person, on)["value"] == said, (group, person, on)


def test_every_node_has_every_key(tree):
    explanation = tree("A", "p1", "2022-06-01")
    assert set(explanation) == {"group", "label", "person", "on", "value", "reason", "missing"}
    assert [node["kind"] for node in nodes(explanation["reason"])] == ["group", "any_child", "leaf"]
    assert all(set(node) == NODE for node in nodes(explanation["reason"]))


def test_the_deciding_fact_of_a_relative_is_shown(tree):
    leaf = nodes(tree("A", "p1", "2022-06-01")["reason"])[-1]
    assert leaf["person"] == "b1" and leaf["value"] == "true"
    assert (leaf["since"], leaf["until"]) == ("2022-01-01", "2023-01-01")
    assert [fact["code"] for fact in leaf["facts"]] == ["BL-32"]


def test_what_is_missing_is_said(tree):
    explanation = tree("B", "p2", "2022-02-01")
    [way] = explanation["missing"]
    assert [(each["sentence"], each["value"], each["wanted"]) for each in way] == [
        ("er fyldt 18 år", "false", "true"),
        ("modtager kontanthjælp (aktivitetsparat)", "unknown", "true"),
    ]


def test_further_columns_follow_the_fact(folder, tree):
    file = folder / "facts/spells.csv"
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},source", *(f"{row},row {at}" for at, row in enumerate(rows))]))
    leaf = nodes(tree("A", "p1", "2022-06-01")["reason"])[-1]
    assert leaf["facts"][0]["more"] == {"source": "row 3"}


def test_the_list_reads_in_danish_and_english(capsys):
    explained("B", "p2", "2022-05-01")
    danish = capsys.readouterr().out
    assert "p2 i B (På kontanthjælp) den 2022-05-01: ? måske" in danish
    assert (
        "    ? modtager kontanthjælp (aktivitetsparat)\n        Kontanthjælp, 2022-01-01 – 2022-06-01\n"
        in danish
    )
    assert danish.endswith("Mangler kun: modtager kontanthjælp (aktivitetsparat)\n")
    explained("B", "p1", "2020-05-01", "--language", "en")
    english = capsys.readouterr().out
    assert (
        "✗ receives cash benefit (activity-ready)" in english and "(Cash benefit (activity-ready)," in english
    )
    assert "but not on the day" in english and english.endswith(
        "Only missing: receives cash benefit (activity-ready)\n"
    )


def test_relatives_are_named(capsys):
    explained("A", "p1", "2023-01-01")
    told = capsys.readouterr().out
    assert "✗ b1: har en børnesag" in told and told.endswith("Mangler kun: har en børnesag (b1)\n")


def test_before_the_first_version(capsys):
    explained("B", "p1", "2013-12-31")
    assert "endnu ingen version i kraft" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "danish", "english"),
    [
        (("BB", "p1", "2022-01-01"), "Ukendt gruppe »BB«. Mente du »B«?", 'Unknown group "BB".'),
        (("5A", "p1", "2022-01-01"), "Ukendt gruppe »5A«.", 'Unknown group "5A".'),
        (("B", "p9", "2022-01-01"), "Person p9 findes ikke i people.", "Person p9 is not in people."),
    ],
)
def test_who_or_what_is_not_there(asked, danish, english):
    with pytest.raises(RefusalError) as refused:
        explained(*asked)
    assert str(refused.value).startswith(danish)
    with pytest.raises(RefusalError) as refused:
        explained(*asked, "--language", "en")
    assert str(refused.value).startswith(english)
