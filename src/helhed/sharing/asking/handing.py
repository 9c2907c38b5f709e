"""Asking for consent to hand a case over: one citizen or many, to the unit that would take over, from either side's unit.

The question is the joint plan's, and of nothing else: what the plan builds on, from both administrations, to the one unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.sharing import policy
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent import actions
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.notices import HANDOVER, Choices, duration, newest
from helhed.sharing.consent.standing import PLAN, covers
from helhed.sharing.policy import BIF, SOF

BUILT_ON = ("benefit", "employment_case", "offer", "social_case", "service", "plan")
"""What a joint plan of the two administrations is made of (document 002, appendix 2: benefit, offers, social efforts)."""


@dataclass(frozen=True)
class Handing:
    """A citizen whose case `holder` has and `receiver` would take over (unit keys)."""

    person: UUID
    holder: str
    receiver: str


def days_offered() -> tuple[int, ...]:
    """For how many days the consent can be asked, the usual first."""
    return newest(HANDOVER).days


@transaction.atomic
def ask(handings: Sequence[Handing], *, by: User, days: int, language: str) -> Mapping[UUID, UUID]:
    """Put the question to each citizen whom the caller has been let in to; the consents by citizen. One that was asked the
    same by this receiver and has not answered is not asked again. `language` is that of the question."""
    if not by.may("consent.record"):
        raise NoAccess(_("Din rolle giver ikke adgang til borgeres samtykker."))
    for handing in handings:
        if not any(policy.same_line(unit, by.unit) for unit in (handing.holder, handing.receiver)):
            raise NoAccess(_("Kun de to enheder, sagen angår, kan spørge borgeren."))
    asked = _waiting(handings)
    questions = {
        handing.person: _question(handing, days, by) for handing in handings if handing.person not in asked
    }
    return asked | actions.ask_each(by=by, questions=questions, language=language)


def _question(handing: Handing, days: int, by: User) -> Question:
    choices = Choices(BUILT_ON, (BIF, SOF), (handing.receiver,), "", days)
    return Question(HANDOVER, choices, asked_unit=by.unit)


def _waiting(handings: Sequence[Handing]) -> dict[UUID, UUID]:
    """The questions that wait for an answer already."""
    receivers = {handing.person: handing.receiver for handing in handings}
    rows = Consent.objects.filter(person_key__in=receivers, kind=PLAN, state="requested")
    return {
        row.person_key: row.pk
        for row in rows.order_by("requested_at")
        if any(covers(unit, receivers[row.person_key]) for unit in row.recipients)
    }


def lasting(days: int) -> str:
    """How long that is, in the words the question uses."""
    return duration(days)
