"""A failing case made small: parts are left out one by one, as long as it still fails, and the rest is printed."""

from dataclasses import replace

from helhed.periods import Span, date_of
from helhed.rules.criteria import All, AnyChild, AnyOf, AnyParent, AtLeast, Group, Leaf, Not, Version
from helhed.rules.criteria import parts as parts_of
from helhed.rules.references import references
from helhed.rules.writing import write_groups


def shrunk(case, fails):
    """The smallest case found by leaving out one thing after another; `fails` tells whether a case still does."""
    while smaller := next((other for other in smaller_cases(case) if fails(other)), None):
        case = smaller
    return case


def smaller_cases(case):
    """Cases with one thing less, the largest steps first."""
    yield from (of_groups(case, key) for key in case.groups if len(case.groups) > 1)
    yield from without_some(case, "people", 8)
    for size in (64, 8, 1):
        for table in ("people", "relations", "spells"):
            yield from without_some(case, table, size)
    for key, group in case.groups.items():
        for versions in smaller_versions(group.versions):
            yield replace(case, groups={**case.groups, key: Group(key, versions)})
    words = case.vocabulary
    for old in words.unit_successors:
        units = {name: new for name, new in words.unit_successors.items() if name != old}
        yield replace(case, vocabulary=replace(words, unit_successors=units))
    for kind, known in words.successors.items():
        for old in known:
            codes = {name: new for name, new in known.items() if name != old}
            yield replace(case, vocabulary=replace(words, successors={**words.successors, kind: codes}))
    if case.window.end is None:
        yield replace(case, window=Span(case.window.start, case.window.start + 400))


def of_groups(case, key):
    """Only a group and those it refers to."""
    wanted, waiting = set(), [key]
    while waiting:
        wanted.add(key := waiting.pop())
        waiting += [other for v in case.groups[key].versions for other in references(v.criteria)]
    return replace(case, groups={name: group for name, group in case.groups.items() if name in wanted})


def without_some(case, table, size):
    """`size` rows left out; with a person, what is told of the person."""
    rows = getattr(case, table)
    for start in range(0, len(rows), size):
        left = rows[:start] + rows[start + size :]
        smaller = replace(case, **{table: left})
        who = {person.person for person in smaller.people}
        yield replace(
            smaller,
            spells=tuple(spell for spell in smaller.spells if spell.person in who),
            relations=tuple(r for r in smaller.relations if {r.parent, r.child} <= who),
        )


def smaller_versions(versions):
    for number, version in enumerate(versions):
        before, after = versions[:number], versions[number + 1 :]
        if before or after:
            yield before + after
        for criterion in smaller_criteria(version.criteria):
            yield (*before, Version(version.valid_from, criterion), *after)


def smaller_criteria(criterion):
    """A part in place of the whole, a part left out, a part made smaller; a leaf that says less."""
    inner = parts_of(criterion)
    yield from inner
    if isinstance(criterion, All | AnyOf | AtLeast):
        for number, part in enumerate(inner):
            before, after = inner[:number], inner[number + 1 :]
            if len(inner) > getattr(criterion, "n", 1):
                yield replace(criterion, of=before + after)
            for other in smaller_criteria(part):
                yield replace(criterion, of=(*before, other, *after))
    elif isinstance(criterion, Not | AnyChild | AnyParent):
        for other in smaller_criteria(criterion.of):
            yield replace(criterion, of=other)
    elif isinstance(criterion, Leaf):
        for name in ("any_of", "unit", "within", "lasted", "ending_within"):
            if getattr(criterion, name) is not None:
                yield replace(criterion, **{name: None})
        if criterion.exact:
            yield replace(criterion, exact=False)


def written(case):
    """A case to read and to type off."""
    day = {None: "", **{number: str(date_of(number)) for number in all_days(case)}}
    lines = [f"window {day[case.window.start]}–{day[case.window.end]}", write_groups(case.groups.values())]
    lines += [f"person {person.person} {day[person.birth_date]}" for person in case.people]
    lines += [
        f"spell {s.person} {s.kind} {s.code} {s.unit or '-'} {day[s.start]}–{day[s.end]}" for s in case.spells
    ]
    lines += [f"relation {r.parent} > {r.child} {day[r.start]}–{day[r.end]}" for r in case.relations]
    words = case.vocabulary
    return "\n".join([*lines, f"successors {words.successors}", f"unit successors {words.unit_successors}"])


def all_days(case):
    for span in (case.window, *case.spells, *case.relations):
        yield from (day for day in (span.start, span.end) if day is not None)
    yield from (person.birth_date for person in case.people if person.birth_date is not None)
