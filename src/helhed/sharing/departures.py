"""Who has died or moved away, as the population register says through the case systems: for the rooms that must act on it.
Nothing here is shown to anybody; who shows or acts on it writes the line in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from helhed.audit.covering import choosing
from helhed.law import catalogue
from helhed.register import questions as register
from helhed.register.questions import FactRow
from helhed.sharing import policy
from helhed.sharing.answers import Registered

KIND = "cpr_status"
DEATH, MOVED = "death", "moved-away"
CAUSES = (DEATH, MOVED)
"""What a status undoes a hand-over as, the strongest first."""


@dataclass(frozen=True)
class Departed:
    """A citizen who has died or moved away. `cause`: the stronger of `causes`; `since`: the first day any row says so of it;
    `rows`: the rows of the sources that say it, as plain values."""

    person_key: UUID
    cause: str
    causes: frozenset[str]
    since: date
    rows: tuple[Mapping[str, str], ...]

    @property
    def told(self) -> dict[str, Any]:
        """What a step rests on that was taken because of it, as plain values."""
        return {
            "cause": self.cause,
            "since": self.since.isoformat(),
            "register": [dict(row) for row in self.rows],
        }


def departed(people: Iterable[UUID], on: date | None = None) -> dict[UUID, Departed]:
    """Those of some citizens who have died or moved away, as it is known now, on a day (today)."""
    day = on or timezone.localdate()
    ids = register.ids_of(people)
    if not ids:
        return {}
    with choosing():
        facts = register.facts_of_each(ids.values(), kinds=(KIND,))
    found = {key: _departed(key, facts[number], day) for key, number in ids.items() if facts[number]}
    return {key: one for key, one in found.items() if one is not None}


def dead(people: Iterable[UUID]) -> set[UUID]:
    """Those of some citizens who have died."""
    return {key for key, one in departed(people).items() if one.cause == DEATH}


def registered(
    facts: Iterable[FactRow], on: date, sources: Mapping[str, str], language: str
) -> tuple[Registered, ...]:
    """How a citizen stands in the population register on a day: each status once, the day it is said from and the systems that
    say it, by their names in `sources`."""
    told: dict[str, list[FactRow]] = {}
    for fact in facts:
        if fact.kind == KIND and policy.holds(fact, on):
            told.setdefault(fact.code, []).append(fact)
    return tuple(
        Registered(
            code,
            catalogue().label(KIND, code, language),
            min(row.true_from for row in rows),
            _names(rows, sources),
        )
        for code, rows in sorted(told.items(), key=lambda item: _order(item[0]))
    )


def _names(rows: Sequence[FactRow], sources: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({sources[row.source] for row in rows}))


def _departed(key: UUID, facts: Iterable[FactRow], on: date) -> Departed | None:
    undoing = _undoing()
    rows = [fact for fact in facts if fact.code in undoing and policy.holds(fact, on)]
    if not rows:
        return None
    causes = frozenset(undoing[row.code] for row in rows)
    cause = next(each for each in CAUSES if each in causes)
    saying = [row for row in rows if undoing[row.code] == cause]
    since = min(row.true_from for row in saying)
    return Departed(key, cause, causes, since, tuple(_row(row) for row in saying))


def _row(fact: FactRow) -> dict[str, Any]:
    return {
        "code": fact.code,
        "from": fact.true_from.isoformat(),
        "source": fact.source,
        "table": fact.table,
        "key": fact.source_key,
        "known": fact.known_from.isoformat(),
    }


def _undoing() -> dict[str, str]:
    """The statuses that undo a hand-over, and as what."""
    return {key: one.undoes for key, one in catalogue().cpr_statuses.items() if one.undoes}


def _order(code: str) -> int:
    return list(catalogue().cpr_statuses).index(code)
