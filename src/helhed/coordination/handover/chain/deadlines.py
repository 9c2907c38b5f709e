"""By when a step is to be done, as the adoption of the model says."""

from datetime import date, timedelta

from helhed.coordination.handover.adoption.standing import Adopted

DAYS = {
    "proposed": "assess_days",
    "assessed": "assess_days",
    "asked": "consent_days",
    "consented": "assess_days",
    "offered": "accept_days",
    "refused": "accept_days",
}
"""Which deadline of the adoption follows when a hand-over has come to a state. A return keeps the one it opened with."""


def due(adopted: Adopted, state: str, today: date) -> date:
    """The last day of the next step of a hand-over that has come to a state today."""
    return today + timedelta(days=getattr(adopted, DAYS[state]))
