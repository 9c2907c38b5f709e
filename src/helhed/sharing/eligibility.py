"""Who meets the criteria of a group, and on which facts: for the hand-over, which acts on it. Nothing here is shown to
anybody; who shows or acts on it writes the line in the log.

Evidence is made by the plain engine from the facts of a person known at a moment, and from nothing else: the same text of
the rule and the same facts give the same verdict whenever they are asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from helhed.audit.canonical import canonical
from helhed.audit.covering import choosing
from helhed.membership import questions as memberships
from helhed.periods import day_of
from helhed.register import questions as register
from helhed.register.questions import FactRow
from helhed.rules.facts import Fact, Person, Relation, World
from helhed.rules.one import Reason, explain
from helhed.sharing import policy
from helhed.sharing.rule_texts import Rule, read_rule, rule_of

Row = dict[str, Any]
IN, OUT, UNSURE, CORRECTED = "in", "out", "unsure", "corrected"


@dataclass(frozen=True)
class Found:
    """That a person meets, does not meet or may meet a group's criteria on a day.

    `facts` are the rows looked at, known at `known_at`: of the person, and of relatives where the rule asks about them.
    `rules` is the hash of `rule_text`. `hash` covers person, group, rule, facts and verdict, not the day or the moment:
    evidence that says the same has the same hash. `verdict`: "true", "false" or "unknown".
    """

    person_key: UUID
    person_id: int
    group: str
    day: date
    known_at: datetime
    rules: str
    rule_text: str
    facts: tuple[Row, ...]
    verdict: str
    hash: str


@dataclass(frozen=True)
class Moved:
    """A person's standing in a group changed with a counting. `what`: "in", "out", "unsure" or "corrected"."""

    person_key: UUID
    group: str
    what: str
    on: date


@dataclass(frozen=True)
class Family:
    """A person's children with a running child case, all who are parents of them (the person too), and the unit of the newest
    such case, "" where it says none."""

    parents: tuple[UUID, ...]
    children: tuple[UUID, ...]
    unit: str


def members(group: str, on: date | None = None) -> list[UUID]:
    """Those certainly in a group on a day (today), as the newest counting says; in the order of their keys."""
    ids = memberships.members_on(group, on or timezone.localdate())
    return sorted(register.keys_of(ids).values())


def countings() -> list[int]:
    """The countings that found changes, oldest first."""
    return memberships.countings_with_changes()


def moved(recount: int, groups: Sequence[str]) -> list[Moved]:
    """Whose standing in these groups one counting changed."""
    changes = memberships.changes_of(recount, groups)
    keys = register.keys_of({change.person_id for change in changes})
    return [Moved(keys[each.person_id], each.group_key, each.what, each.on) for each in changes]


def evidence(people: Sequence[UUID], group: str, day: date | None = None) -> dict[UUID, Found]:
    """What the plain engine says of each person and the group on a day (today), with all it looked at. Who is not in the
    register is left out."""
    day = day or timezone.localdate()
    rule = rule_of(group)
    known_at = register.complete_until()
    ids = register.ids_of(people)
    rows = _rows_of(ids, rule, day, known_at)
    found = {}
    for key, number in ids.items():
        verdict = _verdict(rows[key], rule, key, group, day)
        digest = hash_of(key, group, rule.hash, rows[key], verdict)
        found[key] = Found(
            key, number, group, day, known_at, rule.hash, rule.text, rows[key], verdict, digest
        )
    return found


def replay(facts: Iterable[Mapping[str, Any]], rule_text: str, person: UUID, group: str, day: date) -> str:
    """The verdict of the plain engine on pinned facts under the pinned text of a rule. ValueError or CriteriaError where
    text or facts cannot be read any more."""
    return _verdict(tuple(dict(row) for row in facts), read_rule(rule_text), person, group, day)


