"""The words shown with a question: YAML by version, in Danish and English, and how the choices of a question fill them.

A version that has been shown is never edited; `shown.sha256` lists what each file must be, and a test holds it.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from helhed.law import catalogue
from helhed.sharing.consent.categories import category_label

FOLDER = Path(__file__).parent / "notices"
PARTS = ("title", "what", "who", "if_no", "withdraw", "validity", "rights")
FILE = re.compile(r"(?P<key>[a-z-]+)\.v(?P<version>\d+)\.yaml")
HANDOVER = "overdragelse"
"""The words of a hand-over's question: what moves, to whom, and what stays."""
DELIVERED = {"deling": "fagsystem", "helhedsorienteret-plan": "fagsystem-plan"}
"""The words of a consent that a case system delivered, by kind."""


@dataclass(frozen=True)
class NoticeText:
    """The words shown with a question. `text` is all of them as shown, `hash` its SHA-256."""

    key: str
    version: int
    language: str
    title: str
    what: str
    who: str
    if_no: str
    withdraw: str
    validity: str
    rights: str
    text: str
    hash: str


@dataclass(frozen=True)
class Form:
    """One version of a notice: for which kind and purpose, on which grounds, for how many days it can be asked."""

    key: str
    version: int
    kind: str
    purpose: str
    ground: tuple[str, ...]
    days: tuple[int, ...]
    words: dict[str, Any]

    def label(self, language: str) -> str:
        """What it is called."""
        return self.words["label"][_known(language)]

    def purpose_label(self, language: str) -> str:
        """The purpose in plain words."""
        return self.words["purpose_label"][_known(language)]


@dataclass(frozen=True)
class Choices:
    """What fills a notice: categories, from whom, to whom (unit keys), for which case, for how many days."""

    categories: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    case_ref: str = ""
    days: int | None = None


@cache
def forms() -> dict[tuple[str, int], Form]:
    """Every version of every notice."""
    found = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        named = FILE.fullmatch(file.name)
        if named is None:
            raise ValueError(f"{file.name}: a notice is called KEY.vNUMBER.yaml")
        words = yaml.safe_load(file.read_text(encoding="utf-8"))
        key, version = named["key"], int(named["version"])
        found[key, version] = Form(
            key,
            version,
            words["kind"],
            words["purpose"],
            tuple(words["ground"]),
            tuple(words["days"]),
            words,
        )
    return found


def newest(key: str) -> Form:
    """The version of a notice that is shown today. KeyError where there is none."""
    versions = [form for form in forms().values() if form.key == key]
    if not versions:
        raise KeyError(key)
    return max(versions, key=lambda form: form.version)


def askable() -> list[Form]:
    """The newest version of each notice a caseworker can choose to ask with; those of a hand-over are asked by it."""
    keys = sorted({form.key for form in forms().values() if form.days and "only" not in form.words})
    return [newest(key) for key in keys]


def shown(form: Form, choices: Choices, language: str) -> NoticeText:
    """The words as the citizen reads them, filled with the choices of the question."""
    language = _known(language)
    with override(language):
        filled = {
            "categories": _listed([category_label(c) for c in choices.categories], lower=True),
            "sources": _listed([unit_label(u, language) for u in choices.sources]),
            "recipients": _listed([unit_label(u, language) for u in choices.recipients]),
            "case": f" ({choices.case_ref})" if choices.case_ref else "",
            "days": duration(choices.days),
        }
    parts = {part: form.words[language][part].format(**filled).strip() for part in PARTS}
    text = "\n\n".join(parts.values())
    digest = hashlib.sha256(text.encode()).hexdigest()
    return NoticeText(form.key, form.version, language, text=text, hash=digest, **parts)


def as_stored(key: str, version: int, language: str, text: str) -> NoticeText:
    """The words of a consent that was decided: exactly those kept, whatever units are called today."""
    parts = dict(zip(PARTS, text.split("\n\n"), strict=True))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return NoticeText(key, version, language, text=text, hash=digest, **parts)


def duration(days: int | None) -> str:
    """How long, in plain words of the active language."""
    if days is None:
        return ""
    if days in (365, 366):
        return _("et år")
    if days in (182, 183):
        return _("et halvt år")
    return ngettext("%(days)d dag", "%(days)d dage", days) % {"days": days}


def unit_label(unit: str, language: str) -> str:
    """A unit's name, or its key where the catalogue does not know it."""
    try:
        return catalogue().called(unit, language)
    except LookupError:
        return unit


def _listed(names: list[str], *, lower: bool = False) -> str:
    shown = [name[:1].lower() + name[1:] for name in names] if lower else names
    if len(shown) < 2:
        return "".join(shown)
    return _("%(first)s og %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}


def _known(language: str) -> str:
    return "en" if language == "en" else "da"
