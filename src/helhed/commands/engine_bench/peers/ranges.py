"""PostgreSQL multiranges: for each person a multirange of dates per leaf (range_agg), groups by +, - and *.

Everything is SQL on tables already loaded and analysed. `at least n of` is a union of intersections; "not" is the window
minus; a version is in force on a range of dates. Every group's spells come out, unknown ones too.
"""

import time
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pyarrow as pa

from helhed.commands.engine_bench import files
from helhed.commands.engine_bench.data import WINDOW, Facts, groups
from helhed.commands.engine_bench.peers.questions import (
    Birthless,
    Bit,
    Channel,
    Expression,
    Fed,
    InForce,
    Inverse,
    Named,
    Questions,
    expressible,
    questions,
)
from helhed.law import catalogue
from helhed.periods import Duration, date_of
from helhed.rules import many
from helhed.rules.criteria import Age

_WINDOW = f"datemultirange(daterange('{date_of(WINDOW.start)}', '{date_of(WINDOW.stop)}'))"
_TABLES = {
    "people": "person bigint, birth_date date",
    "spells": 'person bigint, kind text, code text, unit text, start date, "end" date',
    "relations": 'parent bigint, child bigint, start date, "end" date',
}
_SETTINGS = ("work_mem = '512MB'", "jit = off", "max_parallel_workers_per_gather = 2")
_COMBOS = "SELECT DISTINCT kind, code, unit FROM bench_spells"


def run(cursor: Any, folder: str) -> dict[str, Any]:
    """Seconds to the spells of every group a peer can be asked, and whether they are ours. Needs a schema to itself.

    `cursor`: of psycopg, on a database in which tables of any name may be made.
    """
    facts = files.read(folder)
    asked = expressible(groups())
    for name, columns in _TABLES.items():
        _load(cursor, name, columns, getattr(facts, name))
    for setting in _SETTINGS:
        cursor.execute(f"SET {setting}")
    began = time.perf_counter()
    cursor.execute(_COMBOS)
    for statement in statements(questions(asked, cursor.fetchall(), catalogue().vocabulary())):
        cursor.execute(statement)
    took = time.perf_counter() - began
    ours = many.evaluate(facts.people, facts.spells, facts.relations, asked, catalogue().vocabulary(), WINDOW)
    differ, rows = _differ(cursor, ours, facts)
    return {"seconds": took, "groups": len(asked), "rows": rows, "differ": differ}


def statements(asked: Questions) -> Iterator[str]:
    """What is executed one after the other; the last leaves the table `found`."""
    yield _fed(asked)
    yield "ANALYZE bench_covered"
    columns = ", ".join(
        f"coalesce(range_agg(days) FILTER (WHERE channel = {number}), '{{}}') AS c{number}"
        for number, channel in enumerate(asked.channels)
        if isinstance(channel, Fed)
    )
    yield f"CREATE UNLOGGED TABLE bench_leaves AS SELECT person, {columns} FROM bench_covered GROUP BY person"
    yield f"CREATE UNLOGGED TABLE bench_found AS {_found(asked)}"


def _fed(asked: Questions) -> str:
    """The spells under the channels they feed; those of children carried over to their parents."""
    rows = [
        f"({_quoted(kind)}, {_quoted(code)}, {_quoted(unit)}, {number}, {channel.of_child})"
        for number, channel in enumerate(asked.channels)
        if isinstance(channel, Fed)
        for kind, code, unit in channel.combos
    ]
    feeds = f"(VALUES {', '.join(rows)}) AS f(kind, code, unit, channel, of_child)"
    same = "s.kind = f.kind AND s.code = f.code AND coalesce(s.unit, '') = coalesce(f.unit, '')"
    fed = f'SELECT s.person, f.channel, f.of_child, daterange(s.start, s."end") AS days FROM bench_spells s JOIN {feeds} ON {same}'
    return f"""CREATE UNLOGGED TABLE bench_covered AS WITH fed AS ({fed})
        SELECT person, channel, days FROM fed WHERE NOT of_child
        UNION ALL
        SELECT r.parent, channel, days * daterange(r.start, r."end") FROM fed
        JOIN bench_relations r ON r.child = fed.person WHERE of_child AND days && daterange(r.start, r."end")"""


