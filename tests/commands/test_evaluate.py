"""`helhed evaluate`: the rows that come out, the shapes of files that go in, and what is refused, where."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from commands.exchanged import FILES, RESULT, evaluated, write_files
from helhed.commands.exchange import results
from helhed.commands.refusal import RefusalError
from helhed.rules import many


@pytest.fixture(autouse=True, scope="module")
def compiled():
    """Whoever compiles first says so on the error stream; here it is done before."""
    many.warm()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_parquet(folder, name, **columns):
    """Turn a table into Parquet, with some columns in place of its own."""
    file = folder / "facts" / f"{name}.csv"
    table = pacsv.read_csv(file)
    for column, values in columns.items():
        table = table.set_column(table.column_names.index(column), column, values)
    file.unlink()
    pq.write_table(table, file.with_suffix(".parquet"))


def refusal(*more, **named):
    """What is said in Danish and in English; nothing may have been written."""
    said = []
    for language in ("da", "en"):
        with pytest.raises(RefusalError) as refused:
            evaluated("--language", language, *more, **named)
        said.append(str(refused.value))
    assert not list(Path().glob("*out.*")), "nothing half-done"
    assert said[0] != said[1] and not any("\n" in sentence for sentence in said)
    return said


# ---- what comes out


def test_the_rows_are_those_of_the_files_groups(folder, capsys):
    evaluated()
    assert (folder / "out.csv").read_text() == RESULT
    assert capsys.readouterr().out == "Skrevet: out.csv (3 rækker)\n"
    assert {path.name for path in folder.iterdir()} == {"facts", "groups.yaml", "out.csv"}


def test_parquet_holds_the_same(folder):
    evaluated(output="out.parquet")
    table = pq.read_table(folder / "out.parquet")
    assert table.schema.equals(results.SCHEMA)
    assert table.to_pylist()[0] == {
        "group": "A",
        "person": "p1",
        "value": "true",
        "start": date(2022, 1, 1),
        "end": date(2023, 1, 1),
    }


def test_no_rows_are_a_file_too(folder):
    (folder / "facts/spells.csv").write_text("person,kind,code,unit,start,end\n")
    for output in ("out.csv", "out.parquet"):
        evaluated(output=output)
    assert (folder / "out.csv").read_text() == "group,person,value,start,end\n"
    assert pq.read_table(folder / "out.parquet").num_rows == 0


def test_nobody_is_in_no_group(folder):
    for name in ("people", "spells", "relations"):
        file = folder / "facts" / f"{name}.csv"
        file.write_text(file.read_text().splitlines(keepends=True)[0])
    evaluated()
    assert (folder / "out.csv").read_text() == "group,person,value,start,end\n"


def test_keys_with_commas_and_quotes_come_back_as_they_were(folder):
    for name in ("people", "spells", "relations"):
        file = folder / "facts" / f"{name}.csv"
        file.write_text(file.read_text().replace("p1", '"p,""1"""'))
    evaluated()
    assert "p1" not in (folder / "out.csv").read_text()
    rows = pacsv.read_csv(folder / "out.csv").to_pylist()
    assert rows[0]["person"] == 'p,"1"' and rows[0]["start"] == date(2022, 1, 1)


def test_progress_tells_the_steps_and_only_when_asked(capsys):
    evaluated()
    assert capsys.readouterr().err == ""
    evaluated("--progress")
    told = capsys.readouterr().err
    assert all(step in told for step in ("1/3 Læser fakta", "2/3 Beregner", "3/3 Skriver"))


def test_the_first_call_says_why_it_waits(monkeypatch, capsys):
    monkeypatch.setattr(many, "warm", lambda say: say(many.GETTING_READY))
    evaluated()
    assert capsys.readouterr().err == f"{many.GETTING_READY.da}\n"


# ---- what goes in


def test_parquet_goes_in(folder):
    days = pa.array([date(2021, 1, 1), date(2022, 1, 1), date(2022, 1, 1), date(2022, 1, 1)])
    kinds = pa.array(["benefit", "social_case", "benefit", "child_case"]).dictionary_encode()
    as_parquet(folder, "people")
    as_parquet(folder, "spells", start=days, kind=kinds)
    as_parquet(folder, "relations", end=pa.nulls(1))
    evaluated()
    assert (folder / "out.csv").read_text() == RESULT


