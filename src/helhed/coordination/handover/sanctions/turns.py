"""Whose turn it is: who has the next step of a sanction and of a complaint about it, and by when; of one, and of all at once."""

from datetime import date, timedelta

from django.db.models import F, Q

from helhed.coordination.handover.sanctions.models import DRAFT, HEARD, TO_ANSWER, Sanction

EFFECT_DAYS = 5
"""So many days the benefits service has from the end of a hearing until it deducts."""


def waits_for(row: Sanction, today: date) -> str:
    """Who has the next step of the sanction: "decides", "carries_out", "citizen", or "" where it is ended."""
    if row.ended_at is not None:
        return ""
    if row.state == DRAFT:
        return "decides"
    if row.state != HEARD or ready(row, today):
        return "carries_out"
    return "citizen" if row.answered_at is None else "decides"


def complaint_waits_for(row: Sanction) -> str:
    """Who has the next step of the complaint: "decides", "board" (the National Social Appeals Board), or "" without one."""
    return "" if not row.complaint else "decides" if row.complaint in TO_ANSWER else "board"


def deadline(row: Sanction) -> date | None:
    """By when the next step of the sanction should be taken. Of a hearing nobody answered it is some days after its end."""
    if row.state == HEARD and row.answered_at is None and row.hearing_due:
        return row.hearing_due + timedelta(days=EFFECT_DAYS)
    return row.due_on


def late(row: Sanction, today: date) -> bool:
    """Whether somebody of the staff should have taken a step before today, of the sanction or of the complaint."""
    return late_itself(row, today) or bool(row.complaint_due and row.complaint_due < today)


def late_itself(row: Sanction, today: date) -> bool:
    """The same of the sanction alone, without the complaint about it."""
    due = deadline(row)
    return bool(due and due < today and waits_for(row, today) in ("decides", "carries_out"))


def ready(row: Sanction, today: date) -> bool:
    """Whether the citizen has been heard to the end: no answer in time, or the decision kept to after the answer."""
    if row.answered_at is None:
        return row.hearing_due is not None and row.hearing_due < today
    return row.upheld_at is not None and row.upheld_at >= row.answered_at


ANSWERED = Q(state=HEARD, answered_at__isnull=False) & (
    Q(upheld_at__isnull=True) | Q(upheld_at__lt=F("answered_at"))
)
"""The citizen has answered, and the deciding unit has not yet said what it makes of it."""
COMPLAINED = Q(complaint__in=TO_ANSWER)
"""A complaint waits for the deciding unit."""
TO_DECIDE = Q(state=DRAFT) | ANSWERED


def to_carry_out(today: date) -> Q:
    """What waits for the benefits service."""
    silent = Q(state=HEARD, answered_at__isnull=True, hearing_due__gte=today)
    heard = Q(state=HEARD) & ~ANSWERED & ~silent
    return heard | Q(state__in=["decided", "received", "calculated", "reversed"])


def overdue_itself(today: date) -> Q:
    """What `late_itself` says of one: the deadline of whoever's turn it is has passed."""
    unanswered = Q(state=HEARD, answered_at__isnull=True)
    waited = unanswered & Q(hearing_due__lt=today - timedelta(days=EFFECT_DAYS))
    return waited | (Q(ended_at__isnull=True, due_on__lt=today) & ~unanswered)
