"""Nobody is left out who could be in a criterion: evaluated on the candidates alone, the spells are the same."""

import numpy as np
import pyarrow as pa
import pytest

from engines.cases import population
from engines.evaluators import tables
from helhed.membership.candidates import Holders, candidates
from helhed.rules import many


def as_numbers(case):
    """The tables of a case as the register gives them: persons by number, words as dictionaries."""
    people, spells, relations = tables(case)
    names = sorted(people["person"].to_pylist())
    number = {name: place for place, name in enumerate(names)}

    def renamed(table, *columns):
        for column in columns:
            numbers = pa.array([number[name] for name in table[column].to_pylist()], pa.int64())
            table = table.set_column(table.schema.get_field_index(column), column, numbers)
        return table

    spells = renamed(spells, "person")
    for column in ("kind", "code", "unit"):
        words = spells[column].dictionary_encode().unify_dictionaries()
        spells = spells.set_column(spells.schema.get_field_index(column), column, words)
    return (
        renamed(people, "person"),
        spells.combine_chunks(),
        renamed(relations, "parent", "child"),
        np.arange(len(names)),
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_candidates_have_all_the_spells(seed):
    case, _cases = population(seed)
    people, spells, relations, persons = as_numbers(case)
    holders = Holders(spells, relations, persons)
    columns = many.read_columns(people, spells, relations)
    for key, group in case.groups.items():
        masks = [
            candidates(version.criteria, holders, case.groups, case.vocabulary) for version in group.versions
        ]
        mask = None if any(m is None for m in masks) else np.logical_or.reduce(masks)
        who = None if mask is None else np.flatnonzero(mask).astype(np.int32)
        whole = many.evaluate_columns(columns, case.groups, case.vocabulary, case.window)
        some = many.evaluate_columns(columns, case.groups, case.vocabulary, case.window, who=who)
        assert rows(whole, key) == rows(some, key)


def test_most_populations_leave_somebody_out():
    """The test above says nothing where everybody is a candidate."""
    left_out = 0
    for seed in range(60):
        case, _cases = population(seed)
        _people, spells, relations, persons = as_numbers(case)
        holders = Holders(spells, relations, persons)
        for group in case.groups.values():
            mask = candidates(group.versions[-1].criteria, holders, case.groups, case.vocabulary)
            left_out += mask is not None and not mask.all()
    assert left_out > 50


def rows(table, key):
    chosen = table.filter(pa.compute.equal(table["group"].cast(pa.string()), key))
    return chosen.select(["person", "value", "start", "end"]).to_pylist()
