"""Answers about persons. Only membership and sharing may ask: what reaches a screen goes through the hatch.

A person who is merged into another is read as that other; `as_of` asks what was known at a moment, else what is known now.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from django.db import connection

from helhed.audit.covering import touch
from helhed.periods import OPEN, date_of
from helhed.register import statements, wire
from helhed.register.answers import ChildRow, ContactRow, FactRow, KeyedFact, MergeRow, PersonRow
from helhed.register.cpr import Number, read_number
from helhed.register.models import Change, Delivery, Merge, Person, Term, Unit

MOST_WORDS = 5
_SPAN = {"start": "int4", "end": "int4"}
_SPELL = {"person": "int8", "term": "int2", "unit": "int2", **_SPAN}
_RELATION = {"parent": "int8", "child": "int8", **_SPAN}
_DANISH_LAST = str.maketrans("æøåäö", "{|}{|")


def facts(
    people: Iterable[int] | None = None, as_of: datetime | None = None
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """People, spells and relations of everyone, or of some persons and between them, as Arrow tables.

    people: person int64, birth_date date32 (null = not known). spells: person, kind, code, unit (dictionaries of text,
    null unit = not said), start, end (date32, half-open, null = open). relations: parent, child, start, end.
    """
    everyone = people is None
    scope = _scope(people or (), as_of)
    birth = wire.fetch(statements.people(everyone=everyone), {"person": "int8", "birth": "int4"}, scope)
    spells = wire.fetch(statements.spells(everyone=everyone), _SPELL, scope)
    related = wire.fetch(statements.relations(everyone=everyone), _RELATION, scope)
    return (
        pa.table({"person": birth["person"], "birth_date": _days(birth["birth"])}),
        pa.table({"person": spells["person"], **_words(spells["term"], spells["unit"]), **_span(spells)}),
        pa.table({"parent": related["parent"], "child": related["child"], **_span(related)}),
    )


def facts_of(person: int, as_of: datetime | None = None) -> list[FactRow]:
    """A person's facts, the earliest first."""
    return facts_of_each([person], as_of)[person]


def facts_of_each(
    people: Iterable[int], as_of: datetime | None = None, kinds: Collection[str] | None = None
) -> dict[int, list[FactRow]]:
    """The facts of each of some persons, the earliest first; an empty list for who has none. `kinds`: of these only."""
    found: dict[int, list[FactRow]] = {person: [] for person in people}
    statement = statements.FACTS_OF if kinds is None else statements.FACTS_OF_KINDS
    with connection.cursor() as cursor:
        asked = _scope(found, as_of) | {"kinds": sorted(kinds or ())}
        cursor.execute(statement, asked)
        for person, *row in cursor.fetchall():
            if person in found:  # who is asked for under a number that is now another's has none of his own
                found[person].append(FactRow(*row))
    if any(found.values()):
        touch("facts")
    return found


def facts_of_kind(kind: str) -> list[KeyedFact]:
    """Everybody's facts of one kind as they are known now, by source, table and key."""
    with connection.cursor() as cursor:
        cursor.execute(statements.FACTS_OF_KIND, {"kind": kind, "as_of": None})
        return [KeyedFact(*row) for row in cursor.fetchall()]


def person_by_key(key: UUID) -> PersonRow | None:
    """The person of a key, or None. The key of a person merged into another gives that other."""
    return next(iter(_persons("SELECT id FROM register_person WHERE key = %(key)s", {"key": key})), None)


def persons_by_keys(keys: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """The persons of some keys, by their own key; one merged into another is that other."""
    query = "SELECT id FROM register_person WHERE key = ANY(%(keys)s::uuid[])"
    asked = list(keys)
    return {row.key: row for row in _persons(query, {"keys": asked}, len(asked))}


def persons_asked_for(keys: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """The persons of some keys, by the key asked for, in the order of those; who was merged into another is that other."""
    asked = sorted(set(keys))
    found = persons_by_keys(asked)
    for key in asked:
        if key not in found and (row := person_by_key(key)) is not None:
            found[key] = row
    return {key: found[key] for key in asked if key in found}


def keys_of(people: Iterable[int]) -> dict[int, UUID]:
    """The keys of some persons, by id."""
    return dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "key"))


def ids_of(keys: Iterable[UUID]) -> dict[UUID, int]:
    """The ids of some persons, by their own key; also of one merged into another."""
    return dict(Person.objects.filter(key__in=list(keys)).values_list("key", "pk"))


def merges() -> list[MergeRow]:
    """Every time that two persons were said to be one, the oldest first; those that are parted again too."""
    rows = Merge.objects.select_related("kept", "gone").order_by("pk")
    return [MergeRow(row.pk, row.kept.key, row.gone.key, row.known_from, row.known_to) for row in rows]


