"""A hand-over brought as far as a test needs it, by the people of the world."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from handover.world import ONE, adopt, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain
from pages.world import user

YES = {"bif": {"EX1": False, "EX3": False}, "sof": {"need": True, "EX2": False}}
WORKER = {"bif": "bente", "sof": "soeren"}


def proposed(person: UUID, model: str = "5A", adoption: AdoptedModel | None = None) -> Chain:
    """A chain that is proposed, under a model adopted for it."""
    terms = adoption or AdoptedModel.objects.filter(model=model).first() or adopt(model)
    actions.propose(by=SYSTEM, adoption=terms.pk, people=[person])
    return Chain.objects.get(person_key=person, model=model)


def decided(person: UUID, on: date | None = None) -> Chain:
    """Assessed by both, consented to, decided and offered."""
    chain = proposed(person)
    consent(person, ONE)
    for side, answers in YES.items():
        actions.assess(by=user(WORKER[side]), chain=chain.pk, side=side, answers=Answers(answers))
    actions.decide(by=user("bente"), chain=chain.pk, effective_on=on or timezone.localdate(), note="")
    return fresh(chain)


def effective(person: UUID) -> Chain:
    """Accepted, and in effect."""
    chain = decided(person)
    actions.accept(by=user("soeren"), chain=chain.pk)
    assert actions.effect(by=SYSTEM, chain=chain.pk)
    return fresh(chain)


def fresh(chain: Chain) -> Chain:
    """The chain as it stands now."""
    return Chain.objects.get(pk=chain.pk)


def alter(place: str, statement: str) -> None:
    """Change what the database protects, as its owner; something must have been there to change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT altered_for_tests(%s, %s)", [place, statement])
        assert cursor.fetchone()[0] > 0
