"""A program that hands citizens over and back, on and on, as those whose turn it is; to be killed at any moment.

Started (`serve`) with the names of a database's log-ins in its environment, once Django is set up. Each line it reads begins a child, whose process number it
says: "on SEED KEYS…" works until it is killed, "end SEED KEYS…" until everybody has been brought back.
"""

import os
import sys
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain import actions, returning
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import BACK, ENDED, Chain
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices
from helhed.sharing.policy import rules as policy_rules
from helhed.sharing.refusal import Refused
from helhed.sharing.rule_texts import rule_of

YES = {"bif": {"EX1": False, "EX3": False}, "sof": {"need": True, "EX2": False}}
ONE, GKL = "sof/driftscenter-1", "bif/jobcenter-koebenhavn/gammel-koege-landevej"
PLAN = Choices(("benefit", "employment_case", "social_case", "plan"), ("bif", "sof"), (ONE,), "", 365)


def next_step(person: UUID, again: bool) -> bool:
    """Take the next step for a citizen; False when the citizen is back and is not to be moved again."""
    row = Chain.objects.filter(person_key=person).order_by("-opened_at").first()
    is_back = row is not None and row.direction == BACK and row.state in ENDED
    if is_back and not again:
        return False
    if row is None or is_back:
        actions.propose(by=SYSTEM, adoption=AdoptedModel.objects.get(model="5A").pk, people=[person])
    else:
        STEPS[row.direction, row.state](row)
    return True


def assess(row: Chain) -> None:
    for side, name in (("bif", "bente"), ("sof", "soeren")):
        actions.assess(by=user(name), chain=row.pk, side=side, answers=Answers(YES[side]))


@transaction.atomic
def ask(row: Chain) -> None:
    question = Question("helhedsorienteret-plan", PLAN, asked_unit=GKL)
    asked = consents.ask(by=user("bente"), person=row.person_key, question=question, language="da")
    consents.give(by=SYSTEM, consent=asked, language="da")
    actions.bind(by=user("bente"), chain=row.pk, consent=asked)


def decide(row: Chain) -> None:
    actions.decide(by=user("bente"), chain=row.pk, effective_on=timezone.localdate())


def accept(row: Chain) -> None:
    actions.accept(by=user("bente" if row.direction == BACK else "soeren"), chain=row.pk)


def effect(row: Chain) -> None:
    actions.effect(by=SYSTEM, chain=row.pk)


def turn_back(row: Chain) -> None:
    returning.open_return(by=user("soeren"), chain=row.pk, cause="request", note="Borgeren vil tilbage.")


def hand_over(row: Chain) -> None:
    returning.write_note(by=user("soeren"), chain=row.pk, note="Aftalt: praktik fra mandag.")


def user(name: str) -> User:
    return User.objects.get(username=name)


STEPS = {
    ("over", "proposed"): assess,
    ("over", "assessed"): ask,
    ("over", "asked"): lambda row: actions.hear_answers(by=SYSTEM),
    ("over", "consented"): decide,
    ("over", "offered"): accept,
    ("over", "accepted"): effect,
    ("over", "effective"): turn_back,
    ("back", "proposed"): hand_over,
    ("back", "offered"): accept,
    ("back", "accepted"): effect,
}


def work(seed: int, people: list[UUID], again: bool) -> None:
    """Two do this at once, so the other may have been first."""
    random, left = Random(seed), list(people)
    while left:
        person = random.choice(left)
        try:
            if not next_step(person, again):
                left.remove(person)
        except (Refused, NoAccess, KeyError):
            continue


def serve() -> None:
    """Begin a child for each line."""
    rule_of("5A")  # the catalogue is read once, here: a child is at work as soon as it is begun
    policy_rules()
    connection.close()
    for line in sys.stdin:
        how, seed, *keys = line.split()
        child = os.fork()
        if not child:
            work(int(seed), [UUID(key) for key in keys], how == "on")
            os._exit(0)
        print(child, flush=True)
