"""What the documents say can be done, can be done."""

import re
import shlex
import tomllib

import pytest

from helhed.commands.main import parse
from house.building import BASE, PACKAGE, rooms

DOCUMENTS = [*BASE.glob("*.md"), *BASE.glob("docs/**/*.md"), *PACKAGE.rglob("README.md")]
SAYS = (r"\b[Kk]nows\b", r"^(\*\*|## )Nouns", r"^(\*\*|## )Verbs")
LAUNCHED = re.compile(r"^\s*(?:\$ )?(?:\w+=\S+ )*\./helhed( .*)?$", re.M)


def test_every_room_says_what_it_is():
    missing = {
        str(room.relative_to(PACKAGE)): what
        for room in rooms()
        for what in SAYS
        if not (room / "README.md").exists() or not re.search(what, (room / "README.md").read_text(), re.M)
    }
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda f: str(f.relative_to(BASE)))
def test_commands_in_documents_exist(document):
    for line in LAUNCHED.findall(document.read_text()):
        arguments = shlex.split(line.split(" # ")[0], comments=True)
        if arguments and "--help" not in arguments:
            parse(arguments)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda f: str(f.relative_to(BASE)))
def test_links_in_documents_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text())
    assert not [link for link in links if not (document.parent / link).exists()]


def test_every_dependency_has_its_reason():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted += [entry for extra in project["project"]["optional-dependencies"].values() for entry in extra]
    names = {re.split(r"[\[<>=]", entry)[0] for entry in wanted}
    listed = set(re.findall(r"^\| `([\w-]+)` \| \S", (BASE / "README.md").read_text(), re.M))
    assert names == listed


@pytest.mark.parametrize("decision", sorted((BASE / "docs" / "decisions").glob("*.md")), ids=lambda f: f.stem)
def test_decisions_are_short_and_whole(decision):
    text = decision.read_text()
    assert len(text.splitlines()) <= 40
    assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))
