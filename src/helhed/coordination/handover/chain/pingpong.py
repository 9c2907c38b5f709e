"""How often citizens are moved back and forth: for one citizen the days between, for leaders protected counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.chain.models import BACK, OVER, Chain
from helhed.sharing import policy, protection
from helhed.sharing.answers import Count, NoAccess
from helhed.sharing.counts import threshold

SOON = timedelta(days=182)
"""Moved back within this long is too soon: half a year."""
WITHIN = (28, 91, 182)
"""The days after which it is counted who has gone back."""


@dataclass(frozen=True)
class Moves:
    """How often responsibility for a citizen has moved, the days between one move and the next, and how many of the moves
    back came within half a year of the move over."""

    count: int
    days_between: tuple[int, ...]
    soon: int


@dataclass(frozen=True)
class Back:
    """A hand-over that was undone: the return's chain, whom it is about, when, and the days it had lasted."""

    chain: UUID
    person_key: UUID
    model: str
    cause: str
    at: datetime
    days: int


@dataclass(frozen=True)
class Line:
    """One model: moved over, moved back, moved back within each of WITHIN days, moved over again; and the causes."""

    model: str
    over: Count
    back: Count
    within: tuple[Count, ...]
    again: Count
    causes: tuple[tuple[str, Count], ...]


def of_person(person: UUID) -> Moves:
    """One citizen's moves. The caller decides and logs who may know."""
    return of_each([person])[person]


def of_each(people: Iterable[UUID]) -> dict[UUID, Moves]:
    """The same for several citizens; also of who never moved."""
    found = {person: Moves(0, (), 0) for person in people}
    moved = Chain.objects.filter(person_key__in=found, state="effective").order_by("effective_at")
    moments: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    for person, at, direction in moved.values_list("person_key", "effective_at", "direction"):
        moments[person].append((at, direction))
    for person, each in moments.items():
        gaps = [(later[0] - earlier[0], later[1]) for earlier, later in zip(each, each[1:], strict=False)]
        soon = sum(gap <= SOON and direction == BACK for gap, direction in gaps)
        found[person] = Moves(len(each), tuple(gap.days for gap, _direction in gaps), soon)
    return found


def back_soon(unit: str) -> list[Back]:
    """The hand-overs to or from a unit's line that were undone within half a year, the newest first. Whoever shows a name
    asks the hatch."""
    rows = _backs().filter(effective_at__lte=F("returns__effective_at") + SOON).order_by("-effective_at")
    return [
        Back(row.pk, row.person_key, row.model, row.cause, row.effective_at, _lasted(row).days)
        for row in rows
        if any(policy.same_line(unit, each) for each in (row.from_unit, row.to_unit))
    ]


def counts(*, by: User) -> list[Line]:
    """How often citizens went back and forth, by model; rounded, small numbers hidden. For leaders and analysts."""
    if not (by.may("handover.lead") or by.may("mapping.see")):
        note(by=by, action="count", object="hand-overs back and forth", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til tal om overdragelser."))
    note(by=by, action="count", object="hand-overs back and forth")
    over = Counter(Chain.objects.filter(direction=OVER, state="effective").values_list("model", "person_key"))
    backs: dict[str, list[Chain]] = defaultdict(list)
    for row in _backs():
        backs[row.model].append(row)
    return [_line(model, over, backs[model]) for model in sorted({model for model, _person in over})]


def _line(model: str, over: Counter[tuple[str, UUID]], backs: list[Chain]) -> Line:
    times = [times for (of, _person), times in over.items() if of == model]
    limit = threshold()
    lasted = [_lasted(row).days for row in backs]
    causes = Counter(row.cause for row in backs)
    return Line(
        model=model,
        over=protection.cell(len(times), limit),
        back=protection.cell(len({row.person_key for row in backs}), limit),
        within=tuple(protection.cell(sum(days <= most for days in lasted), limit) for most in WITHIN),
        again=protection.cell(sum(one > 1 for one in times), limit),
        causes=tuple((cause, protection.cell(many, limit)) for cause, many in causes.most_common()),
    )


def _backs() -> QuerySet[Chain]:
    return Chain.objects.filter(direction=BACK, state="effective").select_related("returns")


def _lasted(row: Chain) -> timedelta:
    return row.effective_at - row.returns.effective_at
