"""The world an explanation is made in: the facts of one citizen that are open, and of the children what is open too."""

from collections.abc import Iterable
from datetime import date

from helhed.periods import day_of
from helhed.register import questions as register
from helhed.register.questions import FactRow, PersonRow
from helhed.rules.facts import Fact, Key, Person, Relation, World
from helhed.sharing.why.answers import MadeUpFact
from helhed.sharing.why.sight import CHILD_CASE, Sight

SELF, CHILD, PARENT = "self", "child", "parent"
_SINCE = day_of(date(1900, 1, 1))


def world_of(person: PersonRow, facts: Iterable[FactRow], sight: Sight) -> World:
    """A citizen's own facts with their rows, and the children's cases. What is closed is not in it."""
    own = [_fact(person.id, row, row) for row in facts if sight.sees(row.kind, row.code)]
    people = [Person(person.id, None if person.birth_date is None else day_of(person.birth_date))]
    if not sight.sees(CHILD_CASE, "", relative=True):
        return World(people, own)
    ties = register.children_at_any_time(person.id)
    children = {tie.child for tie in ties}
    cases = [
        _fact(child, row, None)
        for child, rows in register.facts_of_each(children).items()
        for row in rows
        if row.kind == CHILD_CASE
    ]
    related = [Relation(person.id, tie.child, day_of(tie.start), _day(tie.end)) for tie in ties]
    return World([*people, *(Person(child, None) for child in children)], [*own, *cases], related)


def world_made_up(born: date | None, facts: Iterable[MadeUpFact]) -> World:
    """A made-up citizen, `self`, with one child and one parent where a fact is theirs."""
    facts = list(facts)
    who = {SELF, *(fact.who for fact in facts)}
    people = [Person(one, day_of(born) if one == SELF and born else None) for one in sorted(who)]
    spells = [
        Fact(fact.who, fact.kind, fact.code, fact.unit or None, day_of(fact.start), _day(fact.end))
        for fact in facts
    ]
    ties = {CHILD: (SELF, CHILD), PARENT: (PARENT, SELF)}
    return World(people, spells, [Relation(*ties[one], _SINCE) for one in sorted(who - {SELF})])


def _fact(person: Key, row: FactRow, origin: object) -> Fact:
    return Fact(
        person, row.kind, row.code, row.unit or None, day_of(row.true_from), _day(row.true_to), origin
    )


def _day(day: date | None) -> int | None:
    return None if day is None else day_of(day)
