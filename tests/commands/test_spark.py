"""Spark on a local cluster with two executors answers, row for row, what the engine answers here."""

import os
import random
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from helhed.law import catalogue
from helhed.rules import many
from helhed.rules.writing import write_groups

pytestmark = pytest.mark.slow
PEOPLE, SPELLS, RELATIONS = 3000, 40_000, 2500


@pytest.fixture
def folder(tmp_path):
    """Random facts of the catalogue's own words, and all its groups: some ask about children and parents."""
    many.warm()
    dice = random.Random(5)
    law = catalogue()
    kinds = law.vocabulary().codes
    codes = [(kind, code) for kind in sorted(kinds) for code in sorted(kinds[kind])]
    units = ["", "", *sorted(law.vocabulary().units)]

    def days(most):
        start = date(2012, 1, 1) + timedelta(days=dice.randrange(5000))
        end = "" if dice.randrange(8) == 0 else start + timedelta(days=dice.randrange(1, most))
        return f"{start},{end}"

    def person():
        return f"p{dice.randrange(PEOPLE)}"

    births = [date(1950, 1, 1) + timedelta(days=dice.randrange(24_000)) for _ in range(PEOPLE)]
    tables = {
        "people": (
            "person,birth_date",
            [f"p{n},{'' if n % 50 == 0 else born}" for n, born in enumerate(births)],
        ),
        "spells": (
            "person,kind,code,unit,start,end",
            [
                f"{person()},{','.join(dice.choice(codes))},{dice.choice(units)},{days(900)}"
                for _ in range(SPELLS)
            ],
        ),
        "relations": (
            "parent,child,start,end",
            [f"{person()},{person()},{days(6000)}" for _ in range(RELATIONS)],
        ),
    }
    for name, (head, rows) in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n")
    (tmp_path / "groups.yaml").write_text(write_groups(law.groups().values()))
    return tmp_path


def evaluated(folder, output, *more, **environment):
    command = [sys.executable, "-P", "-m", "helhed", "evaluate", "--facts", ".", "--groups", "groups.yaml"]
    window = ["--from", "2014-01-01", "--to", "2026-01-01", "-o", output]
    # without a Java of this machine: the one that comes along must do
    inherited = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    done = subprocess.run(
        [*command, *window, *more],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / output).read_text()


@pytest.fixture
def spark(tmp_path):
    """Spark as installed, in a folder where its workers may leave their traces."""
    home = tmp_path / "spark"
    home.mkdir()
    for file in Path(find_spec("pyspark").origin).parent.iterdir():
        (home / file.name).symlink_to(file)
    return home


def test_two_executors_answer_the_same_rows(folder, spark):
    here = evaluated(folder, "here.csv")
    cluster = {"HELHED_SPARK_MASTER": "local-cluster[2,1,1024]", "SPARK_HOME": str(spark)}
    there = evaluated(folder, "there.csv", "--engine", "spark", **cluster)
    assert len(here.splitlines()) > 5000 and len({row.split(",")[0] for row in here.splitlines()}) > 30
    assert there == here
    assert {path.name for path in spark.glob("work/app-*/*")} >= {"0", "1"}, "two executors took part"


def test_without_java_there_is_one_sentence(folder):
    command = [sys.executable, "-P", "-m", "helhed", "evaluate", "--facts", ".", "--groups", "groups.yaml"]
    window = ["--from", "2014-01-01", "--to", "2026-01-01", "-o", "x.csv", "--engine", "spark"]
    done = subprocess.run(
        [*command, *window],
        cwd=folder,
        env={**os.environ, "JAVA_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and not (folder / "x.csv").exists()
    assert done.stderr.splitlines()[-1].startswith("helhed: Spark standsede:")
