"""Small worlds written day by day: the naive ground the fast answers are held against."""

from dataclasses import dataclass

import hypothesis.strategies as st
import numpy as np

from helhed.periods import OPEN
from helhed.rules.spells import from_columns

LETTERS = {"-": 0, "?": 1, "#": 2}


@dataclass(frozen=True)
class Calendar:
    """The value of each group (row) and person (column) on each day from `first` on; what holds on the last day holds on.

    Before the first day nobody is in a group.
    """

    first: int
    values: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def groups(self):
        return range(len(self.values))

    @property
    def people(self):
        return range(len(self.values[0]))

    @property
    def last(self):
        return self.first + len(self.values[0][0]) - 1

    def on(self, group, person, day):
        if day < self.first:
            return 0
        return self.values[group][person][min(day, self.last) - self.first]

    def certain(self, group, day):
        return {person for person in self.people if self.on(group, person, day) == 2}

    def spells(self, names=None, order=None):
        """The same as Spells; `order` shuffles the rows before they are given."""
        rows = [
            (group, person, *run)
            for group, persons in enumerate(self.values)
            for person, days in enumerate(persons)
            for run in _runs(days, self.first)
        ]
        if order is not None:
            order.shuffle(rows)
        columns = np.array(rows, np.int64).reshape(-1, 5).T
        keys = names or [f"G{group}" for group in self.groups]
        return from_columns(keys, *columns, people=len(self.people))


def drawn(*groups, first=100):
    """A world drawn in letters: per group a list of persons, per person a text of `-` false, `?` unknown, `#` true."""
    return Calendar(
        first, tuple(tuple(tuple(LETTERS[day] for day in person) for person in group) for group in groups)
    )


FIRST_DAYS = st.integers(-40, 20_000)


@st.composite
def calendars(draw, groups=3, people=4, days=24, first=FIRST_DAYS):
    """Worlds in which values last some days, so that all kinds of neighbours occur."""
    how_many = draw(st.integers(1, groups))
    persons = draw(st.integers(1, people))
    length = draw(st.integers(2, days))
    run = st.tuples(st.sampled_from([0, 1, 2, 2]), st.integers(1, 6))
    line = st.lists(run, min_size=1, max_size=10)
    values = tuple(tuple(_spread(draw(line), length) for _ in range(persons)) for _ in range(how_many))
    return Calendar(draw(first), values)


def _spread(runs, length):
    days = [value for value, lasting in runs for _ in range(lasting)][:length]
    return tuple(days + [days[-1]] * (length - len(days)))


def _runs(days, first):
    """Rows of value, start and end; every run is cut in two where it can be, to be joined again."""
    starts = [i for i in range(len(days)) if i == 0 or days[i] != days[i - 1]]
    for start, stop in zip(starts, [*starts[1:], None], strict=True):
        end = OPEN if stop is None else first + stop
        middle = first + start + 1
        if middle < end:
            yield days[start], first + start, middle
            yield days[start], middle, end
        else:
            yield days[start], first + start, end
