"""Random events over one citizen's sanctions: both sides, a stranger, the citizen, hand-overs and returns in between.

A plain model says what each act may do; the program and the database must say the same after each.
"""

from datetime import timedelta

import pytest
from django.db import transaction
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
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.models import Sanction, SanctionStep
from helhed.coordination.handover.sanctions.wishes import Sum
from helhed.sharing.refusal import Refused
from pages.world import user
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
        self.users = {name: user(name) for name in (*UNITS, "eva")}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def tried(self, should: bool, verb, name: str, **said: object):
        """Do it; it must go through exactly when the model says so."""
        try:
            with transaction.atomic():
                answer = verb(by=self.users[name], **said)
        except Refused:
            assert not should, f"{verb.__name__} by {name} was refused in {self.state}"
            return None
        assert should, f"{verb.__name__} by {name} went through in {self.state}"
        self.steps += 1
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
        assert Letter.objects.filter(about=row.pk).count() == self.letters
        steps = list(SanctionStep.objects.filter(sanction=row).order_by("number"))
        assert [step.number for step in steps] == list(range(1, self.steps + 1))
        assert all(step.unit == SERVICE and step.by != row.decided_by for step in steps if step.by == "yrsa")
        assert all(one.at <= two.at for one, two in zip(steps, steps[1:], strict=False))


def machine(world, examples: int, steps: int) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=timedelta(minutes=5),
        suppress_health_check=quiet,
    )
    run_state_machine_as_test(lambda: Split(world.eva), settings=how)


def test_both_sides_in_any_order(world):
    machine(world, 40, 30)


@pytest.mark.slow
def test_both_sides_in_any_order_at_length(world):
    machine(world, 400, 50)