def test_parquet_with_days_and_emptiness_as_texts(folder):
    texts = pa.array(["", "2024-01-01", "2022-06-01", "2023-01-01"])
    as_parquet(folder, "spells", end=texts)
    evaluated()
    assert (folder / "out.csv").read_text() == RESULT


def test_without_relations_nobody_has_relatives(folder):
    (folder / "facts/relations.csv").unlink()
    evaluated()
    assert "A," not in (folder / "out.csv").read_text()


def test_other_columns_orders_and_marks_do_not_matter(folder):
    people = (
        "﻿source,birth_date,person\r\nx,1990-05-05,p1\r\n\r\nx,2004-02-29,p2\r\nx,,p3\r\nx,2015-01-01,b1\r\n"
    )
    (folder / "facts/people.csv").write_text(people, newline="")
    evaluated()
    assert (folder / "out.csv").read_text() == RESULT


def test_groups_of_a_folder_refer_to_each_other_and_to_the_catalogue(folder):
    (folder / "several/deep").mkdir(parents=True)
    (folder / "several/one.yaml").write_text(group("ONE", "{any: [{group: TWO}, {group: 4A}]}"))
    (folder / "several/deep/two.yml").write_text(group("TWO", "{any_child: {child_case: {}}}"))
    evaluated("--groups", "several")
    rows = pacsv.read_csv(folder / "out.csv").to_pylist()
    assert [(row["group"], row["person"]) for row in rows] == [("ONE", "p1"), ("TWO", "p1")]


def test_a_key_of_the_files_stands_for_the_files_group(folder):
    """The catalogue's 1A is any of 2A, 3A and 4A; a 2A of one's own changes it."""
    text = group("2A", "{benefit: {}}") + group("MINE", "{group: 1A}")
    (folder / "groups.yaml").write_text(text)
    evaluated()
    rows = pacsv.read_csv(folder / "out.csv").to_pylist()
    assert {row["person"] for row in rows if row["group"] == "MINE"} == {"p1", "p2"}


def group(key, criteria):
    return f"- key: {key}\n  versions:\n    - valid_from: 2014-01-01\n      criteria: {criteria}\n"


# ---- what is refused

FACTS = [
    ("people", "p2,2004-02-29", "p2,2003-02-29", "linje 3", "»2003-02-29« i kolonnen birth_date er ikke en dag"),
    ("people", "p2,2004-02-29", "p2,20040229", "linje 3", "»20040229« i kolonnen birth_date er ikke en dag"),
    ("people", "p2,2004-02-29", "p1,", "linje 3", "Person p1 står allerede i linje 2"),
    ("people", "p2,2004-02-29", ",2004-02-29", "linje 3", "Kolonnen person er tom"),
    ("people", "p2,2004-02-29", "p2", "linje 3", "Rækken har 1 felter, og overskriften har 2"),
    ("people", "person,birth_date", "person,birthdate", "linje 1", "Kolonnen birth_date mangler. Mente du »birthdate«?"),
    ("people", "person,birth_date", "person;birth_date", "linje 1", "Kolonnen person mangler. Filen har: person;birth_date."),
    ("people", "person,birth_date", "person,birth_date,person", "linje 1", "Kolonnen person står to gange"),
    ("spells", "p2,benefit", "\np9,benefit", "linje 5", "Person p9 findes ikke i people"),
    ("spells", "p2,benefit", "p2,benfit", "linje 4", "Ukendt type »benfit«. Mente du »benefit«?"),
    ("spells", "p2,benefit", "p2,", "linje 4", "Kolonnen kind er tom"),
    ("spells", ",kontanthjaelp,,", ",kontanthjelp,,", "linje 4", "Ukendt benefit-kode »kontanthjelp«. Mente du »kontanthjaelp«?"),
    ("spells", ",kontanthjaelp,,", ",primaer,,", "linje 4", "Ukendt benefit-kode »primaer«."),
    ("spells", "hjemloeseenheden", "hjemloesenheden", "linje 3", "Mente du »sof/borgercenter-voksne/hjemloeseenheden«?"),
    ("spells", "2022-01-01,2022-06-01", "2022-06-01,2022-06-01", "linje 4", "end ligger ikke efter start"),
    ("spells", "2022-01-01,2022-06-01", "2022-06-02,2022-06-01", "linje 4", "end ligger ikke efter start"),
    ("spells", "2022-01-01,2022-06-01", ",2022-06-01", "linje 4", "Kolonnen start er tom"),
    ("spells", "2022-01-01,2022-06-01", "2022-01-01,NULL", "linje 4", "»NULL« i kolonnen end er ikke en dag"),
    ("spells", "unit,start", "start", "linje 1", "Kolonnen unit mangler."),
    ("relations", "p1,b1", "p1,b2", "linje 2", "Person b2 findes ikke i people"),
    ("relations", "2015-01-01,", "2015-01-01,2014-01-01", "linje 2", "end ligger ikke efter start"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "sound", "spoiled", "place", "said"), FACTS)
