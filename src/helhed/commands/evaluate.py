"""`helhed evaluate`: facts and groups from files, spells to a file. No database."""

import argparse
import pkgutil
import sys
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rich.console import Console

from helhed.commands.exchange.facts import Facts, engine_tables, read_facts
from helhed.commands.exchange.faults import told_in
from helhed.commands.exchange.group_files import Asked, read_asked
from helhed.commands.exchange.results import check_output, write_result
from helhed.commands.refusal import RefusalError
from helhed.commands.telling import Telling
from helhed.periods import Span, day_of
from helhed.rules import many

SPARK = "helhed.commands.exchange.spark:evaluate_on_spark"
WORDS = {
    "da": {
        "no_spark": "Spark er ikke installeret. Start med ./helhed, som henter det, eller installer helhed[spark].",
        "read": "Læser fakta",
        "evaluate": "Beregner",
        "write": "Skriver",
        "done": "færdig",
        "written": "Skrevet: {path} ({rows} rækker)",
        "window": "--to {to} ligger ikke efter --from {start}. Ret datoerne; --to er den første dag, der ikke er med.",
    },
    "en": {
        "no_spark": "Spark is not installed. Start with ./helhed, which fetches it, or install helhed[spark].",
        "read": "Reading facts",
        "evaluate": "Evaluating",
        "write": "Writing",
        "done": "done",
        "written": "Written: {path} ({rows} rows)",
        "window": "--to {to} is not after --from {start}. Correct the dates; --to is the first day not included.",
    },
}


def run(options: argparse.Namespace) -> None:
    """Write the spells of everyone in every group of the files; all of it, or nothing."""
    words = WORDS[options.language]
    with told_in(options.language):
        if options.to <= options.start:
            raise RefusalError(words["window"].format(to=options.to, start=options.start))
        check_output(options.output, options.facts)
        engine = _on_spark(words) if options.engine == "spark" else _here
        asked = read_asked(options.groups, options.catalogue)
        console = Console(stderr=True, highlight=False, quiet=not options.progress)
        telling = Telling(3, console, words["done"])
        with telling.step(words["read"]) as report:
            facts = read_facts(options.facts, asked.vocabulary, report)
        with telling.step(words["evaluate"]) as report:
            if options.engine == "local":
                many.warm(lambda said: print(getattr(said, options.language), file=sys.stderr))
            window = Span(day_of(options.start), day_of(options.to))
            result = _own_groups(engine(facts, asked, window), asked)
        with telling.step(words["write"]) as report:
            write_result(options.output, result, facts.persons, report)
    print(words["written"].format(path=options.output, rows=result.num_rows))


def _here(facts: Facts, asked: Asked, window: Span) -> Any:
    """Worked out in this process."""
    return many.evaluate(*engine_tables(facts), asked.groups, asked.vocabulary, window)


def _on_spark(words: dict[str, str]) -> Callable[[Facts, Asked, Span], Any]:
    """Worked out by Spark, which is looked up only now: not everyone has it, and it takes a second to load."""
    try:
        evaluate: Callable[[Facts, Asked, Span], Any] = pkgutil.resolve_name(SPARK)
    except ModuleNotFoundError:
        raise RefusalError(words["no_spark"]) from None
    return evaluate


def _own_groups(result: Any, asked: Asked) -> Any:
    """The rows of the files' own groups, without those of the catalogue's that they lead to."""
    if len(asked.keys) == len(asked.groups):
        return result
    own = pa.array(asked.keys, pa.string())
    return result.filter(pc.is_in(result.column("group").cast(pa.string()), value_set=own))
