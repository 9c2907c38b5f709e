"""bandit finds nothing in the program; what it is told to pass over says why; and it finds what is planted."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from house.building import BASE, PACKAGE, sources

BANDIT = Path(sys.executable).parent / "bandit"
MAY_START_PROGRAMS = {"commands", "project"}


def found_in(*places: Path) -> list[str]:
    command = [BANDIT, "-q", "-r", *places, "-c", BASE / "pyproject.toml", "-f", "json"]
    said = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=False).stdout
    return [f"{r['filename']}:{r['line_number']} {r['test_id']}" for r in json.loads(said)["results"]]


def test_nothing_is_found():
    assert not found_in(PACKAGE, BASE / "helhed")


@pytest.mark.parametrize(
    "line",
    [
        "import hashlib\nhashlib.md5(b'')",
        "import pickle\npickle.loads(b'')",
        "eval(input())",
        "import subprocess\nsubprocess.run('ls', shell=True)",
        "import yaml\nyaml.load('', yaml.Loader)",
        "from django.utils.safestring import mark_safe\nmark_safe(input())",
        "import random\ncode = random.randint(1, 9)",
        "import httpx\nhttpx.get('https://example.org', verify=False)",
    ],
)
def test_what_is_planted_is_found(line, tmp_path):
    (tmp_path / "planted.py").write_text(line + "\n")
    assert found_in(tmp_path)


def test_what_is_passed_over_says_why():
    marks = [
        (file.relative_to(BASE), line)
        for file in sources()
        for line in file.read_text().splitlines()
        if re.search(r"#\s*nosec", line)
    ]
    assert not [mark for mark in marks if not re.search(r"# nosec B\d{3} - \w+", mark[1])]


def test_programs_are_started_by_commands_only():
    starts = re.compile(r"import subprocess|os\.(?:system|exec|spawn|popen)")
    found = {
        file.relative_to(PACKAGE).parts[0]
        for file in sources()
        if file.is_relative_to(PACKAGE) and starts.search(file.read_text())
    }
    assert found <= MAY_START_PROGRAMS
