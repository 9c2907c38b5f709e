"""Whose turn it is: who has the next step of a sanction."""

from datetime import date

from helhed.coordination.handover.sanctions.models import HEARD, Sanction


def waits_for(row: Sanction, today: date) -> str:
    """Who has the next step: "decides", "carries_out", "citizen", or "" where it is ended."""
    if row.ended_at is not None:
        return ""
    if row.state == "draft":
        return "decides"
    if row.state != HEARD or ready(row, today):
        return "carries_out"
    return "citizen" if row.answered_at is None else "decides"


def ready(row: Sanction, today: date) -> bool:
    """Whether the citizen has been heard to the end: no answer in time, or the decision kept to after the answer."""
    if row.answered_at is None:
        return row.hearing_due is not None and row.hearing_due < today
    return row.upheld_at is not None and row.upheld_at >= row.answered_at