def find(text: str, limit: int = 50) -> list[PersonRow]:
    """The persons with a number, or whose names begin with all the words, in Danish order.

    At least one word must begin the given or the family name; the others may also begin a later part of them.
    """
    number = read_number(text)
    if number is not None:
        return _by_number(number)
    starts = [danish_sorted(word) for word in text.replace(",", " ").split()[:MOST_WORDS]]
    if not starts:
        return []
    params: dict[str, Any] = {f"first{i}": f"{start}%" for i, start in enumerate(starts)}
    params |= {f"later{i}": f"% {start}%" for i, start in enumerate(starts)}
    return _persons(statements.named(len(starts)), params, limit)


def contact_of(person: int) -> ContactRow:
    """Where a person lives and answers the telephone, each as the first source that says anything of it says."""
    with connection.cursor() as cursor:
        cursor.execute(statements.CONTACT_OF, {"person": person})
        touch("contact")
        return ContactRow(*cursor.fetchone())


def sources_of_each(people: Iterable[int]) -> dict[int, list[tuple[str, str, str]]]:
    """The sources that told of each of some persons: their key, the Danish and the English label; who comes first first."""
    found: dict[int, list[tuple[str, str, str]]] = {person: [] for person in people}
    with connection.cursor() as cursor:
        cursor.execute(statements.SOURCES_OF_EACH, _scope(found, None))
        for person, *source in cursor.fetchall():
            if person in found:
                found[person].append(tuple(source))
    return found


def alike_to_each(people: Iterable[int], limit: int = 5) -> dict[int, list[PersonRow]]:
    """Others born on the same day whose whole name is that of one of some persons: perhaps the same person. So many of each
    at most; an empty list for who has none."""
    found: dict[int, list[int]] = {person: [] for person in people}
    with connection.cursor() as cursor:
        cursor.execute(statements.ALIKE_TO_EACH, _scope(found, None))
        for person, other in cursor.fetchall():
            if person in found and len(found[person]) < limit:
                found[person].append(other)
    others = sorted({other for each in found.values() for other in each})
    rows = _persons("SELECT unnest(%(others)s::bigint[]) AS id", {"others": others}, len(others))
    known = {row.id: row for row in rows}
    return {person: [known[other] for other in each if other in known] for person, each in found.items()}


def is_number(text: str) -> bool:
    """Whether a text is a whole number that a person may be known by."""
    return read_number(text) is not None


def number_of_people() -> int:
    """How many persons there are, those merged into another not counted."""
    with connection.cursor() as cursor:
        cursor.execute(statements.NUMBER_OF_PEOPLE)
        return int(cursor.fetchone()[0])


def children_of(person: int, on: date) -> list[int]:
    """The children of a person on a day."""
    with connection.cursor() as cursor:
        cursor.execute(statements.CHILDREN_OF, _scope([person], None) | {"on": on})
        return [row[0] for row in cursor.fetchall()]


def children_of_each(people: Iterable[int], on: date) -> dict[int, list[int]]:
    """The children of each of some persons on a day; an empty list for who has none."""
    found: dict[int, list[int]] = {person: [] for person in people}
    with connection.cursor() as cursor:
        cursor.execute(statements.CHILDREN_OF_EACH, _scope(found, None) | {"on": on})
        for parent, child in cursor.fetchall():
            if parent in found:
                found[parent].append(child)
    return found


def children_at_any_time(person: int) -> list[ChildRow]:
    """Everyone who is, was or will be a child of a person, with the days of each relation."""
    with connection.cursor() as cursor:
        cursor.execute(statements.CHILDREN_AT_ANY_TIME, _scope([person], None))
        return [ChildRow(*row) for row in cursor.fetchall()]


def ties_of_each(
    people: Iterable[int], as_of: datetime | None = None
) -> list[tuple[int, int, date, date | None]]:
    """Every relation in which one of some persons is the parent or the child: (parent, child, first day, day it ends)."""
    with connection.cursor() as cursor:
        cursor.execute(statements.TIES_OF_EACH, _scope(people, as_of))
        return cursor.fetchall()


def births_of(people: Iterable[int], as_of: datetime | None = None) -> dict[int, date | None]:
    """When each of some persons was born, None where no source says."""
    asked = list(people)
    if not asked:
        return {}
    rows = wire.fetch(
        statements.people(everyone=False), {"person": "int8", "birth": "int4"}, _scope(asked, as_of)
    )
    said = zip(rows["person"].tolist(), rows["birth"].tolist(), strict=True)
    return {person: None if birth == OPEN else date_of(birth) for person, birth in said}


