"""What changed when, as days with sentences: many changes of one kind on one day are told as one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.law import Change
from helhed.law.sections import SECTIONS
from helhed.periods import date_of

WORDS: dict[str, Promise] = {
    "begins": _("begynder at gælde"),
    "ends": _("ophører"),
    "closes": _("lukkes for nye sager"),
    "version": _("får ny udgave af kriterierne"),
    "law_change": _("lovændring"),
    "reorganisation": _("omorganisering"),
}
ORDER = ("law_change", "reorganisation", "ends", "begins", "closes", "version")


@dataclass(frozen=True)
class Item:
    """An entry that changed, and what took over."""

    section: str
    key: str
    label: str
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """The changes of one kind in one section on one day."""

    what: str
    words: Promise
    section: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Day:
    """A day on which something changed."""

    day: date
    kinds: tuple[Kind, ...]


def days_of_change(changes: Iterable[Change], language: str) -> tuple[Day, ...]:
    """The days, newest first; on each day law and organisation first, then codes, then the groups' versions."""
    ordered = sorted(changes, key=lambda c: (-c.day, ORDER.index(c.what), c.section, c.key))
    return tuple(
        Day(date_of(day), _kinds(of_day, language)) for day, of_day in groupby(ordered, key=lambda c: c.day)
    )


def _kinds(changes: Iterable[Change], language: str) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            what,
            WORDS[what],
            SECTIONS[section].title.in_language(language),
            tuple(Item(c.section, c.key, c.label.in_language(language), c.successors) for c in same),
        )
        for (what, section), same in groupby(changes, key=lambda c: (c.what, c.section))
    )
