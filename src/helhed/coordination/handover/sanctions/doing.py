"""What a side does with a sanction: each act is decided about, then done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.letting import SEEN, Let, side_work
from helhed.coordination.handover.sanctions.picturing import known_benefit
from helhed.coordination.handover.sanctions.staff import known
from helhed.coordination.handover.sanctions.wishes import Sum, Wish

PLAIN: Mapping[str, Callable[..., None]] = {
    "decide": actions.decide,
    "receive": actions.receive,
    "hear": actions.hear,
    "effect": actions.effect,
}
WITH_REASON: Mapping[str, Callable[..., None]] = {
    "withdraw": actions.withdraw,
    "uphold": actions.uphold,
    "annul": actions.annul,
}


@dataclass(frozen=True)
class Asking:
    """Who asks, for which purpose, in which language."""

    by: User
    purpose: str
    language: str


def draft(asking: Asking, *, person: UUID, wish: Wish) -> UUID:
    """Write a draft; answers it."""
    with _let(asking, person) as let:
        return actions.draft(by=asking.by, person=let.met.row.key, wish=wish, decision=let.decision)


def revise(asking: Asking, *, sanction: UUID, wish: Wish) -> UUID:
    """Write a draft anew; answers it."""
    with _let(asking, known(sanction).person_key) as let:
        actions.revise(by=asking.by, sanction=sanction, wish=wish, decision=let.decision)
    return sanction


def step(asking: Asking, *, sanction: UUID, act: str, why: str = "") -> None:
    """Take a step that needs a reason, or nothing. KeyError for another act; LookupError where there is no such sanction."""
    said = {"why": why} if act in WITH_REASON else {}
    verb = {**PLAIN, **WITH_REASON}[act]
    with _let(asking, known(sanction).person_key) as let:
        verb(by=asking.by, sanction=sanction, decision=let.decision, **said)


def calculate(asking: Asking, *, sanction: UUID, month: date, amount_oere: int, why: str) -> None:
    """Say what is deducted of a month's benefit; what the register knows of that benefit is looked up here."""
    with _let(asking, known(sanction).person_key) as let:
        sum = Sum(month, amount_oere, known_benefit(let, month))
        actions.calculate(by=asking.by, sanction=sanction, sum=sum, why=why, decision=let.decision)


def write_answer(asking: Asking, *, sanction: UUID, words: str) -> None:
    """Write down what the citizen answered, in person or by telephone."""
    with _let(asking, known(sanction).person_key) as let:
        actions.answer(by=asking.by, sanction=sanction, words=words, own=False, decision=let.decision)


@contextmanager
def _let(asking: Asking, person: UUID) -> Iterator[Let]:
    way = side_work(by=asking.by, person=person, purpose=asking.purpose, action=SEEN)
    with translation.override(asking.language), way as let:
        yield let
