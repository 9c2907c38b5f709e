"""The three evaluators asked the same: what each says of a case, as {(group, person): [(value, start, end)]}."""

from unittest.mock import patch

import numpy as np
import pyarrow as pa

from engines.daily import Daily
from helhed.rules import many, one
from helhed.rules.many import threads


def by_day(case):
    first, last = case.horizon()
    stop = last if case.window.end is None else case.window.end
    daily = Daily(case, first, last, np.arange(case.window.start, stop))
    return {
        (key, person.person): daily.spells(person.person, key, case.window.end is None)
        for key in case.groups
        for person in case.people
    }


def by_one(case):
    world = one.World(case.people, case.spells, case.relations)
    return {
        (key, person.person): [
            tuple(spell)
            for spell in one.spells(world, person.person, key, case.groups, case.vocabulary, case.window)
        ]
        for key in case.groups
        for person in case.people
    }


def by_many(case):
    """On one to three threads, as it happens, though so few facts would be left to one; a handful of persons on one."""
    count = 1 if len(case.people) < 10 else 1 + len(case.people) % 3
    found = {(key, person.person): [] for key in case.groups for person in case.people}
    with patch.object(threads, "_FEW", 0):
        rows = many.evaluate(*tables(case), case.groups, case.vocabulary, case.window, count)
    words = [rows[name].to_pylist() for name in ("group", "person", "value")]
    days = [rows[name].cast(pa.int32()).to_pylist() for name in ("start", "end")]
    for group, person, *spell in zip(*words, *days, strict=True):
        found[group, person].append(tuple(spell))
    return found


def tables(case):
    """A case as the Arrow tables the fast engine takes."""
    days, text = pa.int32(), pa.string()
    people = {"person": text, "birth_date": days}
    spells = {"person": text, "kind": text, "code": text, "unit": text, "start": days, "end": days}
    relations = {"parent": text, "child": text, "start": days, "end": days}
    return tuple(
        pa.table(
            {name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in columns.items()}
        )
        for rows, columns in ((case.people, people), (case.spells, spells), (case.relations, relations))
    )


def differs(case):
    """What the two engines say otherwise than the text, as lines; none if they agree."""
    expected = by_day(case)
    return [
        f"{name} {where}: {found[where]} for {expected[where]}"
        for name, found in (("one", by_one(case)), ("many", by_many(case)))
        for where in expected
        if found[where] != expected[where]
    ]
