"""`helhed bench engine`: how fast the engines are, against the sort, against peers, and against themselves at other sizes.

All rows are measured in one run and told as ratios. Facts are made up (`engine_bench.data`) and lie in files; each thing
is measured in a process of its own. A figure is the quickest of several runs, on both sides. A peer that is slow is asked
about a tenth of the people, its time multiplied, and that is said.
"""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.utils import timezone
from rich.console import Console

from helhed.commands.engine_bench import peers_rows, stored, workshop
from helhed.commands.engine_bench.apart import apart, available, physical
from helhed.commands.engine_bench.rows import Row, as_plain, missed, seconds, tell
from helhed.commands.own_database import database_of_its_own, deliveries_in
from helhed.commands.refusal import RefusalError

Say = Callable[[str], None]
_HERE = "helhed.commands.engine_bench"
_RUNS = 3
_TEN_TIMES_NEEDS = 160  # bytes for each spell of the largest size: 16 GB for a hundred million
_STRAIGHT = 1.15
_CITIZENS = 2000
_CITY = 1000  # people; on fewer the workshop has nothing to show
_QUIET = 0.5
_TOLD = 12  # functions of the profile
_WIDTH = 140  # where the table goes to a file


@dataclass(frozen=True)
class Asked:
    """How many people and spells; `big`: ten times as many too (None = if memory allows); `peers`: ask them."""

    people: int = 650_000
    spells: int = 10_000_000
    big: bool | None = None
    peers: bool = True


def run(asked: Asked, output: Path | None = None, say: Say = print) -> None:
    """Measure, tell the table, write it as JSON if asked to. RefusalError with one sentence if an aim is missed."""
    on = machine()
    with tempfile.TemporaryDirectory(prefix="helhed-bench-") as folder:
        rows = list(measured(asked, folder, say))
        say("where the time goes")
        spent = apart(f"{_HERE}.whole:profile", folder=f"{folder}/whole")
    tell(rows, Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH))
    _tell_profile(spent, say)
    say(f"Measured on {on['cores']} cores ({on['processor']}).")
    if on["busy"] > _QUIET:
        say(f"The machine was busy when this began (load {on['busy']}): measure again when it is quiet.")
    if output:
        told = {"machine": on, "rows": [as_plain(row) for row in rows], "profile": spent}
        output.write_text(json.dumps(told, indent=1))
    if not_met := missed(rows):
        works = "; ".join(row.work for row in not_met)
        raise RefusalError(f"{len(not_met)} of the aims are missed: {works}.")


def _tell_profile(spent: dict[str, float], say: Say) -> None:
    """The functions of the engine that take most, as shares of one evaluation on one core."""
    total = sum(spent.values())
    shares = [f"{name} {took / total:.0%}" for name, took in list(spent.items())[:_TOLD]]
    say(f"Where the time goes, on one core ({seconds(total)}): {', '.join(shares)}")


