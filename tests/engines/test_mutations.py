"""A change of any operator in an engine, or in what the engines share, is caught.

Caught by comparison with the day-by-day text on generated populations, or by the tests of the explanation, the
columns and the calendar. What changes no answer is listed in `equivalents.yaml`, each with its reason: and the
list is held to it, for what is on it must exist and must not be caught.
"""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from engines.farm import LIVES
from engines.mutants import ONE, SHARED, many, mutants_of

HERE = Path(__file__).parent
SAMPLE = 40


def every_mutant():
    return [mutant for module in (*ONE, *SHARED, *many()) for mutant in mutants_of(module)]


def equivalents():
    """The keys of the mutants that change no answer."""
    listed = yaml.safe_load((HERE / "equivalents.yaml").read_text(encoding="utf-8"))
    return {
        (module, function, line, change)
        for module, function, line, changes, _ in listed
        for change in changes
    }


def verdicts(mutants):
    """What caught each mutant, by mutant; `lives` if nothing did."""
    asked = json.dumps([[mutant.module, mutant.number] for mutant in mutants])
    done = subprocess.run(
        [sys.executable, "-P", "-m", "engines.farm"],
        input=asked, capture_output=True, text=True, check=False, cwd=HERE.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = {
        (module, number): verdict for module, number, verdict in map(json.loads, done.stdout.splitlines())
    }
    return {mutant: said[mutant.module, mutant.number] for mutant in mutants}


def to_paste(mutants, reason):
    """Lines for `equivalents.yaml`, or out of it."""
    changes = {}
    for module, function, line, change in mutants:
        changes.setdefault((module, function, line), []).append(change)
    return "\n".join(
        f"- {json.dumps([*key, said, reason], ensure_ascii=False)}" for key, said in changes.items()
    )


def assert_caught(mutants):
    alive = [mutant.key for mutant, verdict in verdicts(mutants).items() if verdict == LIVES]
    assert not alive, (
        f"not caught; add a case, or say in equivalents.yaml why no answer changes:\n{to_paste(alive, '?')}"
    )


def test_a_sample_of_the_mutants_is_caught():
    """Chosen by their keys: the same ones as long as the lines are the same."""
    listed = equivalents()
    mutants = [mutant for mutant in every_mutant() if mutant.key not in listed]
    assert_caught(sorted(mutants, key=lambda mutant: sha256(repr(mutant.key).encode()).digest())[:SAMPLE])


def test_what_is_listed_exists():
    gone = equivalents() - {mutant.key for mutant in every_mutant()}
    assert not gone, f"no longer in the code; take out of equivalents.yaml:\n{to_paste(sorted(gone), '…')}"


@pytest.mark.slow
def test_every_mutant_is_caught():
    listed = equivalents()
    assert_caught([mutant for mutant in every_mutant() if mutant.key not in listed])


@pytest.mark.slow
def test_what_is_listed_changes_no_answer():
    listed = equivalents()
    found = verdicts([mutant for mutant in every_mutant() if mutant.key in listed])
    caught = sorted(mutant.key for mutant, verdict in found.items() if verdict != LIVES)
    assert not caught, f"caught after all; take out of equivalents.yaml:\n{to_paste(caught, '…')}"
