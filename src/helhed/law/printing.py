"""The catalogue as plain text and as JSON, for the terminal: the list of sections, one section, one entry."""

import json
import textwrap
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from helhed.law.entries import Entry
from helhed.law.of_group import about, general_pros_and_cons
from helhed.law.plain import entry_as_plain
from helhed.law.readers import Catalogue
from helhed.law.rulings import Touches
from helhed.law.section import Section
from helhed.law.sections import SECTIONS
from helhed.law.shapes import Label, Ref, shape_of, unwrapped
from helhed.law.statements import ProOrCon, TargetGroup
from helhed.law.value_words import value_word
from helhed.law.words import field_word, yes_or_no
from helhed.periods import date_of
from helhed.rules.sentences import sentences

_WIDTH = 100


def as_text(
    catalogue: Catalogue,
    on: int | None = None,
    section: str | None = None,
    key: str | None = None,
    language: str = "da",
) -> str:
    """Sections, the entries of one, or one entry with all that is said of it, in `da` or `en`.

    `on`: only what is in force on that day; of a group then only the version in force.
    NotThereError for a section or key that is not there.
    """
    if section is None:
        return "\n".join(_overview(catalogue, on, language))
    if key is None:
        found = catalogue.section(section)
        return "\n".join(_listed(found if on is None else found.on(on), language))
    return "\n".join(_one(catalogue, catalogue.entry(section, key), on, language))


def as_json(
    catalogue: Catalogue, on: int | None = None, section: str | None = None, key: str | None = None
) -> str:
    """The same as JSON, in both languages: an object of sections, a list of entries, or one entry."""
    said: Any
    if section is None:
        said = {
            "hash": catalogue.hash,
            **{each.name: _entries(each, on) for each in catalogue.all_sections()},
        }
    elif key is None:
        said = _entries(catalogue.section(section), on)
    else:
        said = entry_as_plain(catalogue.entry(section, key))
    return json.dumps(said, ensure_ascii=False, indent=2)


def _entries(section: Section[Any], on: int | None) -> list[dict[str, Any]]:
    shown = section if on is None else section.on(on)
    return [entry_as_plain(entry) for entry in shown.values()]


def _overview(catalogue: Catalogue, on: int | None, language: str) -> Iterator[str]:
    for each in catalogue.all_sections():
        shown = each if on is None else each.on(on)
        title = SECTIONS[each.name].title.in_language(language)
        yield f"{each.name:<22} {len(shown):>4}  {title}"
    yield ""
    yield Label(f"Indholdets aftryk: {catalogue.hash}", f"Hash of the content: {catalogue.hash}").in_language(
        language
    )


def _listed(section: Section[Any], language: str) -> Iterator[str]:
    wide = max((len(key) for key in section), default=0)
    for entry in section.values():
        validity = _validity(entry, language)
        yield f"{entry.key:<{wide}}  {entry.label.in_language(language)}{f'  ({validity})' if validity else ''}"
    if not section:
        yield Label("Ingen på den dag.", "None on that day.").in_language(language)


def _validity(entry: Entry, language: str) -> str:
    """`2014-01-01 – 2025-07-01 → kontanthjaelp`, or nothing if the entry has no dates."""
    if entry.valid_from is None and entry.valid_to is None:
        return ""
    begins = "…" if entry.valid_from is None else date_of(entry.valid_from).isoformat()
    ends = "…" if entry.valid_to is None else date_of(entry.valid_to).isoformat()
    return f"{begins} – {ends}" + (f" → {', '.join(entry.successors)}" if entry.successors else "")


def _one(catalogue: Catalogue, entry: Entry, on: int | None, language: str) -> Iterator[str]:
    yield f"{entry.key}  {entry.label.in_language(language)}"
    if on is not None and not entry.valid_on(on):
        yield Label(f"Ikke i kraft den {date_of(on)}.", f"Not in force on {date_of(on)}.").in_language(
            language
        )
    yield ""
    for name, field in shape_of(type(entry)).items():
        value = getattr(entry, name)
        if name != "label" and field.is_said(value):
            shown = _shown(catalogue, name, value, field.hint, language)
            yield from _paragraph(f"{_capital(field_word(name, language))}: ", shown)
    if isinstance(entry, TargetGroup):
        yield from _criteria(catalogue, entry, on, language)
        yield from _said_of(catalogue, entry, language)


def _shown(catalogue: Catalogue, name: str, value: Any, hint: Any, language: str) -> str:
    """A value in words; a key with the words for what it names."""
    inner, mark = unwrapped(hint)
    if isinstance(value, bool):
        return yes_or_no(value, language)
    if isinstance(value, Label):
        return value.in_language(language)
    if isinstance(mark, Ref):
        return f"{value} – {_label_of(catalogue, mark, value, language)}"
    if getattr(mark, "name", "") == "day":
        return date_of(value).isoformat()
    if isinstance(value, tuple):
        item = get_args(inner)[0]
        return "; ".join(_shown(catalogue, name, each, item, language) for each in value)
    if get_origin(inner) is Literal:
        return value_word(name, value, language)
    if isinstance(value, Touches):
        return _nested(catalogue, value, language)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _nested(catalogue: Catalogue, value: Touches, language: str) -> str:
    return "; ".join(
        f"{field_word(name, language)} {_shown(catalogue, name, getattr(value, name), field.hint, language)}"
        for name, field in shape_of(Touches).items()
        if field.is_said(getattr(value, name))
    )


def _label_of(catalogue: Catalogue, ref: Ref, key: str, language: str) -> str:
    section = next(each for each in ref.sections if key in catalogue.section(each))
    return catalogue.label(section, key, language)


def _criteria(catalogue: Catalogue, entry: TargetGroup, on: int | None, language: str) -> Iterator[str]:
    group = catalogue.criteria[entry.key]
    for start, end, version in group.periods():
        if on is not None and version is not group.version_on(on):
            continue
        yield ""
        until = "" if end is None else f" – {date_of(end)}"
        yield f"{_capital(field_word('valid_from', language))} {date_of(start)}{until} ({version.source})"
        for line in sentences(version.criteria, catalogue.label, language):
            yield f"{'  ' * (line.depth + 1)}{line.text}"


def _said_of(catalogue: Catalogue, entry: TargetGroup, language: str) -> Iterator[str]:
    said = about(catalogue, entry.key)
    if said.stated is not None:
        precision = value_word("precision", said.stated.precision, language)
        day = date_of(said.stated.as_of_day)
        yield ""
        yield Label(
            f"Oplyst størrelse: {said.stated.value} ({precision}, {day})",
            f"Stated size: {said.stated.value} ({precision}, {day})",
        ).in_language(language)
    yield from _pros_and_cons((*said.pros_and_cons, *general_pros_and_cons(catalogue, entry.key)), language)
    for flaw in said.inconsistencies:
        yield ""
        yield from _paragraph(f"{flaw.key} ", f"{flaw.label.in_language(language)}")
        yield from _paragraph("  ", flaw.handling.in_language(language))


def _pros_and_cons(listed: tuple[ProOrCon, ...], language: str) -> Iterator[str]:
    """Each sentence once, though the report repeats some of the general ones under a model."""
    for direction in ("pro", "con"):
        own = [each for each in listed if each.direction == direction and each.see is None]
        if own:
            yield ""
            yield f"{_capital(value_word('direction', direction, language))}:"
        for said in dict.fromkeys(
            f"{value_word('parameter', each.parameter, language)}: {each.label.in_language(language)}"
            for each in own
        ):
            yield from _paragraph("  - ", said)


def _paragraph(head: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent="    ", break_long_words=False)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