def decisive(
    facts: Sequence[Mapping[str, Any]], rule_text: str, person: UUID, group: str, day: date
) -> frozenset[int]:
    """Which of the pinned rows the verdict rests on, by their place among them: those behind a condition that holds, or that
    may hold. ValueError or CriteriaError as `replay`."""
    waiting, found = [_explained(facts, read_rule(rule_text), person, group, day)], set()
    while waiting:
        reason = waiting.pop()
        found |= {fact.origin for fact in reason.facts}
        waiting += reason.parts
    return frozenset(found)


def known_then(person: UUID, known_at: datetime, rule_text: str, day: date) -> tuple[Row, ...]:
    """The rows a rule looked at of a person, as the register says that they were known at a moment."""
    return _rows_of(register.ids_of([person]), read_rule(rule_text), day, known_at).get(person, ())


def hash_of(person: UUID, group: str, rules: str, facts: Sequence[Mapping[str, Any]], verdict: str) -> str:
    """The hash of evidence: over canonical JSON of whom, which group and rule, the facts and the verdict."""
    said = {"person": str(person), "group": group, "rules": rules, "facts": list(facts), "verdict": verdict}
    return sha256(canonical(said).encode()).hexdigest()


def units_of(people: Sequence[UUID], on: date | None = None) -> dict[UUID, tuple[str, str]]:
    """For each person the unit of the newest open employment case and that of the newest open social case, the primary
    one first; "" where there is none or it says no unit."""
    on = on or timezone.localdate()
    ids = register.ids_of(people)
    with choosing():
        facts = register.facts_of_each(ids.values(), kinds=("employment_case", "social_case"))
    return {
        key: (_newest(facts[number], ("employment_case",), on), _newest(facts[number], ("social_case",), on))
        for key, number in ids.items()
    }


def families(people: Sequence[UUID], on: date | None = None) -> dict[UUID, Family]:
    """The families of those among these persons who have a child with a running child case; the others are left out."""
    on = on or timezone.localdate()
    ids = register.ids_of(people)
    below = [tie for tie in _running(ids.values(), on) if tie[0] in set(ids.values())]
    with choosing():
        facts = register.facts_of_each({child for _, child in below}, kinds=("child_case",))
    units = {
        child: _newest(facts[child], ("child_case",), on) for _, child in below if _open(facts[child], on)
    }
    ties = [tie for tie in _running(units, on) if tie[1] in units]
    keys = register.keys_of({one for tie in ties for one in tie})
    found = {}
    for key, number in ids.items():
        children = sorted({child for parent, child in ties if parent == number})
        if children:
            parents = sorted({keys[parent] for parent, child in ties if child in children})
            unit = next(filter(None, (units[child] for child in children)), "")
            found[key] = Family(tuple(parents), tuple(keys[child] for child in children), unit)
    return found


def _running(people: Iterable[int], on: date) -> list[tuple[int, int]]:
    """Parent and child of each relation on a day in which one of these is the one or the other."""
    return sorted({tie[:2] for tie in register.ties_of_each(people) if _on(tie[2], tie[3], on)})


def _open(facts: Iterable[FactRow], on: date) -> bool:
    return any(fact.kind == "child_case" and policy.holds(fact, on) for fact in facts)


def _newest(facts: Iterable[FactRow], kinds: tuple[str, ...], on: date) -> str:
    held = [fact for fact in facts if fact.kind in kinds and policy.holds(fact, on)]
    last = max(held, key=lambda fact: (fact.code == "primaer", fact.true_from), default=None)
    return last.unit if last else ""


