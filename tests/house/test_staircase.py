"""Imports go down the staircase; the contract says the same as the settings; and attacks on it are caught."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from house.building import BASE, PACKAGE, sources, tree

LINT = Path(sys.executable).parent / "lint-imports"
CONTRACTS = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def lint(folder: Path) -> str:
    """What import-linter says about the package under `folder`."""
    command = [LINT, "--config", BASE / "pyproject.toml", "--no-cache"]
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_contracts_are_kept():
    said = lint(PACKAGE.parent)
    assert " 0 broken" in said, said


def test_the_contract_is_the_settings_order():
    layers = next(c["layers"] for c in CONTRACTS if c["containers"] == ["helhed"])
    floors = [{f"helhed.{name.strip()}" for name in layer.split("|")} for layer in reversed(layers)]
    order = iter(settings.ROOMS)
    for floor in floors:
        assert {next(order) for _ in floor} == floor
    assert next(order, None) is None


def test_the_contract_knows_no_exceptions():
    assert not [c["name"] for c in CONTRACTS if "ignore_imports" in c]


ATTACKS = {
    "a lower room imports an upper one": ("register/attack.py", "import helhed.sharing.policy"),
    "so inside a function": ("register/attack.py", "def f():\n    import helhed.sharing.policy"),
    "so for types only": (
        "register/attack.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import helhed.sharing.policy",
    ),
    "a folder nobody ranked": ("helpers/__init__.py", ""),
    "a kind of page knows another": ("pages/citizen/attack.py", "import helhed.pages.analyst"),
    "Django in a dry room": ("rules/attack.py", "import django.db"),
    "a front room takes facts past the hatch": ("insight/attack.py", "import helhed.register.questions"),
    "a front room takes membership past the hatch": (
        "insight/attack.py",
        "import helhed.membership.questions",
    ),
    "a page tries a criterion past the hatch": ("pages/attack.py", "import helhed.membership.trial"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        PACKAGE, folder / "helhed", ignore=shutil.ignore_patterns("__pycache__", "*.yaml", "static")
    )
    return folder


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_caught(attack, copy):
    file, text = ATTACKS[attack]
    path = copy / "helhed" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    try:
        assert re.search(r"[1-9]\d* broken", lint(copy))
    finally:
        path.unlink()
        if path.name == "__init__.py":
            path.parent.rmdir()


PERSONAL = {"Fact", "Relation", "PersonDetail", "Identifier", "RejectedRow", "Spell"}


def test_no_room_above_the_hatch_takes_the_tables_of_people():
    """The contract guards the questions; this guards the tables under them."""
    below = {"register", "membership", "sharing"}
    taken = [
        f"{file.relative_to(BASE)}: {name.name}"
        for file in sources()
        if file.is_relative_to(PACKAGE) and file.relative_to(PACKAGE).parts[0] not in below
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom)
        and node.module in ("helhed.register.models", "helhed.membership.models")
        for name in node.names
        if name.name in PERSONAL
    ]
    assert not taken
