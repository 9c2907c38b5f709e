"""Everyone's facts and memberships as columns, read once for each counting and kept in the process, to try criteria on."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from numpy.typing import NDArray

from helhed.law import Catalogue
from helhed.membership.candidates import Holders
from helhed.membership.counting import FIRST_DAY
from helhed.membership.definitions import book
from helhed.membership.models import Recount
from helhed.periods import OPEN, Span, day_of
from helhed.register import questions
from helhed.rules import many
from helhed.rules.spells import TRUE, Spells, from_table

CASES = ("social_case", "child_case")
DAYS_KEPT = 8


class Cases(NamedTuple):
    """Who has a case at which unit when: their own, or a child's of theirs. Persons and units by number, days half-open."""

    person: NDArray[np.int64]
    unit: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


class Standing(NamedTuple):
    """One day: the group and person number of everyone certainly in a group, group by group, and each group's size."""

    group: NDArray[np.int32]
    person: NDArray[np.int32]
    sizes: NDArray[np.int64]


class Prepared:
    """All there is to try a criterion on: the law, everyone's facts as columns, everyone's spells in all groups, and cases.

    Safe to use by several threads at once; nothing in it changes but the few days it remembers.
    """

    def __init__(self, law: Catalogue, facts: tuple[pa.Table, pa.Table, pa.Table]) -> None:
        """`facts`: people, spells and relations as `many.read_columns` takes them, persons as whole numbers."""
        people, spells, relations = facts
        self.law = law
        self.columns = many.read_columns(people, spells, relations)
        self.persons = np.asarray(self.columns.persons, np.int64)
        until = Span(day_of(FIRST_DAY), None)
        table = many.evaluate_columns(self.columns, law.groups(), law.vocabulary(), until)
        self.spells: Spells = from_table(table, self.columns.persons)
        self.holders = Holders(spells, relations, self.persons)
        self.since = _seen_since(spells)
        self.units, self.cases = _cases(spells, relations, self.persons)
        self._days: OrderedDict[int, Standing] = OrderedDict()
        self._days_lock = Lock()

    def number(self, key: str) -> int:
        """The number of a group. LookupError for one that is not there."""
        if key not in self.spells.keys:
            raise LookupError(key)
        return self.spells.keys.index(key)

    def standing(self, day: int) -> Standing:
        """Who is in which group on a day."""
        with self._days_lock:
            if day in self._days:
                self._days.move_to_end(day)
                return self._days[day]
        rows = rows_on(self.spells, day, TRUE)
        group = self.spells.group[rows]
        sizes = np.bincount(group, minlength=len(self.spells.keys))
        found = Standing(group, self.spells.person[rows], sizes)
        with self._days_lock:
            self._days[day] = found
            while len(self._days) > DAYS_KEPT:
                self._days.popitem(last=False)
        return found


def rows_on(spells: Spells, day: int, value: int = TRUE) -> NDArray[np.int64]:
    """The rows that hold on a day with a value: TRUE or UNKNOWN."""
    return np.flatnonzero((spells.start <= day) & (spells.end > day) & (spells.value == value))


class _Shelf:
    """The newest Prepared, and the lock of whoever makes the next."""

    def __init__(self) -> None:
        self.making = Lock()
        self.kept: tuple[tuple[object, ...], Prepared] | None = None


_shelf = _Shelf()


def prepared(*, wait: bool = False) -> Prepared:
    """Everything as of the newest counting and the newest book.

    The first who asks after a counting makes it; others who ask meanwhile get the one before at once, and wait only where
    there is none, or where they say so.
    """
    law = book()
    mark = _mark(law)
    kept = _shelf.kept
    if kept is not None and kept[0] == mark:
        return kept[1]
    # of another database nothing is answered
    blocking = wait or kept is None or kept[0][0] != mark[0]
    if not _shelf.making.acquire(blocking=blocking):
        return kept[1]
    try:
        kept = _shelf.kept
        if kept is None or kept[0] != mark:
            kept = (mark, Prepared(law, questions.facts()))
            _shelf.kept = kept
        return kept[1]
    finally:
        _shelf.making.release()


def _mark(law: Catalogue) -> tuple[object, ...]:
    """What a Prepared is made from: the database, the newest counting, and the law."""
    newest = Recount.objects.order_by("-pk").values_list("pk", "at").first()
    return connection.settings_dict["NAME"], newest, law.hash


def _seen_since(spells: pa.Table) -> int:
    """The day from which the facts tell the whole story: what ended before it was not delivered.

    That is the earliest end of a fact, one in a thousand left out: a single old row opens no earlier years.
    """
    ends = np.asarray(spells["end"].cast(pa.int32()).drop_null(), np.int32)
    if not len(ends):
        return day_of(FIRST_DAY)
    nth = len(ends) // 1000
    return int(np.partition(ends, nth)[nth])


def _cases(
    spells: pa.Table, relations: pa.Table, persons: NDArray[np.int64]
) -> tuple[tuple[str, ...], Cases]:
    """The keys of the units, and the cases at them: each person's own, and the children's as their parents'."""
    chosen = pc.and_(pc.is_in(spells["kind"].cast(pa.string()), pa.array(CASES)), pc.is_valid(spells["unit"]))
    rows = spells.filter(chosen)
    unit = rows["unit"].cast(pa.string()).combine_chunks().dictionary_encode()
    columns = [np.searchsorted(persons, np.asarray(rows["person"])), np.asarray(unit.indices, np.int64)]
    own = Cases(*columns, *_span(rows))
    related = pc.is_in(rows["kind"].cast(pa.string()), pa.array(["child_case"]))
    children = Cases(*(column[np.asarray(related)] for column in own))
    parent, child = (np.searchsorted(persons, np.asarray(relations[c])) for c in ("parent", "child"))
    order = np.argsort(children.person, kind="stable")
    low, high = (np.searchsorted(children.person[order], child, side) for side in ("left", "right"))
    times = high - low
    relation = np.repeat(np.arange(len(child)), times)
    case = order[np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times) + np.repeat(low, times)]
    start, end = _span(relations)
    start = np.maximum(start[relation], children.start[case])
    end = np.minimum(end[relation], children.end[case])
    held = start < end
    of_child = Cases(parent[relation][held], children.unit[case][held], start[held], end[held])
    joined = Cases(*(np.concatenate(both) for both in zip(own, of_child, strict=True)))
    return tuple(unit.dictionary.to_pylist()), joined


def _span(table: pa.Table) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    start = np.asarray(table["start"].cast(pa.int32()), np.int32)
    return start, np.asarray(table["end"].cast(pa.int32()).fill_null(OPEN), np.int32)
