"""The text of the specification, day by day: literal, and independent of both engines.

A criterion and a person give one value for each day, and each rule below says the value of a day from other
values of that same day. A leaf colours the days its spells cover one by one, and looks for the unbroken runs
of coloured days. It shares nothing with the engines but the criteria themselves; no rule knows of spans. Every
rule quotes what it follows.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta
from functools import cache

import numpy as np

from helhed.rules.criteria import GroupRef

FALSE, UNKNOWN, TRUE = 0, 1, 2
DAY_0 = date(1970, 1, 1)


def to_date(day):
    return DAY_0 + timedelta(days=day)


def to_day(when):
    return (when - DAY_0).days


def add(day, duration):
    """Adding months keeps the day of the month, clamped to the last day of that month."""
    if duration.unit in "DW":
        return day + duration.number * {"D": 1, "W": 7}[duration.unit]
    return add_months(day, duration.number * {"M": 1, "Y": 12}[duration.unit])


def subtract(day, duration):
    """`e - P` in months clamps like addition."""
    if duration.unit in "DW":
        return day - duration.number * {"D": 1, "W": 7}[duration.unit]
    return add_months(day, -duration.number * {"M": 1, "Y": 12}[duration.unit])


def add_months(day, months):
    when = to_date(day)
    year, month = when.year, when.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return to_day(date(year, month, min(when.day, monthrange(year, month)[1])))


@cache
def birthday(birth, age):
    """Age n is reached on the n-th birthday; 29 February is 1 March in a common year."""
    born = to_date(birth)
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return to_day(date(year, 3, 1))
    return to_day(date(year, born.month, born.day))


def is_below(path, other):
    parts, above = path.split("/"), other.split("/")
    return len(parts) > len(above) and parts[: len(above)] == above


def stands_for(named, successors, exact):
    """A code that has a successor stands for its successors too, transitively, and so does each below it."""
    meant = set(named)
    if exact:
        return meant
    while True:
        more = {
            new
            for old, replaced_by in successors.items()
            for new in replaced_by
            if old in meant or any(is_below(old, name) for name in meant)
        }
        if more <= meant:
            return meant
        meant |= more


def match_path(path, named, successors, exact):
    """Named: itself and everything below. A proper ancestor of the named one, or a missing one: unknown."""
    if named is None:
        return TRUE
    if path is None:
        return UNKNOWN
    meant = stands_for(named, successors, exact)
    if any(path == name or is_below(path, name) for name in meant):
        return TRUE
    return UNKNOWN if any(is_below(name, path) for name in meant) else FALSE


class Daily:
    """Values day by day, for lists of people, facts and relations.

    `days`: the days asked about. `first`: a day before which nothing begins, and `last`: one after which
    nothing changes any more.
    """

    def __init__(self, case, first, last, days=None):
        self.births = {person.person: person.birth_date for person in case.people}
        self.groups = case.groups
        self.vocabulary = case.vocabulary
        self.first = first
        self.last = last
        self.days = np.arange(first, last) if days is None else days
        self.facts, self.as_parent, self.as_child = {}, {}, {}
        for fact in case.spells:
            self.facts.setdefault(fact.person, []).append(fact)
        for relation in case.relations:
            self.as_parent.setdefault(relation.parent, []).append(relation)
            self.as_child.setdefault(relation.child, []).append(relation)
        self.known = {}

    def spells(self, person, key, is_open):
        """Rows (value, start, end) of a group over the days asked about; the last row may be open."""
        words = {TRUE: "true", UNKNOWN: "unknown"}
        rows = []
        for start, end, value in stretches(self.values(GroupRef(key), person)):
            if value != FALSE:
                open_end = is_open and end == len(self.days)
                rows.append(
                    (words[value], int(self.days[start]), None if open_end else int(self.days[end - 1]) + 1)
                )
        return rows

    def value(self, criterion, person, day):
        return int(self.values(criterion, person)[day - self.days[0]])

    def values(self, criterion, person):
        """The value on each of the days asked about."""
        if (person, criterion) not in self.known:
            rule = getattr(self, "_" + type(criterion).__name__.lower())
            self.known[person, criterion] = rule(criterion, person)
        return self.known[person, criterion]

    def parts(self, criterion, person):
        """A row of values for each criterion inside."""
        return np.array([self.values(part, person) for part in criterion.of])

    def _all(self, criterion, person):
        """True if all are true; false if any is false; else unknown."""
        values = self.parts(criterion, person)
        return where((values == TRUE).all(axis=0), TRUE, where((values == FALSE).any(axis=0), FALSE, UNKNOWN))

    def _anyof(self, criterion, person):
        """True if any is true; false if all are false; else unknown."""
        values = self.parts(criterion, person)
        return where((values == TRUE).any(axis=0), TRUE, where((values == FALSE).all(axis=0), FALSE, UNKNOWN))

    def _not(self, criterion, person):
        """Unknown stays unknown."""
        values = self.values(criterion.of, person)
        return where(values == TRUE, FALSE, where(values == FALSE, TRUE, UNKNOWN))

    def _atleast(self, criterion, person):
        """The n-th best value."""
        worst_first = np.sort(self.parts(criterion, person), axis=0)
        return worst_first[-criterion.n]

    def _age(self, criterion, person):
        """True on [birthday(from), birthday(below)); false before birth; no birth date = unknown."""
        birth = self.births[person]
        if birth is None:
            return self.always(UNKNOWN)
        values = where(self.days < birth, FALSE, self.always(TRUE))
        if criterion.start is not None:
            values[self.days < birthday(birth, criterion.start)] = FALSE
        if criterion.below is not None:
            values[self.days >= birthday(birth, criterion.below)] = FALSE
        return values

    def _leaf(self, criterion, person):
        """True on T, unknown on M without T, false elsewhere."""
        certain, possible = [], []
        for fact in self.facts.get(person, ()):
            value = self._match(criterion, fact.kind, fact.code, fact.unit)
            if value == TRUE:
                certain.append(fact)
            if value in (TRUE, UNKNOWN):
                possible.append(fact)
        return where(
            self._held(criterion, certain), TRUE, where(self._held(criterion, possible), UNKNOWN, FALSE)
        )

    def _held(self, leaf, facts):
        """The days of the union of the spells, each unbroken run changed by the modifier."""
        covered = np.zeros(self.last - self.first, bool)
        for fact in facts:
            covered[fact.start - self.first : (self.last if fact.end is None else fact.end) - self.first] = (
                True
            )
        held = np.zeros(self.last - self.first, bool)
        for start, end, is_covered in stretches(covered) if facts else ():
            if is_covered:
                end += self.first
                start, end = self._modified(leaf, start + self.first, None if end == self.last else end)
                held[start - self.first : max(start, end) - self.first] = True
        return held[self.days - self.first]

    def _match(self, leaf, kind, code, unit):
        if kind != leaf.kind:
            return FALSE
        known = self.vocabulary
        code = match_path(code, leaf.any_of, known.successors.get(leaf.kind, {}), leaf.exact)
        unit = match_path(unit, leaf.unit, known.unit_successors, leaf.exact)
        if FALSE in (code, unit):
            return FALSE
        return UNKNOWN if UNKNOWN in (code, unit) else TRUE

    def _modified(self, leaf, start, end):
        if leaf.within is not None:  # [s, e) becomes [s, e + P)
            return start, self.last if end is None else add(end, leaf.within)
        if leaf.lasted is not None:  # [s, e) becomes [s + P, e), nothing if that is empty
            return add(start, leaf.lasted), self.last if end is None else end
        if leaf.ending_within is not None:  # [max(s, e - P), e); open spells give nothing
            return (start, start) if end is None else (max(start, subtract(end, leaf.ending_within)), end)
        return start, self.last if end is None else end

    def _anychild(self, criterion, person):
        """Some child satisfies c on that day, while the relation holds."""
        return self._any([(r, r.child) for r in self.as_parent.get(person, ())], criterion.of)

    def _anyparent(self, criterion, person):
        return self._any([(r, r.parent) for r in self.as_child.get(person, ())], criterion.of)

    def _any(self, related, criterion):
        """The three-valued any over the related persons of (relation holds and c of that person)."""
        values = self.always(FALSE)
        for relation, other in related:
            holds = (relation.start <= self.days) & (
                (relation.end is None) | (self.days < (relation.end or 0))
            )
            values = where(holds, np.maximum(values, self.values(criterion, other)), values)
        return values

    def _groupref(self, criterion, person):
        """On each day the version in force is used; before the first version the group is empty."""
        values = self.always(FALSE)
        for version in sorted(self.groups[criterion.key].versions, key=lambda version: version.valid_from):
            values = where(version.valid_from <= self.days, self.values(version.criteria, person), values)
        return values

    def always(self, value):
        return np.full(len(self.days), value, np.int8)


def where(condition, value, otherwise):
    return np.where(condition, np.int8(value) if isinstance(value, int) else value, otherwise).astype(np.int8)


def stretches(values):
    """The unbroken runs (start, end, value) of equal values in a row of days, by place in the row."""
    changes = (np.flatnonzero(values[1:] != values[:-1]) + 1).tolist()
    return [
        (start, end, values[start].item())
        for start, end in zip([0, *changes], [*changes, len(values)], strict=True)
    ]
