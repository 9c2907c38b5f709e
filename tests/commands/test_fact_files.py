"""Facts that were written are the facts that are read, whatever the file; families are those joined by relations."""

import random
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.commands.exchange.facts import engine_tables, read_facts
from helhed.commands.exchange.families import families, within_steps
from helhed.law import catalogue
from helhed.periods import day_of

VOCABULARY = catalogue().vocabulary()


def some_facts(seed):
    """Three tables of random rows, as lists of dicts with dates."""
    dice = random.Random(seed)
    keys = [f"{dice.choice('pæ,')}{number}" for number in range(dice.randrange(1, 9))]
    dice.shuffle(keys)
    codes = [(kind, code) for kind in VOCABULARY.codes for code in VOCABULARY.codes[kind]]

    def span():
        start = date(1900, 1, 1) + timedelta(days=dice.randrange(60_000))
        return {"start": start, "end": dice.choice([None, start + timedelta(days=dice.randrange(1, 4000))])}

    people = [
        {"person": key, "birth_date": dice.choice([None, date(1960, 2, 29), date(2001, 12, 31)])}
        for key in keys
    ]
    spells = []
    for _ in range(dice.randrange(0, 30)):
        kind, code = dice.choice(codes)
        unit = dice.choice([None, *sorted(VOCABULARY.units)])
        spells.append({"person": dice.choice(keys), "kind": kind, "code": code, "unit": unit, **span()})
    relations = [
        {"parent": dice.choice(keys), "child": dice.choice(keys), **span()}
        for _ in range(dice.randrange(0, 9))
    ]
    return {"people": people, "spells": spells, "relations": relations}


COLUMNS = {
    "people": ["person", "birth_date"],
    "spells": ["person", "kind", "code", "unit", "start", "end"],
    "relations": ["parent", "child", "start", "end"],
}


def table_of(name, rows):
    """The rows as a table of texts and days."""
    fields = [
        (column, pa.date32() if column in ("birth_date", "start", "end") else pa.string())
        for column in COLUMNS[name]
    ]
    return pa.Table.from_pylist(rows, pa.schema(fields))


def write_csv(folder, name, table):
    pacsv.write_csv(table, folder / f"{name}.csv")


def write_parquet(folder, name, table):
    pq.write_table(table, folder / f"{name}.parquet", row_group_size=4)


def write_categories(folder, name, table):
    """Every text dictionary-encoded, as a data frame's categories are."""
    columns = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column.cast(pa.date64())
        for column in table.columns
    ]
    pq.write_table(pa.table(columns, table.column_names), folder / f"{name}.parquet")


def write_large_texts(folder, name, table):
    """Every column as long text, days too."""
    columns = [column.cast(pa.string()).cast(pa.large_string()) for column in table.columns]
    pq.write_table(pa.table(columns, table.column_names), folder / f"{name}.parquet")


@pytest.mark.parametrize("write", [write_csv, write_parquet, write_categories, write_large_texts])
@pytest.mark.parametrize("seed", range(12))
def test_what_was_written_is_read(tmp_path, write, seed):
    tables = some_facts(seed)
    for name, rows in tables.items():
        write(tmp_path, name, table_of(name, rows))
    facts = read_facts(tmp_path, VOCABULARY)
    keys = sorted(row["person"] for row in tables["people"])
    assert facts.persons.to_pylist() == keys
    read = dict(zip(COLUMNS, engine_tables(facts), strict=True))
    expected = {name: [numbered(row, keys) for row in rows] for name, rows in tables.items()}
    expected["people"].sort(key=lambda row: row["person"])
    assert {name: table.to_pylist() for name, table in read.items()} == expected


def numbered(row, keys):
    """A row as the engine takes it: persons and days as numbers."""
    return {
        name: keys.index(value)
        if name in ("person", "parent", "child")
        else day_of(value)
        if isinstance(value, date)
        else value
        for name, value in row.items()
    }


relations = st.integers(1, 30).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=40),
    )
)


@settings(max_examples=300)
@given(relations, st.integers(0, 5))
def test_families_are_who_can_reach_each_other(drawn, steps):
    size, pairs = drawn
    one, other = (np.array(side, np.int32) for side in (zip(*pairs, strict=True) if pairs else ((), ())))
    found = families(size, one, other)
    assert [int(number) for number in found] == [min(reached(start, pairs, size)) for start in range(size)]
    start = size // 2
    near = np.flatnonzero(within_steps(size, one, other, start, steps))
    assert set(near.tolist()) == reached(start, pairs, steps)


def reached(start, pairs, steps):
    """The persons so few relations away, one step after another."""
    near = {start}
    for _ in range(steps):
        near |= {b for a, b in pairs if a in near} | {a for a, b in pairs if b in near}
    return near
