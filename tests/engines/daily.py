"""The text of the specification, walked day by day: slow, literal, and independent of both engines.

It shares nothing with them but the criteria themselves. Every rule below quotes what it follows.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta
from functools import cache

from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AnyParent, AtLeast, GroupRef, Leaf, Not

FALSE, UNKNOWN, TRUE = 0, 1, 2
DAY_0 = date(1970, 1, 1)


def to_date(day):
    return DAY_0 + timedelta(days=day)


def to_day(when):
    return (when - DAY_0).days


@cache
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
    """Values day by day, for `people` {person: birth day}, lists of facts and relations.

    `last`: a day after which nothing changes any more.
    """

    def __init__(self, people, spells, relations, groups, vocabulary, last):
        self.people = people
        self.facts = spells
        self.relations = relations
        self.groups = groups
        self.vocabulary = vocabulary
        self.last = last
        self.leaf_days = {}

    def spells(self, person, key, start, end):
        """Rows (value, start, end) of a group in the window [start, end); end None = open."""
        stop = self.last if end is None else end
        rows = []
        for day in range(start, stop):
            value = self.value(GroupRef(key), person, day)
            if rows and rows[-1][0] == value:
                rows[-1][2] = day + 1
            else:
                rows.append([value, day, day + 1])
        if end is None and rows:
            rows[-1][2] = None
        words = {TRUE: "true", UNKNOWN: "unknown"}
        return [(words[value], start, end) for value, start, end in rows if value != FALSE]

    def value(self, criterion, person, day):
        return getattr(self, "_" + type(criterion).__name__.lower())(criterion, person, day)

    def _all(self, criterion, person, day):
        """True if all are true; false if any is false; else unknown."""
        values = [self.value(part, person, day) for part in criterion.of]
        if all(value == TRUE for value in values):
            return TRUE
        return FALSE if any(value == FALSE for value in values) else UNKNOWN

    def _anyof(self, criterion, person, day):
        """True if any is true; false if all are false; else unknown."""
        values = [self.value(part, person, day) for part in criterion.of]
        if any(value == TRUE for value in values):
            return TRUE
        return FALSE if all(value == FALSE for value in values) else UNKNOWN

    def _not(self, criterion, person, day):
        """Unknown stays unknown."""
        return {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}[self.value(criterion.of, person, day)]

    def _atleast(self, criterion, person, day):
        """The n-th best value."""
        values = [self.value(part, person, day) for part in criterion.of]
        best_first = [value for wanted in (TRUE, UNKNOWN, FALSE) for value in values if value == wanted]
        return best_first[criterion.n - 1]

    def _age(self, criterion, person, day):
        """True on [birthday(from), birthday(below)); false before birth; no birth date = unknown."""
        birth = self.people[person]
        if birth is None:
            return UNKNOWN
        if day < birth or (criterion.start is not None and day < birthday(birth, criterion.start)):
            return FALSE
        return FALSE if criterion.below is not None and day >= birthday(birth, criterion.below) else TRUE

    def _leaf(self, criterion, person, day):
        """True on T, unknown on M without T, false elsewhere."""
        if (person, criterion) not in self.leaf_days:
            self.leaf_days[person, criterion] = (
                self._days(criterion, person, {TRUE}),
                self._days(criterion, person, {TRUE, UNKNOWN}),
            )
        certain, possible = self.leaf_days[person, criterion]
        if day in certain:
            return TRUE
        return UNKNOWN if day in possible else FALSE

    def _days(self, leaf, person, values):
        """The days of the union of the spells that match so, each unbroken run changed by the modifier."""
        covered = set()
        for fact in self.facts:
            if fact.person == person and self._match(leaf, fact) in values:
                covered.update(range(fact.start, self.last if fact.end is None else fact.end))
        days = set()
        for start, end in runs(covered):
            days.update(range(*self._modified(leaf, start, None if end == self.last else end)))
        return days

    def _match(self, leaf, fact):
        if fact.kind != leaf.kind:
            return FALSE
        known = self.vocabulary
        code = match_path(fact.code, leaf.any_of, known.successors.get(leaf.kind, {}), leaf.exact)
        unit = match_path(fact.unit, leaf.unit, known.unit_successors, leaf.exact)
        if FALSE in (code, unit):
            return FALSE
        return UNKNOWN if UNKNOWN in (code, unit) else TRUE

    def _modified(self, leaf, start, end):
        if leaf.within is not None:  # [s, e) becomes [s, e + P)
            return start, self.last if end is None else add(end, leaf.within)
        if leaf.lasted is not None:  # [s, e) becomes [s + P, e)
            return add(start, leaf.lasted), self.last if end is None else end
        if leaf.ending_within is not None:  # [max(s, e - P), e); open spells give nothing
            return (0, 0) if end is None else (max(start, subtract(end, leaf.ending_within)), end)
        return start, self.last if end is None else end

    def _anychild(self, criterion, person, day):
        """Some child satisfies c on that day, while the relation holds."""
        children = [r.child for r in self.relations if r.parent == person and holds(r, day)]
        return max((self.value(criterion.of, child, day) for child in children), default=FALSE)

    def _anyparent(self, criterion, person, day):
        parents = [r.parent for r in self.relations if r.child == person and holds(r, day)]
        return max((self.value(criterion.of, parent, day) for parent in parents), default=FALSE)

    def _groupref(self, criterion, person, day):
        """On each day the version in force; before the first version the group is empty."""
        in_force = None
        for version in self.groups[criterion.key].versions:
            if version.valid_from <= day and (in_force is None or in_force.valid_from < version.valid_from):
                in_force = version
        return FALSE if in_force is None else self.value(in_force.criteria, person, day)


def holds(relation, day):
    return relation.start <= day and (relation.end is None or day < relation.end)


def runs(days):
    """The unbroken runs [start, end) of a set of days."""
    return [(day, run_end(days, day)) for day in sorted(days) if day - 1 not in days]


def run_end(days, day):
    while day in days:
        day += 1
    return day


CRITERIA = (All, AnyOf, Not, AtLeast, Age, Leaf, AnyChild, AnyParent, GroupRef)