def test_facts_that_do_not_fit_are_refused_where_they_stand(folder, table, sound, spoiled, place, said):
    file = folder / "facts" / f"{table}.csv"
    assert sound in file.read_text()
    file.write_text(file.read_text().replace(sound, spoiled, 1))
    danish, english = refusal()
    assert danish.startswith(f"facts/{table}.csv, {place}: ") and said in danish
    assert english.startswith(f"facts/{table}.csv, {place.replace('linje', 'line')}: ")


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("end", pa.array([None, "2024-01-01", "2021-06-01", None]), "række 3: end ligger ikke efter start"),
        ("person", pa.array(["p1", "p1", "p1", "p9"]), "række 4: Person p9 findes ikke i people"),
        ("person", pa.array([1, 2, 3, 4]), "Kolonnen person har typen int64. Gem den som tekst."),
        ("unit", pa.array([None, "sof/x", None, None]), "række 2: Ukendt enhed »sof/x«"),
        ("start", pa.array([1.5, 2, 3, 4]), "Kolonnen start har typen double. Gem den som datoer (date32)."),
        ("person", pa.array([b"p1", b"\xe6", b"p2", b"b1"]).view(pa.string()), "Kolonnen person er ikke gemt som UTF-8"),
    ],
)  # fmt: skip
def test_parquet_that_does_not_fit_is_refused_by_its_row(folder, column, values, said):
    as_parquet(folder, "spells", **{column: values})
    danish, english = refusal()
    assert danish.startswith("facts/spells.parquet") and said in danish
    assert english.startswith("facts/spells.parquet")


def test_files_that_are_not_what_they_should_be(folder):
    facts = folder / "facts"
    facts.joinpath("people.csv").write_bytes("person,birth_date\np1,\næ,\n".encode("latin-1"))
    assert refusal()[0].startswith("facts/people.csv, linje 3: Filen er ikke gemt som UTF-8")
    facts.joinpath("people.csv").write_text("")
    assert refusal()[0] == "facts/people.csv, linje 1: Kolonnen person mangler. Filen er tom."
    facts.joinpath("people.csv").write_bytes(bytes(range(256)) * 9)
    assert refusal()[0].startswith("facts/people.csv, linje 2: Filen er ikke gemt som UTF-8")
    facts.joinpath("people.csv").write_bytes(b"PK\x03\x04\x00")
    assert refusal()[0].startswith("facts/people.csv: Filen kan ikke læses som CSV")
    facts.joinpath("people.csv").write_text("x" * 200_000)
    assert refusal()[0].startswith("facts/people.csv: Filen kan ikke læses som CSV")
    facts.joinpath("people.csv").rename(facts / "person.csv")
    assert refusal()[0] == "facts: Her mangler people.csv eller people.parquet. Mente du »person.csv«?"
    facts.joinpath("people.parquet").write_text(FILES["facts/people.csv"])
    assert refusal()[0].startswith("facts/people.parquet: Filen kan ikke læses som Parquet")
    facts.joinpath("people.csv").write_text(FILES["facts/people.csv"])
    assert refusal()[0].startswith("facts: Her er både people.csv og people.parquet")


def test_a_misspelt_name_of_the_relations_is_not_passed_over(folder):
    (folder / "facts/relations.csv").rename(folder / "facts/relation.csv")
    assert "Mente du »relation.csv«?" in refusal()[0]


def test_a_folder_that_is_not_there(folder):
    assert refusal("--facts", "fact")[0] == "fact: Mappen findes ikke. Ret stien."
    assert refusal("--facts", "groups.yaml")[0].startswith("groups.yaml: Det er en fil")
    assert refusal("--groups", "grops.yaml")[0] == "grops.yaml: Filen findes ikke. Ret stien."
    assert refusal("--groups", "facts")[0].startswith("facts: Her er ingen YAML-filer")
    assert refusal("--catalogue", "law")[0] == "law: Mappen findes ikke. Ret stien."


