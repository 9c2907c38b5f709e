"""The command line: every command is there, and a slip of the finger gets one sentence."""

import pkgutil
from datetime import date

import pytest

from helhed.commands.main import Need, parse
from helhed.commands.refusal import RefusalError

LINES = {
    "demo": ["demo", "--fresh", "--people", "3000"],
    "serve": ["serve", "--port", "8001"],
    "work": ["work", "--once"],
    "migrate": ["migrate"],
    "test": ["test", "--all"],
    "deliver": ["deliver", "bif-fagsystem", "a.csv", "b.csv"],
    "user": ["user", "bente", "--name", "Bente Holm", "--role", "leader"],
    "law": ["law", "benefits", "--on", "2022-06-01"],
    "report": ["report", "kortlaegning", "--on", "2022-06-01", "-o", "x.pdf"],
    "evaluate": [
        "evaluate",
        "--facts",
        "f",
        "--groups",
        "g.yaml",
        "--from",
        "2020-01-01",
        "--to",
        "2021-01-01",
        "-o",
        "x.csv",
    ],
    "explain": [
        "explain",
        "--facts",
        "f",
        "--groups",
        "g.yaml",
        "--group",
        "5A",
        "--person",
        "p",
        "--on",
        "2020-01-01",
    ],
    "synthetic": ["synthetic", "-o", "city"],
    "bench": ["bench", "import"],
    "messages": ["messages"],
}


@pytest.mark.parametrize("name", LINES)
def test_a_command_is_read_and_can_be_run(name):
    options = parse(LINES[name])
    assert callable(pkgutil.resolve_name(options.run))


def test_help_tells_every_command(capsys):
    with pytest.raises(SystemExit):
        parse(["--help"])
    told = capsys.readouterr().out
    assert all(f"    {name} " in told or f"    {name}\n" in told for name in [*LINES, "database"])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["dmo"], "Did you mean 'demo'?"),
        (["xyzzy"], "The commands are: demo, serve"),
        ([], "COMMAND"),
        (["law", "--on", "1-6-2022"], "'1-6-2022' is not a day written as YYYY-MM-DD"),
        (["demo", "--people", "many"], "'many' is not a whole number above 0"),
        (["demo", "--people", "0"], "above 0"),
        (["demo", "--colour", "blue"], "'demo' does not know --colour blue"),
        (["report", "kortlaegning", "-o", "x.pdf"], "--on"),
        ([*LINES["evaluate"], "--engine", "duck"], "invalid choice: 'duck'"),
        (LINES["evaluate"][:-2], "-o/--output"),
    ],
)
def test_a_slip_gets_one_sentence(line, sentence):
    with pytest.raises(RefusalError) as refusal:
        parse(line)
    assert sentence in str(refusal.value) and "\n" not in str(refusal.value)


def test_what_follows_test_goes_to_pytest():
    assert parse(["test", "tests/periods", "-x", "-k", "day"]).rest == ["tests/periods", "-x", "-k", "day"]


def test_only_the_demo_is_a_demo():
    assert parse(["demo"]).environment == {"HELHED_DEMO": "1"}
    assert "HELHED_DEMO" not in parse(["serve"]).environment


def test_reading_needs_no_database():
    options = parse(["law", "--on", "2026-11-01"])
    assert options.needs is Need.NOTHING and options.on == date(2026, 11, 1)