def _rows_of(
    ids: Mapping[UUID, int], rule: Rule, day: date, known_at: datetime
) -> dict[UUID, tuple[Row, ...]]:
    """For each person the rows the rule looks at, in an order that depends on nothing but what they say."""
    own = {number: key for key, number in ids.items()}
    ties = _ties_around(ids.values(), rule.steps, day, known_at)
    everyone = sorted({*ids.values(), *(one for tie in ties for one in tie[:2])})
    with choosing():
        facts = register.facts_of_each(everyone, known_at, rule.own.kinds | rule.kin.kinds)
        births = register.births_of(everyone, known_at) if rule.own.age or rule.kin.age else {}
    keys, near, found = own | register.keys_of(set(everyone) - own.keys()), _near(ties), {}
    for key, number in ids.items():
        circle, rows = _within(number, near, rule.steps), []
        for one in circle:
            looks = rule.own if one == number else rule.kin
            rows.append(_person(keys[one], births.get(one) if looks.age else None))
            rows += [_fact(keys[one], fact) for fact in facts[one] if fact.kind in looks.kinds]
        rows += [
            _tie(keys[up], keys[down], start, end)
            for up, down, start, end in ties
            if up in circle and down in circle
        ]
        found[key] = tuple(sorted(rows, key=canonical))
    return found


def _ties_around(
    people: Iterable[int], steps: int, day: date, known_at: datetime
) -> list[tuple[int, int, date, date | None]]:
    """The relations on the day between persons, and those so many relations away."""
    seen: set[int] = set()
    fresh, ties = set(people), set[tuple[int, int, date, date | None]]()
    for _step in range(steps):
        if not fresh:
            break
        new = {tie for tie in register.ties_of_each(fresh, known_at) if _on(tie[2], tie[3], day)}
        ties |= new
        seen |= fresh
        fresh = {one for tie in new for one in tie[:2]} - seen
    return sorted(ties, key=lambda tie: (tie[0], tie[1], tie[2]))


def _near(ties: Iterable[tuple[int, int, date, date | None]]) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {}
    for parent, child, _start, _end in ties:
        near.setdefault(parent, set()).add(child)
        near.setdefault(child, set()).add(parent)
    return near


def _within(person: int, near: Mapping[int, set[int]], steps: int) -> set[int]:
    """The person and everyone at most so many relations away."""
    found = fresh = {person}
    for _step in range(steps):
        fresh = {other for one in fresh for other in near.get(one, ())} - found
        found = found | fresh
    return found


def _verdict(rows: Sequence[Row], rule: Rule, person: UUID, group: str, day: date) -> str:
    return _explained(rows, rule, person, group, day).value.word


def _explained(rows: Sequence[Mapping[str, Any]], rule: Rule, person: UUID, group: str, day: date) -> Reason:
    world = World(
        [Person(row["person"], _day(row["born"])) for row in rows if row["row"] == "person"],
        [
            Fact(
                row["person"],
                row["kind"],
                row["code"],
                row["unit"] or None,
                _day(row["from"]),
                _day(row["to"]),
                place,
            )
            for place, row in enumerate(rows)
            if row["row"] == "fact"
        ],
        [
            Relation(row["parent"], row["child"], _day(row["from"]), _day(row["to"]))
            for row in rows
            if row["row"] == "relation"
        ],
    )
    return explain(world, str(person), group, day_of(day), rule.groups, rule.vocabulary)


def _person(key: UUID, born: date | None) -> Row:
    return {"row": "person", "person": str(key), "born": _text(born)}


def _fact(key: UUID, fact: FactRow) -> Row:
    return {
        "row": "fact",
        "person": str(key),
        "kind": fact.kind,
        "code": fact.code,
        "unit": fact.unit,
        "from": _text(fact.true_from),
        "to": _text(fact.true_to),
        "source": fact.source,
        "table": fact.table,
        "key": fact.source_key,
        "known": fact.known_from.isoformat(),
    }


def _tie(parent: UUID, child: UUID, start: date, end: date | None) -> Row:
    return {
        "row": "relation",
        "parent": str(parent),
        "child": str(child),
        "from": _text(start),
        "to": _text(end),
    }


def _on(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or end > day)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> Any:
    return None if text is None else day_of(date.fromisoformat(text))
