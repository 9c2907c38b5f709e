"""DuckDB: events, running sums, intervals for each person, groups – the engine's own shape, in window SQL. Run apart.

Spells are joined with the channels they feed, united (gaps and islands), given their time condition; each start and end
becomes a toggle; a running exclusive-or over a person's toggles is the state of every interval; groups are found on the
distinct states; neighbouring intervals of the same value become spells. Every group's spells come out, unknown ones too.
"""

import time
from collections.abc import Mapping
from typing import Any

from helhed.commands.engine_bench import files
from helhed.commands.engine_bench.data import WINDOW, Facts, groups
from helhed.commands.engine_bench.peers.questions import (
    Birthless,
    Bit,
    Expression,
    Fed,
    InForce,
    Inverse,
    Named,
    Pair,
    Questions,
    expressible,
    questions,
)
from helhed.law import catalogue
from helhed.periods import Duration, date_of
from helhed.rules import many
from helhed.rules.criteria import Age

try:
    import duckdb
except ImportError:
    duckdb = None

_FROM, _TO = f"DATE '{date_of(WINDOW.start)}'", f"DATE '{date_of(WINDOW.stop)}'"
_OPEN = "DATE '9999-12-31'"
_COMBOS = "SELECT DISTINCT kind, code, unit FROM spells"


def run(folder: str) -> dict[str, Any]:
    """Seconds to the spells of every group a peer can be asked, from tables already loaded, and whether they are ours."""
    if duckdb is None:
        return {"installed": False}
    facts = files.read(folder)
    asked = expressible(groups())
    with duckdb.connect() as connection:
        _load(connection, facts)
        began = time.perf_counter()
        combos = connection.execute(_COMBOS).fetchall()
        for statement in statements(questions(asked, combos, catalogue().vocabulary())):
            connection.execute(statement)
        took = time.perf_counter() - began
        ours = many.evaluate(
            facts.people, facts.spells, facts.relations, asked, catalogue().vocabulary(), WINDOW
        )
        connection.register("ours", ours)
        differ = connection.execute(_DIFFER).fetchall()[0][0]
        rows = connection.execute("SELECT count(*) FROM found").fetchall()[0][0]
    return {"installed": True, "seconds": took, "groups": len(asked), "rows": rows, "differ": differ}


def _load(connection: Any, facts: Facts) -> None:
    for name in ("people", "spells", "relations"):
        connection.register("arrow", getattr(facts, name))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
        connection.unregister("arrow")


def statements(asked: Questions) -> list[str]:
    """What is executed one after the other; the last leaves the table `found`."""
    masks = [1 << number for number in range(len(asked.channels))]
    kind = "UBIGINT" if len(masks) <= 64 else "HUGEINT"
    known: dict[str, tuple[str, str]] = {}
    for key, pair in asked.groups.items():
        known[key] = _texts(pair, known)
    outcomes = " UNION ALL ".join(
        f"SELECT state, '{key}' AS \"group\", CASE WHEN {true} THEN 'true' ELSE 'unknown' END AS value "
        f"FROM states WHERE {true} OR {possible}"
        for key, (true, possible) in known.items()
    )
    return [
        _fed(asked),
        f"CREATE TABLE runs AS {_islands('covered')}",
        f"CREATE TABLE held AS {_held(asked)}",
        f"CREATE TABLE intervals AS {_intervals(asked, masks, kind)}",
        "CREATE TABLE states AS SELECT DISTINCT state FROM intervals",
        f"CREATE TABLE outcomes AS {outcomes}",
        _FOUND,
    ]


def _fed(asked: Questions) -> str:
    """The spells under the channels they feed; those of children carried over to their parents."""
    rows = [
        f"({_quoted(kind)}, {_quoted(code)}, {_quoted(unit)}, {number}, {channel.of_child})"
        for number, channel in enumerate(asked.channels)
        if isinstance(channel, Fed)
        for kind, code, unit in channel.combos
    ]
    feeds = f"(VALUES {', '.join(rows)}) AS f(kind, code, unit, channel, of_child)"
    same = "s.kind = f.kind AND s.code = f.code AND s.unit IS NOT DISTINCT FROM f.unit"
    fed = f'SELECT s.person, f.channel, f.of_child, s.start, coalesce(s."end", {_OPEN}) AS stop FROM spells s JOIN {feeds} ON {same}'
    return f"""CREATE TABLE covered AS WITH fed AS ({fed})
        SELECT person, channel, start, stop FROM fed WHERE NOT of_child
        UNION ALL
        SELECT * FROM (
            SELECT r.parent, channel, greatest(fed.start, r.start) AS start,
                least(stop, coalesce(r."end", {_OPEN})) AS stop
            FROM fed JOIN relations r ON r.child = fed.person WHERE of_child) WHERE start < stop"""


def _quoted(word: str | None) -> str:
    return "NULL" if word is None else f"'{word}'"


def _islands(table: str) -> str:
    """Spells that touch or overlap made one, for each person and channel."""
    window = "PARTITION BY person, channel ORDER BY start ROWS"
    return f"""SELECT person, channel, min(start) AS start, max(stop) AS stop FROM (
        SELECT *, sum(fresh) OVER ({window} UNBOUNDED PRECEDING) AS island FROM (
            SELECT *, CASE WHEN start <= max(stop) OVER ({window} BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                THEN 0 ELSE 1 END AS fresh
            FROM {table}))
        GROUP BY person, channel, island"""


