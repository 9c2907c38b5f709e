"""How often citizens go back and forth, in words and protected numbers; and which of the unit's came back within half a year."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain import pingpong
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.reach import PURPOSE
from helhed.sharing import naming
from helhed.sharing.answers import Count

WITHIN = pingpong.WITHIN
"""The days after which it is counted who has gone back."""
MOST = 100
ABOUT = ("handover",)


@dataclass(frozen=True)
class Line:
    """One model: moved over, moved back, moved back within each of WITHIN days, moved over again; and the causes in words."""

    model: str
    label: str
    over: Count
    back: Count
    within: tuple[Count, ...]
    again: Count
    causes: tuple[tuple[str, Count], ...]


@dataclass(frozen=True)
class Soon:
    """Somebody of the unit line who was moved back within half a year. `moves`: of the responsibility, all in all."""

    chain: UUID
    name: str
    model: str
    cause: str
    on: date
    days: int
    moves: int


def counts(*, by: User, language: str) -> tuple[Line, ...]:
    """By model. NoAccess for who leads no hand-overs."""
    with override(language):
        return tuple(
            Line(
                line.model,
                words.model_label(line.model, language),
                line.over,
                line.back,
                line.within,
                line.again,
                tuple((words.cause_label(cause), number) for cause, number in line.causes),
            )
            for line in pingpong.counts(by=by)
        )


def soon(*, by: User, language: str) -> tuple[tuple[Soon, ...], int]:
    """Those of the viewer's unit line who were moved back within half a year and may be named to the viewer, the newest first,
    a hundred at most; and how many there are whose name is closed to the viewer. Each name is a line in the citizen's log."""
    if not (by.may("handover.lead") and by.unit):
        return (), 0
    found = pingpong.back_soon(by.unit)[:MOST]
    people = {each.person_key for each in found}
    named = naming.named(people, by=by, purpose=PURPOSE, action="handovers-listed", about=ABOUT)
    moves = pingpong.of_each(named)
    with override(language):
        shown = tuple(
            Soon(
                each.chain,
                named[each.person_key].name,
                each.model,
                words.cause_label(each.cause),
                timezone.localdate(each.at),
                each.days,
                moves[each.person_key].count,
            )
            for each in found
            if each.person_key in named
        )
    return shown, len(found) - len(shown)
