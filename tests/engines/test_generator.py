"""What the generated cases hold: everything the specification speaks of, often. A million cases are not one case."""

from collections import Counter

from engines.cases import KINDS, population
from engines.evaluators import by_one
from engines.test_agreement import PORTION, PORTIONS
from helhed.periods import birthday, date_of
from helhed.rules.criteria import Age, AnyChild, AnyParent, AtLeast, GroupRef, Leaf, parts
from helhed.rules.matching import terms_of
from helhed.rules.values import Value

MODIFIERS = ("within", "lasted", "ending_within")
EXPECTED = [
    *(f"{modifier} in {unit}" for modifier in MODIFIERS for unit in "DWMY"),
    *(f"{modifier} clamped to the end of a month" for modifier in MODIFIERS),
    "unknown by a code above", "unknown by a missing unit", "unknown by a unit above",
    "matched by a successor", "matched by a successor's successor", "matched by a successor of a code below",
    "matched by a unit's successor", "exact against a successor", "a kind nobody asks for", "any code",
    "born on 29 February, birthday on 1 March", "born on 29 February, birthday in a leap year",
    "born after a fact", "no birth date", "open spell", "touching spells", "overlapping spells", "a gap of a day",
    "spell within before the window", "spell after the window", "spell across the window",
    "relation begins in the window", "relation ends in the window", "open relation", "several children",
    "several parents", "one's own child", "a child's child", "a relative's relative", "a relative's group",
    "gap before the first version", "version changes in the window", "three versions", "group of a group of a group",
    "at_least with one criterion twice", "at_least between one and all", "more than 64 leaves", "open window",
    "window of one day", "window of a week at most", "person without facts", "no spells", "no relations",
    "days before 1970", "29 February of a century", "true", "unknown",
]  # fmt: skip


def test_every_feature_is_met_hundreds_of_times():
    """In the populations of the ordinary run; rare in one population is frequent in all."""
    met = Counter()
    for seed in range(PORTIONS * PORTION):
        case, _ = population(seed)
        for look in (look_at_leaves, look_at_people, look_at_spells, look_at_relations, look_at_groups):
            met.update(name for name, yes in look(case) if yes)
        met.update(spell[0] for found in by_one(case).values() for spell in found)
    rare = {name: met[name] for name in EXPECTED if met[name] < (5 if name in BY_POPULATION else 100)}
    assert not rare and set(met) <= set(EXPECTED)


BY_POPULATION = {
    "open window", "window of one day", "window of a week at most", "no spells", "no relations",
    "more than 64 leaves",
}  # fmt: skip


def look_at_leaves(case):
    leaves = [c for group in case.groups.values() for v in group.versions for c in inside(v.criteria)]
    leaves = [leaf for leaf in leaves if isinstance(leaf, Leaf)]
    yield "more than 64 leaves", len(set(leaves)) > 64
    for leaf in leaves:
        yield "any code", leaf.any_of is None
        for modifier in MODIFIERS:
            if duration := getattr(leaf, modifier):
                yield f"{modifier} in {duration.unit}", True
        for spell in case.spells:
            if spell.kind == leaf.kind:
                yield from how_matched(leaf, spell, case.vocabulary)
                yield from clamped(leaf, spell)


def how_matched(leaf, spell, vocabulary):
    terms = terms_of(leaf, vocabulary)
    code, unit = terms.match_code(spell.code), terms.match_unit(spell.unit)
    yield "unknown by a code above", code is Value.UNKNOWN and unit is Value.TRUE
    yield "unknown by a missing unit", unit is Value.UNKNOWN and code is Value.TRUE and spell.unit is None
    yield "unknown by a unit above", unit is Value.UNKNOWN and code is Value.TRUE and spell.unit is not None
    named = terms_of(Leaf(leaf.kind, leaf.any_of, leaf.unit, exact=True), vocabulary)
    replaced = vocabulary.successors.get(leaf.kind, {})
    if leaf.any_of and code is Value.TRUE and named.match_code(spell.code) is not Value.TRUE:
        yield "matched by a successor", True
        direct = {new for old in leaf.any_of for new in replaced.get(old, ())}
        below = {
            new
            for old in replaced
            if any(old.startswith(f"{n}/") for n in leaf.any_of)
            for new in replaced[old]
        }
        yield "matched by a successor of a code below", at(spell.code, below) and not at(spell.code, direct)
        yield "matched by a successor's successor", not at(spell.code, direct | below)
    yield (
        "matched by a unit's successor",
        unit is Value.TRUE and named.match_unit(spell.unit) is not Value.TRUE,
    )
    if leaf.exact and leaf.any_of:
        free = terms_of(Leaf(leaf.kind, leaf.any_of), vocabulary)
        yield "exact against a successor", free.match_code(spell.code) > code


