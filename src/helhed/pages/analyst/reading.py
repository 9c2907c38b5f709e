"""Entries of the catalogue as rows and lines a page can print, in the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.law import catalogue
from helhed.law.entries import Entry
from helhed.law.rulings import Touches
from helhed.law.shapes import Label, Ref, SourceRef, shape_of, unwrapped
from helhed.law.statements import TargetGroup
from helhed.law.value_words import value_word
from helhed.law.words import field_word, yes_or_no
from helhed.membership import definitions
from helhed.pages.words import reader_language
from helhed.periods import Duration, date_of
from helhed.rules.sentences import Line as Sentence
from helhed.rules.sentences import duration_text, sentences

CHAPTERS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        _("Det, sagerne er gjort af"),
        (
            "benefits",
            "employment_cases",
            "offers",
            "social_cases",
            "services",
            "child_cases",
            "plans",
            "consents",
            "cpr_statuses",
        ),
    ),
    (_("Organisationen"), ("administrations", "units", "organisation_changes", "responsibilities")),
    (
        _("Målgrupper og modeller"),
        (
            "groups",
            "stated_criteria",
            "volumes",
            "volume_checks",
            "pros_and_cons",
            "mapping_topics",
            "scopes",
        ),
    ),
    (
        _("Retten"),
        ("laws", "legal_grounds", "legal_options", "regimes", "law_changes", "exemptions", "cadences", "hoi"),
    ),
    (
        _("Historien og kilderne"),
        ("timeline", "goals", "programmes", "inconsistencies", "sources"),
    ),
)
BASE = frozenset({"label", "source", "status", "valid_from", "valid_to", "successors", "names", "note"})


@dataclass(frozen=True)
class Row:
    """An entry in a list; `depth` is its place in a tree."""

    section: str
    key: str
    label: str
    depth: int
    valid_from: date | None
    valid_to: date | None
    status: str
    words: str

    def fits(self, word: str) -> bool:
        """Whether the word is in the label (in either language), the key, the section of law, or another name."""
        return word.casefold() in self.words


@dataclass(frozen=True)
class Line:
    """A section in the table of contents."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Detail:
    """One thing said of an entry: a heading, and its value as text or as links to other entries."""

    label: str
    text: str = ""
    links: tuple[Row, ...] = ()


@dataclass(frozen=True)
class VersionText:
    """A dated version of a target group in plain sentences; half-open."""

    valid_from: date
    valid_to: date | None
    source: str
    lines: tuple[Sentence, ...]


def row_of(entry: Entry, depth: int = 0) -> Row:
    """One entry as a row."""
    words = (entry.label.da, entry.label.en, entry.key, getattr(entry, "paragraph", "") or "", *entry.names)
    return Row(
        section=entry.section,
        key=entry.key,
        label=entry.label.in_language(reader_language()),
        depth=depth,
        valid_from=None if entry.valid_from is None else date_of(entry.valid_from),
        valid_to=None if entry.valid_to is None else date_of(entry.valid_to),
        status=entry.status,
        words=" ".join(words).casefold(),
    )


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """Entries as rows; keys with a slash stand one step in for each part above them that is there."""
    entries = list(entries)
    there = {entry.key for entry in entries}
    return [row_of(entry, sum(1 for above in _above(entry.key) if above in there)) for entry in entries]


def details_of(entry: Entry, language: str) -> tuple[Detail, ...]:
    """What an entry says beyond the things every entry has."""
    found = []
    for name, shape in shape_of(type(entry)).items():
        value = getattr(entry, name)
        if name not in BASE and shape.is_said(value):
            found += _details(name, value, shape.hint, language)
    return tuple(found)


def versions_of(entry: Entry, language: str) -> tuple[VersionText, ...]:
    """A target group's versions with their criteria in sentences, the newest first; none for other entries."""
    if not isinstance(entry, TargetGroup):
        return ()
    book = definitions.book()
    return tuple(
        VersionText(
            date_of(start),
            None if end is None else date_of(end),
            version.source,
            tuple(sentences(version.criteria, book.label, language)),
        )
        for start, end, version in reversed(list(book.groups()[entry.key].periods()))
    )


def sources_of(entry: Entry, language: str) -> tuple[str, ...]:
    """Where an entry is said, with the source's name and the place in it."""
    return tuple(source_words(ref, language) for ref in entry.source)


def source_words(ref: SourceRef, language: str) -> str:
    """A place in a source: its name, then where."""
    name = catalogue().label("sources", ref.source, language)
    return f"{name}, {ref.place}" if ref.place else name


def _details(name: str, value: Any, hint: Any, language: str) -> list[Detail]:
    if isinstance(value, Touches):
        parts = shape_of(Touches).items()
        said = [(n, getattr(value, n), part.hint) for n, part in parts if part.is_said(getattr(value, n))]
        return [detail for n, each, part in said for detail in _details(n, each, part, language)]
    label = field_word(name, language)
    label = label[:1].upper() + label[1:]
    inner, mark = unwrapped(hint)
    item = get_args(inner)[0] if isinstance(value, tuple) and mark is None else hint
    ref = unwrapped(item)[1]
    if isinstance(ref, Ref):
        keys = value if isinstance(value, tuple) else (value,)
        return [Detail(label, links=tuple(_linked(key, ref.sections) for key in keys))]
    return [Detail(label, text=_text(name, value, hint, language))]


def _text(name: str, value: Any, hint: Any, language: str) -> str:
    inner, mark = unwrapped(hint)
    if isinstance(value, bool):
        return yes_or_no(value, language)
    if isinstance(value, Label):
        return value.in_language(language)
    if isinstance(value, SourceRef):
        return source_words(value, language)
    if isinstance(value, Duration):
        return duration_text(value, language)
    if getattr(mark, "name", "") == "day":
        return date_format(date_of(value), "DATE_FORMAT")
    if isinstance(value, tuple):
        item = get_args(inner)[0]
        return "; ".join(_text(name, each, item, language) for each in value)
    if get_origin(inner) is Literal:
        return value_word(name, value, language)
    return number_format(value) if isinstance(value, (int, float)) and name != "year" else str(value)


def _linked(key: str, sections: tuple[str, ...]) -> Row:
    book = definitions.book()
    return next(row_of(book.entry(name, key)) for name in sections if key in book.section(name))


def _above(key: str) -> Iterator[str]:
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key