def machine() -> dict[str, Any]:
    """What it is measured on; `busy`: how many processes were at work on it in the minute before."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "memory": physical(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "busy": round(os.getloadavg()[0], 1),
    }


def measured(asked: Asked, folder: str, say: Say = print) -> Iterator[Row]:
    """The rows one by one; files are laid in the folder."""
    whole, small = f"{folder}/whole", f"{folder}/small"
    say(f"making {asked.people:,} people and {asked.spells:,} spells, and a tenth of them")
    apart(f"{_HERE}.files:write", folder=whole, people=asked.people, spells=asked.spells)
    apart(
        f"{_HERE}.files:write", folder=small, people=max(asked.people // 10, 100), spells=asked.spells // 10
    )
    say("everyone, all groups, fifteen years")
    ours = apart(f"{_HERE}.whole:engine", folder=whole, times=_RUNS)
    say("the sort of the same events")
    sort = apart(f"{_HERE}.whole:sort", folder=whole, times=_RUNS)
    yield from _against_sort(ours, sort)
    say("a tenth of it")
    tenth = apart(f"{_HERE}.whole:engine", folder=small, times=3 * _RUNS)
    if asked.peers:
        yield from peers_rows.rows(small, 10, ours["together"], tenth["together"], say)
    yield _growth(asked.spells // 10, tenth, asked.spells, ours)
    yield _ten_times(asked, folder, ours, say)
    say("one person")
    yield from _citizen(min(asked.people, _CITIZENS))
    if asked.people >= _CITY:
        say("the workshop")
        told = apart(f"{_HERE}.workshop:on_facts", tables=True, folder=whole)
        yield _workshop(
            f"{asked.people:,} people and {asked.spells / 1e6:g} M spells", told, 1.0, "made ready in"
        )
    yield from _stored(Path(folder), min(max(asked.people, stored.LEAST), stored.MOST), say)


def _against_sort(ours: dict[str, float], sort: dict[str, float]) -> Iterator[Row]:
    took = ours["together"]
    split = f"columns read and grouped {seconds(ours['read'])}, evaluated {seconds(ours['evaluate'])}"
    events = f"{sort['events'] / 1e6:.3g} M boundary events, int64 keys"
    yield Row(
        "all spells of all groups",
        seconds(took),
        f"numpy.sort {seconds(sort['default'])}",
        took / sort["default"],
        ("≤", 1.0),
        note=f"{split}; {ours['rows']:,} spells out. numpy.sort of {events}, as it sorts by default on this processor.",
    )
    yield Row(
        "the same",
        seconds(took),
        f"numpy.sort, stable {seconds(sort['stable'])}",
        took / sort["stable"],
        ("≤", 1.0),
        note='kind="stable": the sort that keeps an order, and the speed of the default one without AVX-512 or AVX2.',
    )
    peak = ours["peak"] / 1e9
    yield Row(
        "peak memory of the whole process",
        f"{peak:.2f} GB",
        "",
        peak,
        ("≤", 3.0),
        "GB",
        f"VmHWM of a process that reads the facts ({ours['before'] / 1e9:.2f} GB then) and evaluates them {_RUNS} times.",
    )


def _growth(few: int, of_few: dict[str, float], many: int, of_many: dict[str, float]) -> Row:
    """Seconds a spell at two sizes: the larger against the smaller."""
    small, large = of_few["together"] / few, of_many["together"] / many
    return Row(
        f"growth from {few / 1e6:g} M to {many / 1e6:g} M spells",
        f"{large * 1e9:.0f} ns a spell",
        f"{small * 1e9:.0f} ns a spell",
        large / small,
        ("≤", _STRAIGHT),
    )


def _ten_times(asked: Asked, folder: str, ours: dict[str, float], say: Say) -> Row:
    spells, need = 10 * asked.spells, 10 * asked.spells * _TEN_TIMES_NEEDS
    free = available()
    if asked.big is False or (asked.big is None and free < need):
        why = "left out by --no-big" if asked.big is False else f"{free / 1e9:.0f} GB of memory are free"
        work = f"growth from {asked.spells / 1e6:g} M to {spells / 1e6:g} M spells"
        return Row(
            work, "skipped", "", None, ("≤", _STRAIGHT), note=f"Skipped: it needs {need / 1e9:.2g} GB; {why}."
        )
    say(f"{spells:,} spells")
    big = f"{folder}/big"
    apart(f"{_HERE}.files:write", folder=big, people=10 * asked.people, spells=spells)
    largest = apart(f"{_HERE}.whole:engine", folder=big, times=2)
    return _growth(asked.spells, ours, spells, largest)


def _stored(folder: Path, people: int, say: Say) -> Iterator[Row]:
    """What needs the store: a city in a database of its own."""
    say(f"a city of {people:,} people, delivered and counted")
    with database_of_its_own(), deliveries_in(folder):
        yield from stored.rows(folder, stored.make_city(folder / "city", people), say)
        say("the workshop at the server")
        told = workshop.at_server(timezone.localdate())
        yield _workshop(
            f"the made-up city of {people:,}", told, 0.15, "with protection and the log; the first took"
        )


def _workshop(about: str, told: dict[str, float], most: float, first: str) -> Row:
    return Row(
        f"workshop: one part of a criterion changed, {about}",
        f"median {seconds(told['median'])}, p95 {seconds(told['p95'])}",
        seconds(most),
        told["p95"] * 1e3,
        ("≤", most * 1e3),
        "ms",
        f"Size, curve by month over ten years, overlaps, units and hand-backs anew for 50 changes; {first} {seconds(told['first'])}.",
    )


def _citizen(people: int) -> Iterator[Row]:
    told = apart(f"{_HERE}.citizen:reasons", people=people)
    yield Row(
        f"one person, all {told['groups']} groups, one day, with reasons",
        f"median {seconds(told['median'])}, p95 {seconds(told['p95'])}",
        "2 ms",
        told["p95"] * 1e3,
        ("≤", 2.0),
        "ms",
        f"Over {people:,} persons, the quickest of three runs each. With the near misses of every group as well: "
        f"median {seconds(told['misses_median'])}, p95 {seconds(told['misses_p95'])}.",
    )
    one = apart(f"{_HERE}.citizen:decision", people=people)
    if one["zen"] is None:
        yield peers_rows.not_installed("one decision", "zen-engine")
        return
    if one["differ"]:
        raise RefusalError(f"zen-engine and helhed differ on {one['differ']} of {one['decided']} decisions.")
    yield Row(
        "one decision, group 2A on one day",
        f"median {seconds(one['median'])}",
        f"zen-engine {seconds(one['zen'])}",
        one["zen"] / one["median"],
        note=f"The same answer for {one['decided']:,} persons. zen-engine is given the facts of the day and the age worked "
        "out beforehand; ours finds them among all the person's spells and would say unknown too.",
    )