GROUPS = [
    ("[kontanthjaelp/aktivitetsparat]", "[kontanthjaelp/aktivitetspart]", 5, "Mente du »kontanthjaelp/aktivitetsparat«?"),
    ("[kontanthjaelp/aktivitetsparat]", "{unit: [sof/borgercenter-voksn]}", 5, "Mente du »sof/borgercenter-voksne«?"),
    ("[kontanthjaelp/aktivitetsparat]", "{within: P6X}", 5, "»P6X« er ikke en varighed"),
    ("{all: [{age: {from: 18}}, {benefit: [kontanthjaelp/aktivitetsparat]}]}", "{all: []}", 5, "all er tom"),
    ("{child_case: {}}", "{group: A}", 10, "Grupperne henviser til hinanden i ring: A → A."),
    ("{child_case: {}}", "{group: 5AA}", 10, "Ukendt gruppe »5AA«. Mente du »5A«?"),
    ("- key: A", "- key: B", 6, "Gruppen »B« findes allerede (groups.yaml, linje 1)"),
    ("valid_from: 2014-01-01", "valid_from: 2014-02-30", 4, "2014-02-30 er ikke en dag i kalenderen"),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "spoiled", "line", "said"), GROUPS)
def test_groups_that_are_not_understood_are_refused_where_they_stand(folder, sound, spoiled, line, said):
    text = FILES["groups.yaml"]
    assert sound in text
    (folder / "groups.yaml").write_text(text.replace(sound, spoiled, 1))
    danish, english = refusal()
    assert danish.startswith(f"groups.yaml, linje {line}: ") and said in danish
    assert english.startswith(f"groups.yaml, line {line}: ")


def test_a_circle_through_files_and_catalogue_is_named_in_full(folder):
    """1A of the catalogue refers to 2A, which the file defines."""
    (folder / "groups.yaml").write_text(group("2A", "{group: MINE}") + group("MINE", "{group: 1A}"))
    danish, _ = refusal()
    assert danish.startswith("groups.yaml, linje 4: ") and "2A → MINE → 1A → 2A" in danish


def test_groups_that_are_no_text(folder):
    (folder / "groups.yaml").write_bytes(b"- key: A\n  label: {da: \xe6}\n")
    assert refusal()[0].startswith("groups.yaml, linje 2: Filen er ikke gemt som UTF-8")


def test_a_key_in_two_files_is_refused_with_both_places(folder):
    (folder / "several").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (folder / "several" / name).write_text(group("X", "{benefit: {}}"))
    danish, _ = refusal("--groups", "several")
    assert danish.startswith("several/b.yaml, linje 1: ") and "(several/a.yaml, linje 1)" in danish


def test_an_output_that_cannot_be_written_is_refused_before_anything_is_read(folder):
    (folder / "facts/people.csv").unlink()
    assert refusal(output="out.xlsx")[0].startswith("out.xlsx: Resultatet skrives som .csv eller .parquet")
    assert refusal(output="facts/spells.parquet")[0].startswith("facts/spells.parquet: Her ligger fakta selv")
    assert refusal(output="nowhere/out.csv")[0].startswith("nowhere/out.csv: Mappen findes ikke")
    assert "--to 2019-01-01 ligger ikke efter --from 2020-01-01" in refusal(to="2019-01-01")[0]


def test_a_failure_while_writing_leaves_the_file_that_was_there(folder, monkeypatch):
    (folder / "out.csv").write_text("before")

    def full(*arguments, **named):
        raise OSError("no space left")

    monkeypatch.setattr(results.pacsv, "CSVWriter", full)
    with pytest.raises(OSError, match="no space"):
        evaluated()
    assert (folder / "out.csv").read_text() == "before"
    assert {path.name for path in folder.iterdir()} == {"facts", "groups.yaml", "out.csv"}


def test_without_spark_there_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "helhed.commands.exchange.spark", raising=False)
    assert "Spark er ikke installeret" in refusal("--engine", "spark")[0]


def test_from_the_command_line(folder):
    """A refusal is a sentence on the error stream and an exit code, not a traceback."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "helhed",
        "evaluate",
        "--facts",
        "facts",
        "--groups",
        "groups.yaml",
    ]
    window = ["--from", "2020-01-01", "--to", "2025-01-01", "-o", "out.csv"]
    done = subprocess.run([*command, *window], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and (folder / "out.csv").read_text() == RESULT
    (folder / "facts/spells.csv").unlink()
    done = subprocess.run([*command, *window], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr == "helhed: facts: Her mangler spells.csv eller spells.parquet.\n"
