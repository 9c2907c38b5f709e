"""How often citizens go back and forth, in words and protected numbers."""

from dataclasses import dataclass

from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain import pingpong
from helhed.coordination.handover.work import words
from helhed.sharing.answers import Count

WITHIN = pingpong.WITHIN
"""The days after which it is counted who has gone back."""


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
