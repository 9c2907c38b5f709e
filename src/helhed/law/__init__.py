"""The law as data: YAML under `catalogue/`, read into frozen values. Knows no Django and no person.

catalogue()                      the catalogue that ships with helhed, read once
catalogue(folder)                another one
.benefits.on(day)                a section as it stood on a day
.units.tree(day)                 the organisation
.groups(), .vocabulary()         what the engines of rules take
.label("benefit", code, "da")    words for a code
.changes(frm, to)                what changed when
about(catalogue, "5A")           all that is said of a group
"""

from functools import cache
from pathlib import Path

from helhed.law.changes import Change
from helhed.law.loading import load
from helhed.law.of_group import About, Stated, about
from helhed.law.readers import ADOPTED, FAMILIES, Catalogue, NotThereError

FOLDER = Path(__file__).parent / "catalogue"


def catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue of a folder, by default the one that ships with helhed; read once per process.

    CriteriaError (rules.errors) with file, line and one sentence in each language if it cannot be read.
    """
    return _loaded(folder or FOLDER)


@cache
def _loaded(folder: Path) -> Catalogue:
    return load(folder)


__all__ = [
    "ADOPTED",
    "FAMILIES",
    "FOLDER",
    "About",
    "Catalogue",
    "Change",
    "NotThereError",
    "Stated",
    "about",
    "catalogue",
]
