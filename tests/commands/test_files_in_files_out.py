"""The page about files in and files out: its files are written, its commands run, and they answer what it says."""

import re
import shlex

import pytest

from helhed.commands import evaluate, explain
from helhed.commands.main import parse
from house.building import BASE

PAGE = (BASE / "docs" / "how-to" / "files-in-files-out.md").read_text()
FILES = dict(re.findall(r"^`([\w/.]+)`\n\n```\w+\n(.*?)```$", PAGE, re.M | re.S))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The page's files, where its commands expect them."""
    (tmp_path / "facts").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(name: str):
    """The commands of that name on the page, in order."""
    lines = re.findall(rf"^    \./helhed ({name} .*)$", PAGE, re.M)
    return [parse(shlex.split(line)) for line in lines]


def block(language: str, beginning: str) -> str:
    [found] = [
        text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.S) if text.startswith(beginning)
    ]
    return found


def test_the_page_has_its_files():
    assert set(FILES) == {"facts/people.csv", "facts/spells.csv", "facts/relations.csv", "groups.yaml"}


def test_evaluate_writes_what_the_page_says(folder):
    evaluate.run(commands("evaluate")[0])
    assert (folder / "spells.csv").read_text() == block("csv", "group,person")


def test_explain_says_what_the_page_says(capsys):
    plain, as_json = commands("explain")
    explain.run(plain)
    assert capsys.readouterr().out.startswith(block("text", "bo i"))
    explain.run(as_json)
    assert capsys.readouterr().out == block("json", "{")
