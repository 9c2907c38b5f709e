"""The whole question: everyone, every group, fifteen years; and the sort it is held against. Run apart."""

import cProfile
import os
import pstats
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helhed.commands.engine_bench import files
from helhed.commands.engine_bench.apart import peak
from helhed.commands.engine_bench.data import WINDOW, Facts, generate, groups
from helhed.law import catalogue
from helhed.periods import OPEN
from helhed.rules import many
from helhed.rules.criteria import Group

_ENGINE = f"{os.sep}rules{os.sep}many{os.sep}"


def best(times: int, work: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs."""
    return min(_timed(work) for _ in range(times))


def engine(folder: str, times: int, only: list[str] | None = None) -> dict[str, Any]:
    """Arrow columns to spells: seconds of reading and evaluating (the quickest run together), and peak memory in bytes.

    `only`: these groups and no others.
    """
    asked, vocabulary = groups(), catalogue().vocabulary()
    asked = {key: asked[key] for key in only or asked}
    warm(asked)
    facts = files.read(folder)
    before = peak()
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        columns = many.read_columns(facts.people, facts.spells, facts.relations)
        halfway = time.perf_counter()
        rows = many.evaluate_columns(columns, asked, vocabulary, WINDOW).num_rows
        done = time.perf_counter()
        runs.append((done - began, halfway - began, done - halfway))
        del columns
    together, reading, evaluating = min(runs)
    return {
        "together": together,
        "read": reading,
        "evaluate": evaluating,
        "rows": rows,
        "before": before,
        "peak": peak(),
    }


def profile(folder: str) -> dict[str, float]:
    """Where the time of one evaluation on one core goes: function of the engine → seconds, what it calls outside included."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    asked = groups()
    warm(asked)
    facts = files.read(folder)
    profiler = cProfile.Profile()
    profiler.runcall(
        many.evaluate, facts.people, facts.spells, facts.relations, asked, catalogue().vocabulary(), WINDOW
    )
    spent: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in pstats.Stats(profiler).stats.items():
        if _is_engine(function):
            spent[_name(function)] += own
            continue
        for caller, (_, _, _, below) in callers.items():
            if _is_engine(caller):
                spent[_name(caller)] += below
    return dict(spent.most_common())


def _is_engine(function: tuple[str, int, str]) -> bool:
    return _ENGINE in function[0]


def _name(function: tuple[str, int, str]) -> str:
    return f"{Path(function[0]).stem}.{function[2]}"


def warm(asked: dict[str, Group]) -> None:
    """Once through on a handful of facts, so that nothing is compiled while the clock runs."""
    few = generate(200, 2000)
    many.evaluate(few.people, few.spells, few.relations, asked, catalogue().vocabulary(), WINDOW)


def sort(folder: str, times: int) -> dict[str, Any]:
    """Seconds numpy.sort takes for the same boundary events, in the order they came: by default, and stable."""
    keys = boundary_events(files.read(folder))
    return {
        "events": len(keys),
        "default": best(times, lambda: np.sort(keys)),
        "stable": best(times, lambda: np.sort(keys, kind="stable")),
    }


def boundary_events(facts: Facts) -> NDArray[np.int64]:
    """A number for each start and each end: the person, shifted by 32 bits, and the day."""
    person = np.asarray(facts.spells["person"]) << 32
    start = np.asarray(facts.spells["start"].cast("int32"))
    end = np.asarray(facts.spells["end"].cast("int32").fill_null(OPEN))
    return np.concatenate([person + start, person + end])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