def at(code, names):
    return any(code == name or code.startswith(f"{name}/") for name in names)


def clamped(leaf, spell):
    for modifier, day in (("within", spell.end), ("lasted", spell.start), ("ending_within", spell.end)):
        duration = getattr(leaf, modifier)
        if duration and duration.months and day is not None:
            moved = duration.before(day) if modifier == "ending_within" else duration.after(day)
            yield f"{modifier} clamped to the end of a month", date_of(moved).day != date_of(day).day


def look_at_people(case):
    ages = [c for group in case.groups.values() for v in group.versions for c in inside(v.criteria)]
    years = {
        year for age in ages if isinstance(age, Age) for year in (age.start, age.below) if year is not None
    }
    active = {spell.person for spell in case.spells}
    for person in case.people:
        born = person.birth_date
        yield "no birth date", born is None
        yield "person without facts", person.person not in active
        if born is None:
            continue
        yield "born after a fact", any(s.person == person.person and s.start < born for s in case.spells)
        if date_of(born).strftime("%m-%d") == "02-29":
            for year in years:
                leap = date_of(birthday(born, year)).month == 2
                yield f"born on 29 February, birthday {'in a leap year' if leap else 'on 1 March'}", True


def look_at_spells(case):
    window, related = case.window, {}
    yield "no spells", not case.spells
    yield "no relations", not case.relations
    yield "open window", window.end is None
    yield "window of one day", window.stop - window.start == 1
    yield "window of a week at most", window.stop - window.start <= 7
    for spell in case.spells:
        yield "a kind nobody asks for", spell.kind not in KINDS
        yield "open spell", spell.end is None
        yield "days before 1970", spell.start < 0
        yield "spell within before the window", spell.span.stop <= window.start
        yield "spell after the window", spell.start >= window.stop
        yield "spell across the window", spell.start < window.start and window.stop < spell.span.stop
        for day in (spell.start, spell.end):
            when = day is not None and date_of(day)
            yield "29 February of a century", when and when.year == 2000 and (when.month, when.day) == (2, 29)
        related.setdefault((spell.person, spell.kind), []).append(spell)
    for spells in related.values():
        for one in spells:
            for other in spells:
                if one is not other and one.end is not None:
                    yield "touching spells", one.end == other.start
                    yield "overlapping spells", one.start < other.start < one.end
                    yield "a gap of a day", one.end + 1 == other.start


def look_at_relations(case):
    children, parents = Counter(), Counter()
    for relation in case.relations:
        children[relation.parent] += relation.parent != relation.child
        parents[relation.child] += relation.parent != relation.child
        yield "one's own child", relation.parent == relation.child
        yield "open relation", relation.end is None
        yield (
            "relation begins in the window",
            relation.start in case.window and relation.start > case.window.start,
        )
        yield "relation ends in the window", relation.end is not None and relation.end in case.window
    yield from (("several children", count > 1) for count in children.values())
    yield from (("several parents", count > 1) for count in parents.values())
    yield from (("a child's child", children[relation.child] > 0) for relation in case.relations)


def look_at_groups(case):
    for group in case.groups.values():
        days = [version.valid_from for version in group.versions]
        yield "three versions", len(days) == 3
        yield "gap before the first version", case.window.start < days[0] < case.window.stop
        yield (
            "version changes in the window",
            any(case.window.start < day < case.window.stop for day in days[1:]),
        )
        yield "group of a group of a group", depth(group.key, case.groups) > 2
        for version in group.versions:
            for criterion in inside(version.criteria):
                if isinstance(criterion, AtLeast):
                    yield "at_least with one criterion twice", len(set(criterion.of)) < len(criterion.of)
                    yield "at_least between one and all", 1 < criterion.n < len(criterion.of)
                if isinstance(criterion, AnyChild | AnyParent):
                    below = [type(c) for c in inside(criterion.of)]
                    yield "a relative's relative", AnyChild in below or AnyParent in below
                    yield "a relative's group", GroupRef in below


def depth(key, groups):
    below = [c.key for v in groups[key].versions for c in inside(v.criteria) if isinstance(c, GroupRef)]
    return 1 + max((depth(other, groups) for other in below), default=0)


def inside(criterion):
    yield criterion
    for part in parts(criterion):
        yield from inside(part)
