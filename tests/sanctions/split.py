"""What the tests of sanctions do again and again: a wish, a hand-over in the ledger, a sanction brought to a state."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from handover.world import GKL, ONE
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.sanctions.money import first_of
from helhed.coordination.handover.sanctions.wishes import Sum, Wish
from helhed.sharing.ledger.actions import move
from pages.world import user

REASON = "Borgeren mødte ikke til jobsamtalen og ringede ikke."
ASSESSMENT = "Vi har set på sygdom og bolig; der var ingen rimelig grund."
WHY = "Svaret ændrer ikke vores vurdering."
MOVES = ("sagsbehandleransvar", "beskaeftigelsesindsats")
BENEFIT = 1_100_000
STATES = ("draft", "decided", "received", "calculated", "heard")


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def wish(**more: object) -> Wish:
    said = {"ground": "LAS-36", "from_day": yesterday(), "to_day": yesterday(), "reason": REASON}
    return Wish(**(said | {"assessment": ASSESSMENT} | more))


def this_month() -> date:
    return first_of(timezone.localdate())


def hand_over(person: UUID, unit: str = ONE) -> None:
    """The casework goes to a unit, as a hand-over or its return would move it."""
    ground = "tilbagefoersel" if unit == GKL else "ressortflyt"
    move(by=SYSTEM, person=person, to=dict.fromkeys(MOVES, unit), ground=ground, ref=uuid4())


def brought(person: UUID, state: str, decides: str = "bente", carries_out: str = "yrsa") -> Sanction:
    """A sanction that has come to this state by its ordinary steps."""
    sanction = actions.draft(by=user(decides), person=person, wish=wish())
    steps = (
        lambda: actions.decide(by=user(decides), sanction=sanction),
        lambda: actions.receive(by=user(carries_out), sanction=sanction),
        lambda: actions.calculate(
            by=user(carries_out), sanction=sanction, sum=Sum(this_month(), 50_000, BENEFIT)
        ),
        lambda: actions.hear(by=user(carries_out), sanction=sanction),
    )
    for step in steps[: STATES.index(state)]:
        step()
    return Sanction.objects.get(pk=sanction)
