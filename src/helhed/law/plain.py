"""Entries as dicts, lists and texts, for JSON: days as dates, words in both languages, empty fields left out."""

from dataclasses import is_dataclass
from typing import Any, get_args, get_origin

from helhed.law.entries import Entry
from helhed.law.shapes import shape_of, unwrapped
from helhed.law.statements import TargetGroup
from helhed.periods import Duration, date_of
from helhed.rules.criteria import Version
from helhed.rules.writing import criterion_as_plain


def entry_as_plain(entry: Entry) -> dict[str, Any]:
    """An entry with its section and key; a group with its versions and criteria."""
    plain = {"section": entry.section, "key": entry.key, **_fields(entry)}
    if isinstance(entry, TargetGroup):
        plain["versions"] = [version_as_plain(version) for version in entry.versions]
    return plain


def version_as_plain(version: Version) -> dict[str, Any]:
    """A version of a group as the files write it."""
    return {
        "valid_from": date_of(version.valid_from).isoformat(),
        "source": version.source,
        "criteria": criterion_as_plain(version.criteria),
    }


def _fields(value: Any) -> dict[str, Any]:
    return {
        name: _plain(getattr(value, name), field.hint)
        for name, field in shape_of(type(value)).items()
        if field.is_said(getattr(value, name))
    }


def _plain(value: Any, hint: Any) -> Any:
    inner, mark = unwrapped(hint)
    named = getattr(mark, "name", "")
    if named == "day":
        return date_of(value).isoformat()
    if named == "sources":
        return [str(each) for each in value]
    if isinstance(value, Duration):
        return str(value)
    if get_origin(inner) is tuple:
        return [_plain(each, get_args(inner)[0]) for each in value]
    return _fields(value) if is_dataclass(value) else value