def _held(asked: Questions) -> str:
    """The runs after their time condition; those that may now overlap are united again."""
    plain, timed = [], []
    for number, channel in enumerate(asked.channels):
        if not isinstance(channel, Fed):
            continue
        if channel.within:
            stop = f"CASE WHEN stop < {_OPEN} THEN {_moved('stop', '+', channel.within)} ELSE stop END"
            timed.append(f"SELECT person, channel, start, {stop} AS stop FROM runs WHERE channel = {number}")
        elif channel.ending_within:
            start = f"greatest(start, {_moved('stop', '-', channel.ending_within)})"
            timed.append(
                f"SELECT person, channel, {start} AS start, stop FROM runs WHERE channel = {number} AND stop < {_OPEN}"
            )
        elif channel.lasted:
            start = _moved("start", "+", channel.lasted)
            plain.append(
                f"SELECT person, channel, {start}, stop FROM runs WHERE channel = {number} AND {start} < stop"
            )
    changed = [
        str(n)
        for n, c in enumerate(asked.channels)
        if isinstance(c, Fed) and (c.within or c.ending_within or c.lasted)
    ]
    untouched = f"SELECT * FROM runs WHERE channel NOT IN ({', '.join(['-1', *changed])})"
    united = [_islands(f"({' UNION ALL '.join(timed)})")] if timed else []
    return " UNION ALL ".join([untouched, *plain, *united])


def _moved(day: str, sign: str, duration: Duration) -> str:
    months = f"to_months({duration.months})" if duration.months else f"to_days({duration.days})"
    return f"({day} {sign} {months})::DATE"


def _intervals(asked: Questions, masks: list[int], kind: str) -> str:
    """Every person's days cut where something changes, with the state of each piece."""
    cases = " ".join(f"WHEN {number} THEN {mask}::{kind}" for number, mask in enumerate(masks))
    spans = [f"SELECT person, start, stop, (CASE channel {cases} END) AS mask FROM held"]
    for channel, mask in zip(asked.channels, masks, strict=True):
        if isinstance(channel, Age):
            start = _birthday(channel.start or 0)
            stop = _OPEN if channel.below is None else _birthday(channel.below)
            spans.append(
                f"SELECT person, {start}, {stop}, {mask}::{kind} FROM people WHERE birth_date IS NOT NULL"
            )
        elif isinstance(channel, Birthless):
            spans.append(
                f"SELECT person, {_FROM}, {_OPEN}, {mask}::{kind} FROM people WHERE birth_date IS NULL"
            )
        elif isinstance(channel, InForce):
            stop = _OPEN if channel.stop is None else f"DATE '{date_of(channel.stop)}'"
            spans.append(
                f"SELECT person, DATE '{date_of(channel.start)}', {stop}, {mask}::{kind} FROM people"
            )
    return f"""WITH clipped AS (
            SELECT person, greatest(start, {_FROM}) AS start, least(stop, {_TO}) AS stop, mask
            FROM ({" UNION ALL ".join(spans)}) WHERE start < {_TO} AND stop > {_FROM} AND start < stop),
        toggles AS (
            SELECT person, day, bit_xor(mask) AS mask FROM (
                SELECT person, start AS day, mask FROM clipped
                UNION ALL SELECT person, stop, mask FROM clipped WHERE stop < {_TO}
                UNION ALL SELECT person, {_FROM}, 0::{kind} FROM people)
            GROUP BY person, day)
        SELECT person, day, lead(day, 1, {_TO}) OVER (PARTITION BY person ORDER BY day) AS until,
            bit_xor(mask) OVER (PARTITION BY person ORDER BY day ROWS UNBOUNDED PRECEDING) AS state
        FROM toggles"""


def _birthday(age: int) -> str:
    """Who is born on 29 February has the birthday on 1 March in a common year."""
    day = f"(birth_date + to_years({age}))::DATE"
    leap = f"month(birth_date) = 2 AND day(birth_date) = 29 AND day({day}) = 28"
    return f"(CASE WHEN {leap} THEN {day} + 1 ELSE {day} END)"


def _texts(pair: Pair, known: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    certain, possible = pair
    return _text(certain, known), _text(possible, known)


def _text(expression: Expression, known: Mapping[str, tuple[str, str]]) -> str:
    match expression:
        case Bit():
            return f"(state & {1 << expression.number}) <> 0"
        case Inverse():
            return f"NOT ({_text(expression.of, known)})"
        case Named():
            return f"({known[expression.key][0 if expression.certainly else 1]})"
    texts = [f"({_text(part, known)})" for part in expression.of]
    if len(texts) < expression.n:
        return "false"
    if expression.n in (1, len(texts)):
        return (" OR " if expression.n == 1 else " AND ").join(texts)
    return f"{' + '.join(f'{text}::INT' for text in texts)} >= {expression.n}"


_FOUND = """CREATE TABLE found AS
    SELECT "group", person, value, min(day) AS start, max(until) AS stop FROM (
        SELECT *, sum(fresh) OVER (w ROWS UNBOUNDED PRECEDING) AS spell FROM (
            SELECT person, "group", value, day, until,
                CASE WHEN day = lag(until) OVER w THEN 0 ELSE 1 END AS fresh
            FROM intervals JOIN outcomes USING (state)
            WINDOW w AS (PARTITION BY "group", person, value ORDER BY day))
        WINDOW w AS (PARTITION BY "group", person, value ORDER BY day))
    GROUP BY "group", person, value, spell"""

_DIFFER = f"""SELECT count(*) FROM (
    SELECT "group"::VARCHAR AS g, person, value::VARCHAR AS v, start, coalesce("end", {_TO}) AS stop FROM ours) o
    FULL JOIN found f ON o.g = f."group" AND o.person = f.person AND o.v = f.value AND o.start = f.start AND o.stop = f.stop
    WHERE o.person IS NULL OR f.person IS NULL"""
