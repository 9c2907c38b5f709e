"""The facts a plain evaluation looks at: people, spells and relations of a few persons, found by person."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from helhed.periods import Span
from helhed.rules.errors import Message, RefusedError

Key: TypeAlias = Hashable  # a person's key: a number or a text


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the day of birth, None if it is not known."""

    person: Key
    birth_date: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A spell of a kind, code and unit (None = not said) on `[start, end)`; end None = open.

    `origin` is the caller's own: where the fact comes from, shown with an explanation. It decides nothing.
    """

    person: Key
    kind: str
    code: str
    unit: str | None
    start: int
    end: int | None = None
    origin: object = field(default=None, compare=False)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Relation:
    """A parent and a child on `[start, end)`; end None = open."""

    parent: Key
    child: Key
    start: int
    end: int | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class World:
    """People, spells and relations, found by person. RefusedError if they do not fit together."""

    def __init__(
        self, people: Iterable[Person], spells: Iterable[Fact] = (), relations: Iterable[Relation] = ()
    ) -> None:
        self.birth: dict[Key, int | None] = {}
        self._spells: defaultdict[Key, list[Fact]] = defaultdict(list)
        self._children: defaultdict[Key, list[Relation]] = defaultdict(list)
        self._parents: defaultdict[Key, list[Relation]] = defaultdict(list)
        for person in people:
            if person.person in self.birth:
                raise RefusedError(person_twice(person.person))
            self.birth[person.person] = person.birth_date
        for fact in spells:
            self._check("spells", fact.person, fact.start, fact.end)
            self._spells[fact.person].append(fact)
        for relation in relations:
            for person_key in (relation.parent, relation.child):
                self._check("relations", person_key, relation.start, relation.end)
            self._children[relation.parent].append(relation)
            self._parents[relation.child].append(relation)

    def _check(self, table: str, person: Key, start: int, end: int | None) -> None:
        if person not in self.birth:
            raise RefusedError(person_missing(table, person))
        if end is not None and end <= start:
            raise RefusedError(ends_before_start(table, person))

    def refuse_missing(self, person: Key) -> None:
        """RefusedError if the person is not one of the people."""
        if person not in self.birth:
            raise RefusedError(
                Message(
                    f"Person {person} findes ikke i people. Ret nøglen, eller tilføj personen.",
                    f"Person {person} is not in people. Correct the key, or add the person.",
                )
            )

    def spells_of(self, person: Key) -> list[Fact]:
        """The spells of a person, in the order given."""
        return self._spells.get(person, [])

    def children_of(self, person: Key) -> list[Relation]:
        """The relations in which the person is the parent."""
        return self._children.get(person, [])

    def parents_of(self, person: Key) -> list[Relation]:
        """The relations in which the person is the child."""
        return self._parents.get(person, [])


def person_missing(table: str, person: object) -> Message:
    return Message(
        f"Person {person} i {table} findes ikke i people. Tilføj personen, eller fjern rækken.",
        f"Person {person} in {table} is not in people. Add the person, or remove the row.",
    )


def person_twice(person: object) -> Message:
    return Message(
        f"Person {person} står to gange i people. Behold én række.",
        f"Person {person} is in people twice. Keep one row.",
    )


def ends_before_start(table: str, person: object) -> Message:
    return Message(
        f"En række i {table} for person {person} slutter ikke efter sin start. Ret datoerne.",
        f"A row in {table} of person {person} does not end after its start. Correct the dates.",
    )
