"""`helhed bench hatch`: how long a decision takes, a list of fifty at the database, and the sealing of the log."""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction
from rich.console import Console

from helhed.commands.bench_engine import machine
from helhed.commands.engine_bench.rows import Row, as_plain, missed, seconds, tell
from helhed.commands.hatch_bench import lists, people
from helhed.commands.hatch_bench.deciding import WHO, each, share
from helhed.commands.hatch_bench.people import Size
from helhed.commands.hatch_bench.sealing import sealing
from helhed.commands.own_database import database_of_its_own
from helhed.commands.refusal import RefusalError

DECISION, LIST, SEALING = 2.0, 20.0, 5.0
"""The aims: milliseconds of a decision (p99) and of a list (p95), seconds of sealing."""
_WIDTH = 140
_QUIET = 0.5


@dataclass(frozen=True)
class Asked:
    """How large the city is, how many decisions and pages are timed, how many lines are sealed."""

    size: Size = Size()
    decisions: int = 3_000
    pages: int = 400
    lines: int = 100_000


def run(asked: Asked, output: Path | None = None) -> None:
    """Measure, tell the table, write it as JSON if asked to. RefusalError with one sentence if an aim is missed."""
    on = machine()
    usual = settings.KEY_FOLDER
    with tempfile.TemporaryDirectory(prefix="helhed-bench-") as folder, database_of_its_own():
        settings.KEY_FOLDER = Path(folder)
        try:
            rows = list(measured(asked))
        finally:
            settings.KEY_FOLDER = usual
    tell(rows, Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH))
    print(f"Measured on {on['cores']} cores ({on['processor']}).")
    if on["busy"] > _QUIET:
        print(f"The machine was busy ({on['busy']}): the times are too long, the ratios hold.")
    if output is not None:
        output.write_text(json.dumps({"machine": on, "rows": [as_plain(row) for row in rows]}, indent=1))
    if short := missed(rows):
        raise RefusalError(f"Aims missed: {'; '.join(row.work for row in short)}.")


def measured(asked: Asked) -> Iterator[Row]:
    """The rows one by one, in the database that is pointed at."""
    yield from _decisions(asked)
    people.write(asked.size)
    lists.make_peers()
    yield from _lists(asked)
    yield from _sealing(asked)


def _decisions(asked: Asked) -> Iterator[Row]:
    questions = people.questions(asked.decisions, Random(1))
    one, whole = each(questions, WHO), each(questions)
    yield _spread("one decision: one category", one, 0.99, DECISION)
    yield _spread("one look: twenty categories", whole, 0.99, None, "Two in three with a consent.")
    ratio = share(whole, 0.5) / share(one, 0.5)
    yield Row("a look against one decision", seconds(share(whole, 0.5)), seconds(share(one, 0.5)), ratio)


def _lists(asked: Asked) -> Iterator[Row]:
    with transaction.atomic():
        if not lists.same(Random(2)):
            raise RefusalError("The three forms of the list do not answer the same.")
        found = lists.pages(asked.pages, Random(3))
    size = asked.size
    of = f"50 citizens of a unit out of {size.cases:,} cases, {size.people:,} citizens, {size.grants:,} grants."
    ours = found["rls"]
    yield _spread("a list of fifty", ours, 0.95, LIST, of)
    for form, words in (("where", "conditions written out"), ("exists", "a policy of subqueries")):
        peer = found[form]
        ratio = share(peer, 0.5) / share(ours, 0.5)
        told = f"{seconds(share(peer, 0.5))} / {seconds(share(peer, 0.95))}"
        yield Row(
            f"the same with {words}", told, seconds(share(ours, 0.5)), ratio, note="p50 / p95; ratio of p50."
        )


def _sealing(asked: Asked) -> Iterator[Row]:
    told = sealing(asked.lines)
    aim = ("≤", SEALING)
    yield Row(
        f"sealing {asked.lines:,} lines", seconds(told["seal_seconds"]), "", told["seal_seconds"], aim, "s"
    )
    ratio = told["seal_seconds"] / told["write_seconds"]
    yield Row(
        "sealing against writing the lines",
        seconds(told["seal_seconds"]),
        seconds(told["write_seconds"]),
        ratio,
    )
    yield Row("verifying them", seconds(told["verify_seconds"]), note=f"{told['findings']} findings.")
    if told["findings"]:
        raise RefusalError("What was sealed does not verify.")


def _spread(work: str, spent: list[float], of: float, most: float | None, note: str = "") -> Row:
    """p50 and the share the aim is about, in milliseconds."""
    high = share(spent, of)
    told = f"{seconds(share(spent, 0.5))} / {seconds(high)}"
    aim = None if most is None else ("≤", most)
    return Row(work, told, "", high * 1e3, aim, "ms", f"p50 / p{of * 100:.0f}. {note}".strip())
