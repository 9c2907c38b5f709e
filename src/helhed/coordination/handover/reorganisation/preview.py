"""What a reorganisation would take along: counted before, protected like every number of citizens."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from helhed.accounts.models import User
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.entrances.models import Team
from helhed.coordination.handover.reorganisation.changes import Change
from helhed.sharing import counts, protection
from helhed.sharing.answers import Count
from helhed.sharing.ledger.models import PARTS

HELD = """
    SELECT unit, part, count(*) FROM ledger_holding WHERE until IS NULL AND unit = ANY(%s) GROUP BY 1, 2
"""
CHAINS = """
    SELECT unit, count(*) FROM (
        SELECT id, from_unit AS unit FROM handover_chain WHERE ended_at IS NULL
        UNION SELECT id, to_unit FROM handover_chain WHERE ended_at IS NULL
    ) c WHERE unit = ANY(%s) GROUP BY 1
"""
TASKS = """
    SELECT h.unit, count(*) FROM ledger_holding h
    JOIN tasks_task t ON t.person_key = h.person_key AND t.part = h.part AND t.state = 'open'
    WHERE h.until IS NULL AND h.unit = ANY(%s) GROUP BY 1
"""
SANCTIONS = """
    SELECT h.unit, count(*) FROM ledger_holding h
    JOIN sanctions_sanction s ON s.person_key = h.person_key AND s.state NOT IN ('effected', 'annulled', 'withdrawn')
    WHERE h.until IS NULL AND h.part IN ('sagsbehandleransvar', 'ydelsesansvar') AND h.unit = ANY(%s) GROUP BY 1
"""
LEFT = """
    SELECT EXISTS (SELECT FROM ledger_holding WHERE until IS NULL AND unit = ANY(%(units)s))
        OR EXISTS (SELECT FROM ledger_worker WHERE until IS NULL AND unit = ANY(%(units)s))
        OR EXISTS (SELECT FROM handover_chain WHERE ended_at IS NULL AND (from_unit = ANY(%(units)s) OR to_unit = ANY(%(units)s)))
        OR EXISTS (SELECT FROM adoption_adoptedmodel WHERE state IN ('proposed', 'approved') AND receiving = ANY(%(units)s))
        OR EXISTS (SELECT FROM entrances_team WHERE until IS NULL AND unit = ANY(%(units)s))
        OR EXISTS (SELECT FROM accounts_user WHERE is_active AND unit = ANY(%(units)s))
"""
"""Whether any of several units has anything; tasks and sanctions lie with what is held."""
WORKERS = """
    SELECT unit, count(*) FROM ledger_worker WHERE until IS NULL AND unit = ANY(%s) GROUP BY 1
"""


@dataclass(frozen=True)
class Along:
    """What one unit has, which goes along: citizens by part of the responsibility, and the rest. `staff`: names, as the
    directory of staff has them."""

    change: Change
    parts: Mapping[str, Count]
    chains: Count
    tasks: Count
    sanctions: Count
    workers: Count
    models: tuple[str, ...]
    teams: int
    staff: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the unit has nothing left."""
        numbers = (*self.parts.values(), self.chains, self.tasks, self.sanctions, self.workers)
        return not (any(n.hidden or n.value for n in numbers) or self.models or self.teams or self.staff)


def preview(changes: Iterable[Change], *, by: User, day: date) -> tuple[Along, ...]:
    """What goes along with each change, unit by unit. NoAccess for who may not count."""
    changes = tuple(changes)
    units = [change.old for change in changes]
    counts.allow(by, f"reorganisation {day}")
    held = Counter({(unit, part): number for unit, part, number in _rows(HELD, units)})
    others = [Counter(dict(_rows(query, units))) for query in (CHAINS, TASKS, SANCTIONS, WORKERS)]
    receiving, staff = models_of(units), staff_of(units)
    teams = Counter(Team.objects.filter(unit__in=units, until__isnull=True).values_list("unit", flat=True))
    limit = counts.threshold()

    def along(change: Change) -> Along:
        unit = change.old
        chains, tasks, sanctions, workers = (protection.cell(each[unit], limit) for each in others)
        return Along(
            change=change,
            parts={part: protection.cell(held[unit, part], limit) for part in PARTS},
            chains=chains,
            tasks=tasks,
            sanctions=sanctions,
            workers=workers,
            models=tuple(row.model for row in receiving if row.receiving == unit),
            teams=teams[unit],
            staff=tuple(user.name for user in staff if user.unit == unit),
        )

    return tuple(along(change) for change in changes)


def something_left(changes: Iterable[Change]) -> bool:
    """Whether any of the units that give way still has something to take along."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, {"units": [change.old for change in changes]})
        return bool(cursor.fetchone()[0])


def models_of(units: list[str]) -> list[AdoptedModel]:
    """The adopted models, proposed or approved, that these units receive for."""
    rows = AdoptedModel.objects.filter(receiving__in=units, state__in=["proposed", "approved"])
    return list(rows.order_by("model"))


def staff_of(units: list[str]) -> list[User]:
    """Those who work in these units."""
    return list(User.objects.filter(unit__in=units, is_active=True).order_by("name"))


def _rows(query: str, units: list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [units])
        return cursor.fetchall()
