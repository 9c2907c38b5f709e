"""The fast engine: every group for a whole population, exact to the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from helhed.periods import OPEN, Span
from helhed.rules.criteria import Criterion, Group, GroupRef
from helhed.rules.many.columns import Columns, read_columns
from helhed.rules.many.logic import write_program
from helhed.rules.many.plan import make_plan, questions_of, relative_stages
from helhed.rules.many.portions import find_spells
from helhed.rules.many.relatives import Relatives
from helhed.rules.many.shapes import Found, Int32s, Window
from helhed.rules.many.threads import Threads
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
    threads: int | None = None,
) -> Any:
    """The spells of everyone in every group within the window, as a pyarrow table.

    people, spells, relations: pyarrow tables, as `read_columns` describes them. Returns the columns group
    (text), person (as given), value (`true` or `unknown`), start and end (date32; end null = open), disjoint
    and maximal per person and group, sorted by group, person, start. RefusedError if the facts or the groups
    do not fit. `threads`: how many work on it, by default one per core; the result is the same.
    """
    return evaluate_columns(
        read_columns(people, spells, relations, threads), groups, vocabulary, window, threads
    )


def evaluate_columns(
    columns: Columns,
    groups: Mapping[str, Group],
    vocabulary: Vocabulary,
    window: Span,
    threads: int | None = None,
    *,
    who: Int32s | None = None,
) -> Any:
    """The same for facts read before, so that another set of groups can be evaluated on them.

    `who`: the numbers of the persons to answer for, in order; by default everyone. Their relatives' facts count.
    """
    refuse_broken(groups, groups)
    keys = sorted(groups)
    targets: list[Criterion] = [GroupRef(key) for key in keys]
    run = _Run(columns, groups, vocabulary, Window(window.start, window.stop), Threads(threads))
    for stage in relative_stages(targets, groups):
        asked = run.relatives.asked(stage)
        run.relatives.carry(stage, run.find([relative.of for relative in stage], asked))
    everyone = np.arange(columns.size, dtype=np.int32)
    found = run.find(targets, everyone if who is None else who)
    return _table(found, keys, columns.persons)


@dataclass
class _Run:
    """One evaluation: the facts, and what has been derived from relatives on the way."""

    columns: Columns
    groups: Mapping[str, Group]
    vocabulary: Vocabulary
    window: Window
    threads: Threads

    def __post_init__(self) -> None:
        self.relatives = Relatives(self.columns, self.threads)

    def find(self, targets: Sequence[Criterion], who: Int32s) -> Found:
        """The spells of these persons (numbers, in order) in these targets, by person within each target."""
        questions = questions_of(targets, self.groups)
        combos, derived = self.columns.combos, self.relatives.sets
        plan = make_plan(questions, combos, derived, self.vocabulary, self.window)
        program = write_program(targets, plan.answers, self.groups)
        facts = (self.columns.facts, self.relatives.events())
        return find_spells(who, facts, self.columns.birth, plan, program, self.window, self.threads)


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