def _found(asked: Questions) -> str:
    """One row of channels for each person; then the groups, those named by others first; then their ranges as rows."""
    channels = ", ".join(f"{_channel(channel, n)} AS d{n}" for n, channel in enumerate(asked.channels))
    steps, names = [], []
    for number, (key, (certain, possible)) in enumerate(asked.groups.items()):
        inner = f"SELECT {_range(certain)} AS {_name(key, True)}, {_range(possible)} AS {_name(key, False)} OFFSET 0"
        steps.append(f"CROSS JOIN LATERAL ({inner}) g{number}")
        true, maybe = _name(key, True), _name(key, False)
        names += [f"('{key}', 'true', {true})", f"('{key}', 'unknown', {maybe} - {true})"]
    return f"""SELECT v.key, person, v.value, lower(days) AS start, upper(days) AS stop
        FROM (SELECT p.person, {channels} FROM bench_people p LEFT JOIN bench_leaves l USING (person) OFFSET 0) w
        {" ".join(steps)}
        CROSS JOIN LATERAL (VALUES {", ".join(names)}) v(key, value, held)
        CROSS JOIN LATERAL unnest(v.held * {_WINDOW}) days"""


def _channel(channel: Channel, number: int) -> str:
    """The multirange of a channel, from the person's leaves or day of birth."""
    if isinstance(channel, InForce):
        stop = "NULL" if channel.stop is None else f"'{date_of(channel.stop)}'"
        return f"datemultirange(daterange('{date_of(channel.start)}', {stop}))"
    if isinstance(channel, Birthless):
        return f"CASE WHEN birth_date IS NULL THEN {_WINDOW} ELSE '{{}}' END"
    if isinstance(channel, Age):
        stop = "NULL" if channel.below is None else _birthday(channel.below)
        ages = f"datemultirange(daterange({_birthday(channel.start or 0)}, {stop}))"
        return f"CASE WHEN birth_date IS NULL THEN '{{}}' ELSE {ages} END"
    held = f"coalesce(c{number}, '{{}}')"
    if channel.within:
        moved = f"daterange(lower(r), {_moved('upper(r)', '+', channel.within)})"
    elif channel.lasted:
        start = _moved("lower(r)", "+", channel.lasted)
        moved = f"CASE WHEN {start} < coalesce(upper(r), 'infinity') THEN daterange({start}, upper(r)) END"
    elif channel.ending_within:
        start = f"greatest(lower(r), {_moved('upper(r)', '-', channel.ending_within)})"
        moved = f"CASE WHEN NOT upper_inf(r) THEN daterange({start}, upper(r)) END"
    else:
        return held
    return f"(SELECT coalesce(range_agg({moved}), '{{}}') FROM unnest({held}) r)"


def _moved(day: str, sign: str, duration: Duration) -> str:
    length = f"{duration.months} months" if duration.months else f"{duration.days} days"
    return f"({day} {sign} interval '{length}')::date"


def _birthday(age: int) -> str:
    """Who is born on 29 February has the birthday on 1 March in a common year."""
    day = f"(birth_date + interval '{age} years')::date"
    leap = f"to_char(birth_date, 'MMDD') = '0229' AND extract(day FROM {day}) = 28"
    return f"(CASE WHEN {leap} THEN {day} + 1 ELSE {day} END)"


def _range(expression: Expression) -> str:
    match expression:
        case Bit():
            return f"d{expression.number}"
        case Inverse():
            return f"({_WINDOW} - {_range(expression.of)})"
        case Named():
            return _name(expression.key, expression.certainly)
    ranges = [_range(part) for part in expression.of]
    some = [" * ".join(chosen) for chosen in combinations(ranges, expression.n)]
    return f"({' + '.join(f'({each})' for each in some)})" if some else "datemultirange()"


def _name(key: str, certain: bool) -> str:
    return f"{key.lower()}_{'t' if certain else 'm'}"


def _quoted(word: str | None) -> str:
    return "NULL" if word is None else f"'{word}'"


def _load(cursor: Any, name: str, columns: str, table: pa.Table) -> None:
    cursor.execute(f"CREATE UNLOGGED TABLE bench_{name} ({columns})")
    with cursor.copy(f"COPY bench_{name} FROM STDIN") as copy:
        for row in zip(*(table[column].to_pylist() for column in table.column_names), strict=True):
            copy.write_row(row)
    cursor.execute(f"ANALYZE bench_{name}")


def _differ(cursor: Any, ours: Any, facts: Facts) -> tuple[int, int]:
    """How many rows only one of us has, and how many rows there are."""
    cursor.execute("SELECT key, person, value, start, stop FROM bench_found")
    theirs = set(cursor.fetchall())
    end = date_of(WINDOW.stop)
    columns = ours.set_column(4, "end", ours["end"].fill_null(end)).to_pydict()
    mine = set(zip(*(columns[name] for name in ("group", "person", "value", "start", "end")), strict=True))
    return len(mine ^ theirs), len(theirs)
