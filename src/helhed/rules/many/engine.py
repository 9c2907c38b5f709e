"""The fast engine: every group for a whole population, exact to the day."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from helhed.periods import OPEN, Span
from helhed.rules.criteria import Criterion, Group, GroupRef
from helhed.rules.many.columns import Columns, read_columns
from helhed.rules.many.intervals import find_intervals
from helhed.rules.many.logic import outcomes_of
from helhed.rules.many.numbering import States, write_spells
from helhed.rules.many.plan import make_plan, questions_of, relative_stages
from helhed.rules.many.relatives import Relatives
from helhed.rules.many.shapes import Found, Int32s, Window
from helhed.rules.references import refuse_broken
from helhed.rules.vocabulary import Vocabulary

_VALUES = ("false", "unknown", "true")


def evaluate(
    people: Any,
    spells: Any,
    relations: Any,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
    window: Span,
) -> Any:
    """The spells of everyone in every group within the window, as a pyarrow table.

    people, spells, relations: pyarrow tables, as `read_columns` describes them. Returns the columns group
    (text), person (as given), value (`true` or `unknown`), start and end (date32; end null = open), disjoint
    and maximal per person and group, sorted by group, person, start. RefusedError if the facts or the groups
    do not fit.
    """
    return evaluate_columns(read_columns(people, spells, relations), groups, vocabulary, window)


def evaluate_columns(
    columns: Columns,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
    window: Span,
    who: Int32s | None = None,
) -> Any:
    """The same for facts read before, so that another set of groups can be evaluated on them.

    `who`: the numbers of the persons to answer for, in order; by default everyone. Their relatives' facts count.
    """
    refuse_broken(groups, groups)
    keys = sorted(groups)
    targets: list[Criterion] = [GroupRef(key) for key in keys]
    run = _Run(columns, groups, vocabulary, Window(window.start, window.stop))
    for stage in relative_stages(targets, groups):
        asked = run.relatives.asked(stage)
        run.relatives.carry(stage, run.find([relative.of for relative in stage], asked))
    everyone = np.arange(columns.size, dtype=np.int32) if who is None else who
    found = run.find(targets, everyone)
    return _table(found, keys, columns.persons)


class _Run:
    """One evaluation: the facts, and what has been derived from relatives on the way."""

    def __init__(
        self, columns: Columns, groups: Mapping[str, Group], vocabulary: Vocabulary, window: Window
    ) -> None:
        self.columns = columns
        self.groups = groups
        self.vocabulary = vocabulary
        self.window = window
        self.relatives = Relatives(columns)

    def find(self, targets: Sequence[Criterion], who: Int32s) -> Found:
        """The spells of these persons (numbers, in order) in these targets, by person within each target."""
        questions = questions_of(targets, self.groups)
        combos, derived = self.columns.combos, self.relatives.combos
        plan = make_plan(questions, combos, derived, self.vocabulary, self.window)
        states = States(plan.channels.words)
        facts = (self.columns.facts, self.relatives.facts())
        pieces = [
            (some, found.first, found.start, states.number(found.words))
            for some, found in find_intervals(who, facts, self.columns.birth, plan, self.window)
        ]
        outcomes = outcomes_of(states.rows, targets, plan.answers, self.groups)
        lengths = np.diff(outcomes.first)
        spells = [
            write_spells(*piece, outcomes, self.window, len(targets), int(lengths[piece[3]].sum()))
            for piece in pieces
        ]
        return _by_target(spells)


def _by_target(portions: list[Found]) -> Found:
    """The spells of all portions, by target; within it in the order they have."""
    if not portions:
        return Found(*(np.empty(0, np.int32) for _ in Found._fields))
    found = [np.concatenate(columns) for columns in zip(*portions, strict=True)]
    # numbers of 16 bits are sorted in one pass over them
    small = found[0].astype(np.uint16) if found[0].max(initial=0) < 2**16 else found[0]
    order = np.argsort(small, kind="stable")
    return Found(*(column[order] for column in found))


def _table(found: Found, keys: Sequence[str], persons: Any) -> Any:
    end = pa.array(found.end, mask=found.end == OPEN)
    return pa.table(
        {
            "group": pa.DictionaryArray.from_arrays(pa.array(found.target), pa.array(keys, pa.string())),
            "person": persons.take(pa.array(found.person)),
            "value": pa.DictionaryArray.from_arrays(pa.array(found.value), pa.array(_VALUES)),
            "start": pa.array(found.start).view(pa.date32()),
            "end": end.view(pa.date32()),
        }
    )
