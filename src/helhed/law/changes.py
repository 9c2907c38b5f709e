"""What changed when: entries that begin, end or close, versions of groups, changes of law, reorganisations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from helhed.law.entries import Code, Entry
from helhed.law.rulings import LawChange, OrganisationChange
from helhed.law.shapes import Label
from helhed.law.statements import TargetGroup

What = Literal["begins", "ends", "closes", "version", "law_change", "reorganisation"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed on a day. `successors`: what took over, when something ended."""

    day: int
    what: What
    section: str
    key: str
    label: Label
    successors: tuple[str, ...] = ()


def changes(sections: Iterable[Iterable[Any]], frm: int, to: int) -> tuple[Change, ...]:
    """The changes of these sections on the days from `frm` up to, not with, `to`; the oldest first."""
    found = (
        Change(day, what, entry.section, entry.key, entry.label, entry.successors if what == "ends" else ())
        for section in sections
        for entry in _entries(section)
        for day, what in _days(entry)
        if frm <= day < to
    )
    return tuple(sorted(found, key=lambda change: (change.day, change.section, change.key, change.what)))


def _entries(section: Any) -> Iterable[Entry]:
    entries: Iterable[Entry] = section.values()
    return entries


def _days(entry: Entry) -> Iterator[tuple[int, What]]:
    """Each day on which something happened to an entry, and what."""
    if entry.valid_from is not None:
        yield entry.valid_from, "begins"
    if entry.valid_to is not None:
        yield entry.valid_to, "ends"
    if isinstance(entry, Code) and entry.closed_to_new is not None:
        yield entry.closed_to_new, "closes"
    elif isinstance(entry, TargetGroup):
        for version in entry.versions:
            yield version.valid_from, "version"
    elif isinstance(entry, LawChange):
        for day in (*entry.effective, *(() if entry.ends is None else (entry.ends,))):
            yield day, "law_change"
    elif isinstance(entry, OrganisationChange):
        yield entry.effective, "reorganisation"
