"""What can be chosen in a block: the codes of a kind and the units, as trees in reading order, and the target groups."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.law import Catalogue
from helhed.law.entries import Entry
from helhed.periods import date_of

_OWN = ("sof", "bif")
"""The two administrations stand first among the units."""


@dataclass(frozen=True)
class Choice:
    """A code or a unit: its place in the tree, and a note on when it holds and what took its place."""

    key: str
    label: str
    depth: int
    note: str
    words: str


@lru_cache(maxsize=64)
def codes_of(book: Catalogue, kind: str, language: str) -> tuple[Choice, ...]:
    """The codes of a kind of fact, those below a code after it."""
    return _choices(book.section(kind), book.vocabulary().codes_of(kind), language)


@lru_cache(maxsize=4)
def units_of(book: Catalogue, language: str) -> tuple[Choice, ...]:
    """The units, SOF's and BIF's first."""
    return _choices(book.units, book.vocabulary().units, language, _own_first)


@lru_cache(maxsize=4)
def groups_of(book: Catalogue, language: str) -> tuple[tuple[str, str], ...]:
    """The target groups as (key, words), in the catalogue's order."""
    return tuple(
        (entry.key, f"{entry.key} · {entry.label.in_language(language)}") for entry in book.groups_in_order()
    )


def chosen(choices: Iterable[Choice], keys: Iterable[str]) -> list[tuple[Choice, bool]]:
    """The choices with whether each is chosen; what is chosen and not in the catalogue stands last, to be taken away."""
    wanted = dict.fromkeys(keys)
    listed = [(choice, choice.key in wanted) for choice in choices]
    known = {choice.key for choice, _chosen in listed}
    strange = [Choice(key, key, 0, _("findes ikke i kataloget"), key) for key in wanted if key not in known]
    return listed + [(choice, True) for choice in strange]


def _choices(
    section: Mapping[str, Entry],
    keys: frozenset[str],
    language: str,
    rank: Callable[[str], int] = lambda key: 0,
) -> tuple[Choice, ...]:
    order = {key: number for number, key in enumerate(section)}

    def place(key: str) -> tuple[object, ...]:
        steps = key.split("/")
        paths = ["/".join(steps[: n + 1]) for n in range(len(steps))]
        return (rank(key), *((order.get(path, len(order)), path) for path in paths))

    with override(language):
        return tuple(_choice(section, key, keys, language) for key in sorted(keys, key=place))


def _choice(section: Mapping[str, Entry], key: str, keys: frozenset[str], language: str) -> Choice:
    entry = section[key]
    label = entry.label.in_language(language)
    steps = key.split("/")
    above = sum("/".join(steps[:n]) in keys for n in range(1, len(steps)))
    notes = []
    if entry.valid_to is not None:
        notes.append(_("til %(day)s") % {"day": date_format(date_of(entry.valid_to - 1), "DATE_FORMAT")})
    if entry.successors:
        after = ", ".join(
            section[each].label.in_language(language).split(" (")[0] for each in entry.successors
        )
        notes.append(_("siden %(after)s, som tælles med") % {"after": after})
    words = " ".join(
        (label, entry.label.da, entry.label.en, key, *entry.names, getattr(entry, "paragraph", None) or "")
    )
    return Choice(key, label, above, "; ".join(notes), words.casefold())


def _own_first(key: str) -> int:
    top = key.split("/")[0]
    return _OWN.index(top) if top in _OWN else len(_OWN)