def complete_until() -> datetime:
    """The last moment of which everything is known for good: what is asked as of it is the same whenever it is asked.

    Now (or the latest delivery's, if that is later); before the beginning of a delivery that is being taken in, whose
    facts will be known from a moment since then.
    """
    with connection.cursor() as cursor:
        cursor.execute(statements.COMPLETE_UNTIL)
        return cursor.fetchone()[0]


def families_of(people: Iterable[int]) -> list[int]:
    """The persons and all they are related to as parent or child, however far, and those they are merged with."""
    ties = wire.fetch(statements.TIES, {"one": "int8", "other": "int8"})
    here = np.concatenate((ties["one"], ties["other"]))
    there = np.concatenate((ties["other"], ties["one"]))
    found = latest = np.unique(np.fromiter(people, np.int64))
    while len(latest):
        latest = np.setdiff1d(there[np.isin(here, latest)], found)
        found = np.union1d(found, latest)
    return [int(person) for person in found]


def touched_by(delivery: Delivery) -> list[int]:
    """The persons a delivery touched; empty also where it touched everyone (`delivery.touches_everyone`)."""
    return list(Change.objects.filter(delivery=delivery).order_by("person").values_list("person", flat=True))


def _scope(people: Iterable[int], as_of: datetime | None) -> dict[str, Any]:
    """What a statement is given: the persons, with those who are read as one of them, and the moment."""
    asked = list(people)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(statements.READ_AS_THESE, {"people": asked, "as_of": as_of})
            asked += [row[0] for row in cursor.fetchall()]
    return {"people": asked, "as_of": as_of}


def _by_number(number: Number) -> list[PersonRow]:
    query = "SELECT person_id AS id FROM register_identifier WHERE known_to IS NULL AND value = %(value)s AND kind = %(kind)s"
    return _persons(query, {"value": number.value, "kind": number.kind})


def _persons(query: str, params: dict[str, Any], limit: int = 50) -> list[PersonRow]:
    """The persons whose ids a query answers, each as the one it is read as."""
    with connection.cursor() as cursor:
        cursor.execute(statements.persons_of(query), params | {"limit": limit})
        rows = [
            PersonRow(number, key, given, family, birth_date, _written(value), protected)
            for number, key, given, family, birth_date, value, protected in cursor.fetchall()
        ]
    if rows:
        touch("persons")
    return rows


def _written(value: str | None) -> str:
    number = read_number(value or "")
    return number.written if number else value or ""


def danish_sorted(word: str) -> str:
    """A word as names are sorted and searched by, its special signs of LIKE escaped."""
    return _escaped(word.casefold().translate(_DANISH_LAST))


def age_on(birth_date: date | None, on: date) -> int | None:
    """Full years on a day; who is born on 29 February has the birthday on 1 March in a common year."""
    if birth_date is None:
        return None
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def _escaped(word: str) -> str:
    for special in ("\\", "%", "_"):
        word = word.replace(special, f"\\{special}")
    return word


def _words(term: Any, unit: Any) -> dict[str, Any]:
    """The kind, code and unit of each spell as dictionary columns."""
    terms = list(Term.objects.order_by("id").values_list("id", "kind", "code"))
    units = list(Unit.objects.order_by("id").values_list("id", "key"))
    kinds = sorted({kind for _, kind, _ in terms})
    codes = sorted({code for _, _, code in terms})
    kind_of = _numbering((number, kinds.index(kind)) for number, kind, _ in terms)
    code_of = _numbering((number, codes.index(code)) for number, _, code in terms)
    unit_of = _numbering((number, place) for place, (number, _) in enumerate(units))
    text = pa.string()
    return {
        "kind": pa.DictionaryArray.from_arrays(pa.array(kind_of[term]), pa.array(kinds, text)),
        "code": pa.DictionaryArray.from_arrays(pa.array(code_of[term]), pa.array(codes, text)),
        "unit": pa.DictionaryArray.from_arrays(
            pa.array(unit_of[unit], mask=unit == 0), pa.array([key for _, key in units], text)
        ),
    }


def _numbering(pairs: Iterable[tuple[int, int]]) -> Any:
    """From a small number in the store to a place in a dictionary, as an array to look up in."""
    known = dict(pairs)
    places = np.zeros(max(known, default=0) + 1, np.int16)
    for number, place in known.items():
        places[number] = place
    return places


def _span(columns: dict[str, Any]) -> dict[str, Any]:
    return {"start": _days(columns["start"]), "end": _days(columns["end"])}


def _days(day: Any) -> Any:
    return pa.array(day, mask=day == OPEN).cast(pa.date32())
