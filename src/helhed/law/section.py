"""A section as it is read: entries by key, and those in force on a day; the units also as a tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from helhed.law.entries import Entry, Unit

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, eq=False)
class Section(Mapping[str, E], Generic[E]):
    """The entries of one section by key, in the order of the files. `name` is the section's."""

    name: str
    entries: Mapping[str, E]

    def __getitem__(self, key: str) -> E:
        return self.entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def on(self, day: int) -> "Section[E]":
        """The entries in force on a day; an unknown beginning or end counts as open."""
        return Section(self.name, {key: entry for key, entry in self.entries.items() if entry.valid_on(day)})

    def successors(self, key: str) -> tuple[E, ...]:
        """What took over from an entry, and from that, to the end; nearest first, each once."""
        found: dict[str, E] = {}
        waiting = list(self.entries[key].successors)
        while waiting:
            each = waiting.pop(0)
            if each not in found:
                found[each] = self.entries[each]
                waiting.extend(self.entries[each].successors)
        return tuple(found.values())

    def predecessors(self, key: str) -> tuple[E, ...]:
        """The entries that name this one as their successor."""
        return tuple(entry for entry in self.entries.values() if key in entry.successors)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit and the units below it, on some day."""

    unit: Unit
    below: tuple["Branch", ...]


def parent_of(unit: Unit) -> str | None:
    """The key of the unit directly above: the path's, else the one it answers to."""
    path, _, last = unit.key.rpartition("/")
    return path if last and path else unit.answers_to


@dataclass(frozen=True, eq=False)
class Units(Section[Unit]):
    """The units, with the organisation as a tree."""

    def tree(self, on: int) -> tuple[Branch, ...]:
        """The organisation on a day, from the top. A unit whose parent is not in force stands under the
        nearest one above that is."""
        valid = self.on(on)
        below: dict[str | None, list[Unit]] = {}
        for unit in valid.values():
            below.setdefault(self._above(unit, valid), []).append(unit)
        return _branches(None, below)

    def _above(self, unit: Unit, valid: Mapping[str, Unit]) -> str | None:
        above = parent_of(unit)
        while above is not None and above not in valid:
            above = parent_of(self.entries[above])
        return above


def _branches(above: str | None, below: Mapping[str | None, list[Unit]]) -> tuple[Branch, ...]:
    return tuple(Branch(unit, _branches(unit.key, below)) for unit in below.get(above, ()))
