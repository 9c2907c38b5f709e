"""The words of letters: YAML by kind in Danish and English, and how the facts of a letter fill them.

A word is told by its name what it is: `…unit` is a unit of the catalogue, `day`, `due` and `…_day` are days (a date or
"2026-12-01"), `month` is the month of a day, `amount` is øre, `ground` a legal ground of the catalogue; every other word stands as
it was given, or is {"da": …, "en": …}.
A part with `if` is left out without that word; a part with `by` says the sentence of that word's code, or `else`; without an
`else` it needs the word.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from django.utils import formats
from django.utils.translation import override

from helhed.audit.canonical import canonical
from helhed.law import catalogue

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("da", "en")
APPEAL = "appeal"
NUMBER = re.compile(r" (?=\d)")


@dataclass(frozen=True)
class Part:
    """A piece of a letter: a headline (or "") and what stands under it."""

    head: str
    text: str


@dataclass(frozen=True)
class Text:
    """A letter in one language. `appeal` is how to complain, "" where nothing was decided; `contact` how the sender is
    reached, "" where nobody has said."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    appeal: str
    contact: str = ""


@cache
def template(kind: str) -> Mapping[str, Any]:
    """The words of a kind of letter. ValueError where there is none."""
    file = FOLDER / f"{kind}.yaml"
    if not file.is_file():
        raise ValueError(f"{kind}: no letter is called that")
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def texts_of(
    kind: str, unit: str, words: Mapping[str, Any], contact: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The letter from this unit in both languages, as it is kept. `contact`: how the unit is reached, by language.
    ValueError where a word is missing."""
    given = {"unit": unit} | {name: value for name, value in words.items() if value not in ("", None)}
    ways = contact or {}
    return {
        language: asdict(replace(filled(kind, given, language), contact=ways.get(language, "")))
        for language in LANGUAGES
    }


def filled(kind: str, words: Mapping[str, Any], language: str) -> Text:
    """The letter in one language."""
    wording = template(kind)
    said = {name: _said(name, value, language) for name, value in words.items()}
    sheet = wording[language]
    parts = tuple(
        Part(part.get("head", ""), text)
        for part in sheet["parts"]
        if (text := _text(kind, part, words, said))
    )
    return Text(
        _fill(kind, sheet["title"], said),
        _fill(kind, sheet["lead"], said),
        parts,
        _appeal(kind, wording, words, language),
    )


def text_of(kept: Mapping[str, Any]) -> Text:
    """The text as it was kept in a letter."""
    parts = tuple(Part(**part) for part in kept["parts"])
    return Text(kept["title"], kept["lead"], parts, kept["appeal"], kept.get("contact", ""))


def hash_of(texts: Mapping[str, Any]) -> str:
    """SHA-256 over the texts, whatever the order of their keys."""
    return hashlib.sha256(canonical(texts).encode()).hexdigest()


def asked_for(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words a letter needs, and those it may have."""
    need: set[str] = set()
    may: set[str] = set()
    for sheet in (template(kind)[language] for language in LANGUAGES):
        need |= _names(sheet["title"]) | _names(sheet["lead"])
        for part in sheet["parts"]:
            chosen = {word for word in (part.get("if"), part.get("by")) if word}
            need |= {part["by"]} if "by" in part and "else" not in part["texts"] else set()
            texts = part["texts"].values() if "texts" in part else [part["text"]]
            names = {name for text in texts for name in _names(text)}
            may |= chosen | (names if "if" in part else set())
            need |= set() if "if" in part else names
    return frozenset(need - {"unit"}), frozenset(may - need)


def _text(kind: str, part: Mapping[str, Any], words: Mapping[str, Any], said: Mapping[str, str]) -> str:
    if "if" in part and part["if"] not in words:
        return ""
    if "by" in part:
        texts, code = part["texts"], words.get(part["by"])
        if code not in texts and "else" not in texts:
            raise ValueError(f"a letter of the kind {kind} needs: {part['by']}, one of {', '.join(texts)}")
        return _fill(kind, texts.get(code, texts.get("else", "")), said)
    return _fill(kind, part["text"], said)


def _appeal(kind: str, wording: Mapping[str, Any], words: Mapping[str, Any], language: str) -> str:
    """How to complain, where something was decided; the unit that decided is the one that looks again."""
    rule = wording.get(APPEAL)
    if not rule or words.get(rule.get("unless")) in rule.get("is", ()):
        return ""
    decided = words.get(rule.get("unit", "unit"), words["unit"])
    guidance = template(APPEAL)[language]
    return _fill(kind, guidance, {"unit": _said("unit", decided, language)})


def _said(name: str, value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value[language])
    with override(language):
        if name.endswith("unit"):
            return unit_called(value, language)
        if name == "ground":
            return _label("legal_grounds", value, language)
        if name in ("day", "due") or name.endswith("_day"):
            day = value if isinstance(value, date) else date.fromisoformat(value)
            return formats.date_format(day, "DATE_FORMAT")
        if name == "month":
            first = value if isinstance(value, date) else date.fromisoformat(value)
            return formats.date_format(first, "F Y")
        if name == "amount":
            kroner = formats.number_format(Decimal(value) / 100, 2, force_grouping=True)
            return f"DKK {kroner}" if language == "en" else f"{kroner} kr."
        return str(value)


def unit_called(unit: str, language: str) -> str:
    """A unit as people call it: its name without what the catalogue adds to tell where the name comes from; a number in it
    never stands alone on a line."""
    try:
        name = catalogue().called(unit, language)
    except LookupError:
        name = unit
    return NUMBER.sub("\N{NO-BREAK SPACE}", name)


def _label(section: str, key: str, language: str) -> str:
    try:
        return catalogue().label(section, key, language)
    except LookupError:
        return key


def _fill(kind: str, text: str, said: Mapping[str, str]) -> str:
    missing = _names(text) - said.keys()
    if missing:
        raise ValueError(f"a letter of the kind {kind} needs: {', '.join(sorted(missing))}")
    return text.format(**said).strip()


def _names(text: str) -> set[str]:
    return {name for _before, name, _spec, _how in Formatter().parse(text) if name}
