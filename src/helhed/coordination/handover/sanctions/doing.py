"""What a side does with a sanction: each act is decided about, then done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions import actions, complaints
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
    "agree": complaints.agree,
    "agree-in-part": complaints.agree_in_part,
    "keep": complaints.keep,
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


def reverse(asking: Asking, *, sanction: UUID, why: str, whole: bool) -> None:
    """Undo a sanction that took effect, without a complaint: all of it, or a part."""
    with _let(asking, known(sanction).person_key) as let:
        actions.reverse(by=asking.by, sanction=sanction, why=why, whole=whole, decision=let.decision)


def repay(asking: Asking, *, sanction: UUID, amount_oere: int, paid_on: date) -> None:
    """Pay back what was undone."""
    with _let(asking, known(sanction).person_key) as let:
        said = {"amount_oere": amount_oere, "paid_on": paid_on, "decision": let.decision}
        actions.repay(by=asking.by, sanction=sanction, **said)


def complain(asking: Asking, *, sanction: UUID, words: str, received_on: date) -> None:
    """Write down a complaint that came by letter, telephone or in person on a day."""
    with _let(asking, known(sanction).person_key) as let:
        said = {"words": words, "received_on": received_on, "decision": let.decision}
        complaints.complain(by=asking.by, sanction=sanction, own=False, **said)


def send(asking: Asking, *, sanction: UUID, on_day: date) -> None:
    """The complaint was sent to the Board on a day."""
    with _let(asking, known(sanction).person_key) as let:
        complaints.send(by=asking.by, sanction=sanction, on_day=on_day, decision=let.decision)


def hear_board(asking: Asking, *, sanction: UUID, answer: str, on_day: date, why: str, whole: bool) -> None:
    """Write down what the Board answered on a day."""
    with _let(asking, known(sanction).person_key) as let:
        said = {"answer": answer, "on_day": on_day, "why": why, "whole": whole, "decision": let.decision}
        complaints.hear_board(by=asking.by, sanction=sanction, **said)


def take_back(asking: Asking, *, sanction: UUID, why: str) -> None:
    """Write down that the citizen takes the complaint back, and how it was said."""
    with _let(asking, known(sanction).person_key) as let:
        complaints.take_back(by=asking.by, sanction=sanction, own=False, why=why, decision=let.decision)


@contextmanager
def _let(asking: Asking, person: UUID) -> Iterator[Let]:
    way = side_work(by=asking.by, person=person, purpose=asking.purpose, action=SEEN)
    with translation.override(asking.language), way as let:
        yield let
