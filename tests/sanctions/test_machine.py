"""Random events over one citizen's sanctions: both sides, a stranger, the citizen, hand-overs and returns in between; and what
comes after: complaints, the Board, what is undone and paid back.

A plain model says what each act may do; the program and the database must say the same after each.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from handover.world import GKL, ONE
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions, complaints
from helhed.coordination.handover.sanctions.models import Sanction, SanctionStep
from helhed.coordination.handover.sanctions.wishes import Sum
from helhed.sharing.refusal import Refused
from pages.world import user
from sanctions.acted import effected
from sanctions.split import BENEFIT, WHY, hand_over, this_month, wish

SERVICE = "bif/ydelsesservice"
UNITS = {
    "bente": GKL,
    "bodil": GKL,
    "signe": ONE,
    "soeren": ONE,
    "kim": "sof/driftscenter-2",
    "yrsa": SERVICE,
}
STAFF = st.sampled_from(sorted(UNITS))
NEXT = {
    "decided": {"draft": "decided"},
    "received": {"decided": "received"},
    "calculated": {"received": "calculated", "calculated": "calculated"},
    "heard": {"calculated": "heard"},
    "withdrawn": dict.fromkeys(("draft", "decided", "received", "calculated"), "withdrawn"),
    "annulled": {"heard": "annulled"},
}


ENDS = ("agree", "send", "take_back")
"""What takes a complaint on from any state: to its end, or to the Board."""


class Split(RuleBasedStateMachine):
    """The citizen's one sanction as it should be: state, who has the casework, whether an answer waits."""

    def __init__(self, person) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.person, self.holder = person, GKL
        self.sanction, self.state = None, ""
        self.answered = self.upheld = False
        self.steps, self.letters, self.amount = 0, 0, 0
        self.complaint, self.whole, self.repaid, self.undid = "", None, 0, ""
        self.users = {name: user(name) for name in (*UNITS, "eva")}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def tried(self, should: bool, verb, name: str, steps: int = 1, **said: object):
        """Do it; it must go through exactly when the model says so."""
        try:
            with transaction.atomic():
                answer = verb(by=self.users[name], **said)
        except Refused:
            assert not should, f"{verb.__name__} by {name} was refused in {self.state}"
            return None
        assert should, f"{verb.__name__} by {name} went through in {self.state}"
        self.steps += steps
        return answer

    def decides(self, name: str) -> bool:
        return UNITS[name] == self.holder

    @rule(name=STAFF)
    def draft(self, name: str) -> None:
        if self.sanction is not None:
            return
        self.sanction = self.tried(self.decides(name), actions.draft, name, person=self.person, wish=wish())
        if self.sanction is not None:
            self.state = "draft"

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF)
    def revise(self, name: str) -> None:
        should = self.decides(name) and self.state == "draft"
        self.tried(
            should, actions.revise, name, sanction=self.sanction, wish=wish(reason="Mødte ikke i går.")
        )

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF, kind=st.sampled_from(["decided", "withdrawn", "annulled"]))
    def deciding(self, name: str, kind: str) -> None:
        verb = {"decided": actions.decide, "withdrawn": actions.withdraw, "annulled": actions.annul}[kind]
        more = {} if kind == "decided" else {"why": WHY}
        self.advance(self.decides(name), verb, name, kind, **more)

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF, kind=st.sampled_from(["received", "heard"]))
    def carrying_out(self, name: str, kind: str) -> None:
        verb = {"received": actions.receive, "heard": actions.hear}[kind]
        self.advance(name == "yrsa", verb, name, kind)

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF, amount=st.integers(-5, BENEFIT + 5), known=st.booleans())
    def calculate(self, name: str, amount: int, known: bool) -> None:
        sum = Sum(this_month(), amount, BENEFIT if known else None)
        whole = amount > 0 and (not known or amount <= BENEFIT)
        if self.advance(name == "yrsa" and whole, actions.calculate, name, "calculated", sum=sum):
            self.amount = amount

    def advance(self, allowed: bool, verb, name: str, kind: str, **more: object) -> bool:
        should = allowed and self.state in NEXT[kind]
        self.tried(should, verb, name, sanction=self.sanction, **more)
        if should:
            self.state = NEXT[kind][self.state]
            self.letters += kind in ("heard", "annulled")
        return should

    @precondition(lambda self: self.sanction is not None)
    @rule(name=st.sampled_from(["eva", *sorted(UNITS)]))
    def answer(self, name: str) -> None:
        own = name == "eva"
        should = self.state == "heard" and (own or name == "yrsa" or self.decides(name))
        self.tried(
            should, actions.answer, name, sanction=self.sanction, words="Jeg var syg den dag.", own=own
        )
        if should:
            self.answered, self.upheld = True, False

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF)
    def uphold(self, name: str) -> None:
        should = self.decides(name) and self.state == "heard" and self.answered and not self.upheld
        self.tried(should, actions.uphold, name, sanction=self.sanction, why=WHY)
        self.upheld = self.upheld or should

    @precondition(lambda self: self.sanction is not None)
    @rule(name=STAFF)
    def effect(self, name: str) -> None:
        should = name == "yrsa" and self.state == "heard" and self.answered and self.upheld
        self.tried(should, actions.effect, name, sanction=self.sanction)
        if should:
            self.state, self.letters = "effected", self.letters + 1

    @precondition(lambda self: self.state in ("heard", "effected", "reversed", "repaid"))
    @rule(name=STAFF, whole=st.booleans())
    def reverse(self, name: str, whole: bool) -> None:
        should = self.decides(name) and not self.complaint and self.can_undo(whole)
        self.tried(should, actions.reverse, name, sanction=self.sanction, why=WHY, whole=whole)
        self.undone(should, name, whole)

    def can_undo(self, whole: bool) -> bool:
        took_effect = self.state in ("effected", "reversed", "repaid")
        return took_effect and not self.whole and (whole or self.state != "reversed")

    def undone(self, went: bool, name: str, whole: bool) -> None:
        if went:
            self.state, self.whole, self.undid, self.letters = "reversed", whole, name, self.letters + 1

    @precondition(lambda self: self.state in ("effected", "reversed", "repaid"))
    @rule(name=STAFF, share=st.integers(0, 4))
    def repay(self, name: str, share: int) -> None:
        left = self.amount - self.repaid
        amount = left * share // 3
        right = amount == left if self.whole else 0 < amount < left
        should = name == "yrsa" and self.state == "reversed" and right
        said = {"amount_oere": amount, "paid_on": timezone.localdate()}
        self.tried(should, actions.repay, name, sanction=self.sanction, **said)
        if should:
            self.state, self.repaid, self.letters = "repaid", self.repaid + amount, self.letters + 1

    @precondition(lambda self: self.sanction is not None)
    @rule(name=st.sampled_from(["eva", *sorted(UNITS)]))
    def complain(self, name: str) -> None:
        may = name in ("eva", "yrsa") or self.decides(name)
        should = may and self.can_undo(True) and not self.complaint
        said = {"words": "", "received_on": timezone.localdate(), "own": name == "eva"}
        self.tried(should, complaints.complain, name, steps=0, sanction=self.sanction, **said)
        if should:
            self.complaint, self.letters = "received", self.letters + 1

    @precondition(lambda self: self.complaint)
    @rule(name=STAFF, what=st.sampled_from(["keep", "agree", "agree_in_part", "send", "take_back"]))
    def about_the_complaint(self, name: str, what: str) -> None:
        looks_again = self.complaint in ("received", "returned")
        follows = {
            "keep": looks_again,
            "agree": self.can_undo(True),
            "agree_in_part": looks_again and self.can_undo(False),
            "send": self.complaint == "kept",
            "take_back": True,
        }
        should = follows[what] and (self.decides(name) or (what == "take_back" and name == "yrsa"))
        said = {"send": {"on_day": timezone.localdate()}, "take_back": {"own": False, "why": WHY}}
        undoes, verb = what in ("agree", "agree_in_part"), getattr(complaints, what)
        more = said.get(what, {"why": WHY})
        self.tried(should, verb, name, steps=int(undoes), sanction=self.sanction, **more)
        self.undone(should and undoes, name, what == "agree")
        if should:
            again = self.complaint == "returned"
            self.letters += what in ("send", "take_back") or (what == "keep" and again)
            self.complaint = {"send": "sent"}.get(what, "") if what in ENDS or again else "kept"

    @precondition(lambda self: self.complaint)
    @rule(
        name=STAFF,
        what=st.sampled_from(["confirmed", "changed", "dismissed", "returned"]),
        whole=st.booleans(),
    )
    def the_board(self, name: str, what: str, whole: bool) -> None:
        should = self.decides(name) and self.complaint == "sent"
        should = should and (what != "changed" or self.can_undo(whole))
        said = {"answer": what, "on_day": timezone.localdate(), "why": WHY, "whole": whole}
        undoes = what == "changed"
        self.tried(should, complaints.hear_board, name, steps=int(undoes), sanction=self.sanction, **said)
        self.undone(should and undoes, name, whole)
        if should:
            self.letters += not undoes
            self.complaint = "returned" if what == "returned" else ""

    @rule()
    def the_casework_moves(self) -> None:
        self.holder = ONE if self.holder == GKL else GKL
        hand_over(self.person, self.holder)

    @invariant()
    def the_database_says_the_same(self) -> None:
        if self.sanction is None:
            assert not Sanction.objects.filter(person_key=self.person).exists()
            return
        row = Sanction.objects.get(pk=self.sanction)
        assert (row.state, row.steps) == (self.state, self.steps)
        assert (row.amount_oere or 0) == self.amount
        assert (row.complaint, row.reversed_whole, row.repaid_oere) == (
            self.complaint,
            self.whole,
            self.repaid,
        )
        assert row.complaints.filter(ended_at__isnull=True).count() == bool(self.complaint)
        assert 0 <= row.repaid_oere <= self.amount
        assert Letter.objects.filter(about=row.pk).count() == self.letters
        steps = list(SanctionStep.objects.filter(sanction=row).order_by("number"))
        assert [step.number for step in steps] == list(range(1, self.steps + 1))
        assert all(step.unit == SERVICE and step.by != row.decided_by for step in steps if step.by == "yrsa")
        assert all(one.at <= two.at for one, two in zip(steps, steps[1:], strict=False))


def machine(world, examples: int, steps: int, kind: type = Split) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=timedelta(minutes=5),
        suppress_health_check=quiet,
    )
    run_state_machine_as_test(lambda: kind(world.eva), settings=how)


class Undone(Split):
    """The same from where the sanction took effect, so that what comes after is tried as often as what comes before."""

    def __init__(self, person) -> None:
        super().__init__(person)
        row = effected(person)
        self.sanction, self.state, self.amount = row.pk, "effected", row.amount_oere
        self.answered, self.upheld = True, True
        self.steps, self.letters = row.steps, Letter.objects.filter(about=row.pk).count()


def test_both_sides_in_any_order(world):
    machine(world, 40, 30)


def test_complaints_and_undoing_in_any_order(world):
    machine(world, 40, 30, Undone)


@pytest.mark.slow
def test_both_sides_in_any_order_at_length(world):
    machine(world, 400, 50)
    machine(world, 400, 50, Undone)
