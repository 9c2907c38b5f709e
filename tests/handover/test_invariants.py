"""Random lives of three citizens under model 5A: whatever happens in whatever order, responsibility has exactly one holder, moves
only on what it must rest on, takes the rights along at once, and can always be carried to an end.

Each sequence is undone afterwards. What the database checks when a transaction ends is checked after every event.
"""

from datetime import timedelta
from random import getrandbits
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from handover.acts import YES
from handover.watching import Link, Watched, lives
from handover.world import GKL, ONE, adopt, consent
from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, again, causes, proposing, quiet, returning, rounds
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import BACK, ENDED, OVER, Chain
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.tasks import actions as tasks
from helhed.register.models import Fact
from helhed.sharing.access import decisions
from helhed.sharing.answers import NoAccess
from helhed.sharing.clock import moment
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger.models import Holding
from helhed.sharing.refusal import Refused
from pages.world import PASSWORD

CASEWORK = "sagsbehandleransvar"
PEOPLE = ("eva", "finn", "jon")
BIF, SOF = ("bente", "bodil"), ("soeren", "signe")
STAFF = (*BIF, *SOF, "ung", "kim", "lene", "birgit")
YOUTH = "bif/ungeenhed"
OF_UNIT = {GKL: "bodil", YOUTH: "ung", ONE: "signe"}
ASKED = (("identity", "both"), ("employment_case", "bif"))
WHO, WHOM = st.sampled_from(STAFF), st.sampled_from(PEOPLE)
BEFORE_EFFECT = [
    "proposed",
    "assessed-bif",
    "assessed-sof",
    "consented",
    "decided",
    "offered",
    "accepted",
    "effective",
]
SEQUENCES, STEPS = 500, 50
EVERYTHING = {
    *(
        "propose",
        "assess",
        "bind",
        "withdraw",
        "one_round",
        "decide",
        "accept",
        "refuse",
        "answer",
        "cancel",
        "effect",
    ),
    *("open_return", "write_note", "redirect", "give_cause", "refused"),
    *("criteria-again", "consent-again", "rested"),
}
NO_TIME = dict.fromkeys(quiet.quiet(), timedelta(0))


class Lives(Watched):
    """Events as people and the worker make them; most are tried at the wrong moment or by the wrong one, and refused."""

    names, staff = PEOPLE, STAFF
    begun: frozenset = frozenset()
    """Who has the casework of whom when a life begins, once it is seen that the rights are as that says."""

    @initialize()
    def begin(self):
        self.start()
        self.adoption = adopt("5A")
        self.seen = set(self.begun)
        self.came_to_nothing: set = set()
        self.looked_at: set = set()

    # ---- what happens

    @rule(name=WHOM)
    def proposed(self, name):
        self.tries(actions.propose, by=SYSTEM, adoption=self.adoption.pk, people=[self.people[name]])

    @rule(name=WHOM, who=WHO, side=st.sampled_from(("bif", "sof")), stops=st.integers(0, 9))
    def assessed(self, name, who, side, stops):
        if chain := self.chain(name):
            said = YES[side] | ({"EX1": True} if (stops, side) == (0, "bif") else {})
            answers = Answers(said, "På vej i job." if said != YES[side] else "")
            self.tries(actions.assess, by=self.users[who], chain=chain, side=side, answers=answers)

    @rule(name=WHOM, steps=st.integers(1, 3))
    def goes_well_for_a_while(self, name, steps):
        """So many steps as they should be taken, by those whose turn it is: else few would come far."""
        for _step in range(steps):
            self.next_step(name)

    @rule(name=WHOM)
    def goes_on(self, name):
        self.next_step(name)

    def next_step(self, name):
        row = self.newest(name)
        if row is None or (row.state in ENDED and row.direction == BACK):
            return self.proposed(name)
        turn = {
            "effective": lambda name: self.return_opened(name, "request"),
            "proposed": lambda name: (
                self.both_assessed(name) if row.direction == OVER else self.return_handed_over(name, "signe")
            ),
            "assessed": self.asked_and_says_yes,
            "asked": lambda _name: self.worker_goes_round(),
            "consented": lambda name: self.decided(name, OF_UNIT[row.from_unit]),
            "offered": lambda name: self.accepted(name, self.receiver(row), False),
            "refused": lambda name: self.answered(name, "birgit"),
            "accepted": lambda name: self.takes_effect(name, self.receiver(row)),
        }
        return turn.get(row.state, self.proposed)(name)

    def bring(self, name, direction, state):
        """On to where a seldom event can happen, now and then."""
        for _step in range(4):
            mine = [one for one in self.look().chains if one.person == self.people[name]]
            if (direction, state) in {(one.direction, one.state) for one in mine}:
                return
            self.next_step(name)

    def receiver(self, row):
        return OF_UNIT[row.to_unit]

    def both_assessed(self, name):
        row = self.open(name) or self.newest(name)
        for who, side in ((OF_UNIT[row.from_unit], "bif"), (OF_UNIT[row.to_unit], "sof")):
            said = {"by": self.users[who], "side": side, "answers": Answers(YES[side])}
            self.tries(actions.assess, chain=row.pk, **said)

    def asked_and_says_yes(self, name):
        self.asked(name, "given")

    @rule(name=WHOM, answer=st.sampled_from(("given", "given", "given", "refused", "")))
    def asked(self, name, answer):
        row = self.open(name)
        if row and row.state == "assessed":
            asked = consent(self.people[name], ONE, answer="")
            self.tries(actions.bind, by=self.users["bente"], chain=row.pk, consent=asked)
            if answer:
                consent(self.people[name], answer=answer, asked=asked)
                self.moved()

    @rule(name=WHOM)
    def says_yes_unasked(self, name):
        if not Consent.objects.filter(
            person_key=self.people[name], kind="helhedsorienteret-plan", state="given"
        ).exists():
            consent(self.people[name], ONE)
            self.moved()

    @rule(name=WHOM, one_of=st.integers(0, 2))
    def takes_back(self, name, one_of):
        """Rather seldom: else nothing would ever take effect."""
        if not one_of:
            self.yes_taken_back(name)

    def yes_taken_back(self, name):
        rows = Consent.objects.filter(
            person_key=self.people[name], kind="helhedsorienteret-plan", state="given"
        )
        for row in list(rows):
            self.tries(consents.withdraw, by=SYSTEM, consent=row.pk)

    @rule()
    def worker_goes_round(self):
        self.tries(rounds.one_round, by=SYSTEM)

    @rule()
    def time_of_quiet_is_over(self):
        """As if everybody who was exempted or said no had been left in peace for long enough."""
        with (
            patch.object(again, "quiet", lambda: NO_TIME),
            patch.object(proposing, "quiet", lambda: NO_TIME),
            patch.object(quiet, "quiet", lambda: NO_TIME),
        ):
            if self.tries(again.propose_again, by=SYSTEM):
                self.happened["rested"] += 1

    @rule(name=WHOM, cause=st.sampled_from(("lapsed", "consent")))
    def ground_falls_and_is_there_again(self, name, cause):
        """A return opened because a ground fell, which is there again before or after somebody has accepted it."""
        self.bring(name, OVER, "effective")
        falls = self.criteria_lapse if cause == "lapsed" else self.yes_taken_back
        falls(name)
        self.worker_goes_round()
        if cause == "lapsed":
            self.criteria_lapse(name)
        else:
            self.says_yes_unasked(name)
        self.worker_goes_round()

    @rule(name=WHOM, who=WHO)
    def decided(self, name, who):
        if chain := self.chain(name):
            self.tries(actions.decide, by=self.users[who], chain=chain, effective_on=timezone.localdate())

    @rule(name=WHOM, who=WHO, on_behalf=st.booleans())
    def accepted(self, name, who, on_behalf):
        if chain := self.chain(name):
            self.tries(actions.accept, by=self.users[who], chain=chain, on_behalf=on_behalf)

    @rule(
        name=WHOM, who=st.sampled_from(("signe", "soeren", "bodil")), reason=st.sampled_from(actions.REFUSALS)
    )
    def refused(self, name, who, reason):
        self.bring(name, OVER, "offered")
        if chain := self.chain(name):
            self.tries(
                actions.refuse, by=self.users[who], chain=chain, reason=reason, note="Ikke hos os lige nu."
            )

    @rule(name=WHOM, who=st.sampled_from(("bodil", "birgit", "kim")))
    def answered(self, name, who):
        if chain := self.chain(name):
            self.tries(actions.answer, by=self.users[who], chain=chain, note="Det er på plads nu.")

    @rule(name=WHOM, who=WHO, one_of=st.integers(0, 3))
    def cancelled(self, name, who, one_of):
        if (chain := self.chain(name)) and not one_of:
            self.tries(actions.cancel, by=self.users[who], chain=chain, reason="aftale", note="Vi venter.")

    @rule(name=WHOM, who=WHO)
    def takes_effect(self, name, who):
        if chain := self.chain(name):
            self.tries(actions.effect, by=self.users[who], chain=chain)

    @rule(name=WHOM, cause=st.sampled_from(returning.SEEN))
    def return_opened(self, name, cause):
        if chain := self.chain(name):
            self.tries(
                returning.open_return, by=self.users["soeren"], chain=chain, cause=cause, note="Det er tid."
            )

    @rule(name=WHOM, who=WHO)
    def return_handed_over(self, name, who):
        if chain := self.chain(name):
            self.tries(
                returning.write_note, by=self.users[who], chain=chain, note="Aftalt: praktik fra mandag."
            )

    @rule(name=WHOM, who=st.sampled_from(("bodil", "ung", "signe")))
    def return_sent_on(self, name, who):
        self.bring(name, BACK, "offered")
        if chain := self.chain(name):
            self.tries(
                returning.redirect, by=self.users[who], chain=chain, unit="bif/ungeenhed", reason="Under 30."
            )

    @rule(name=WHOM)
    def criteria_lapse(self, name):
        """The service ended: a newer fact says so, and a cause is given as after a counting."""
        rows = Fact.objects.filter(
            person_id=self.rows[self.people[name]].id, known_to=None, term__kind="service"
        )
        old = rows.get()
        now, ends = moment(), timezone.localdate() if old.true_to is None else None
        rows.update(known_to=now)
        old.pk, old.known_from, old.true_to = None, now, ends
        old.save(force_insert=True)
        chain = self.chain(name)
        if ends and chain:
            self.tries(causes.give_cause, by=SYSTEM, chain=chain, cause="lapsed", opens_on=ends)

    @rule(who=st.sampled_from((*BIF[:1], *SOF[:1])))
    def login_closed_or_opened(self, who):
        self.users[who].is_active = not self.users[who].is_active
        self.users[who].save(update_fields=["is_active"])

    # ---- what always holds

    def what_else_must_hold(self):
        self.nothing_moved_without_what_it_rests_on()
        self.rights_go_with_responsibility()
        self.a_return_comes_to_nothing_only_before_acceptance()

    def nothing_moved_without_what_it_rests_on(self):
        for chain in self.fresh(OVER, "effective", self.looked_at):
            kinds = [step.kind for step in chain.taken.order_by("number")]
            last = [len(kinds) - 1 - kinds[::-1].index(kind) for kind in BEFORE_EFFECT]
            assert last.index(max(last)) == len(last) - 1
            assert set(BEFORE_EFFECT) <= set(kinds)
            row = Consent.objects.get(pk=chain.consent)
            assert row.person_key == chain.person_key
            assert row.valid_from <= chain.effective_at
            assert row.ended_at is None or row.ended_at > chain.effective_at
            assert Letter.objects.filter(about=chain.pk, kind="moved").count() == 1

    def fresh(self, direction: str, state: str, known: set) -> list[Chain]:
        """The chains that stand so and were not looked at before."""
        new = {
            one.pk for one in self.look().chains if (one.direction, one.state) == (direction, state)
        } - known
        known |= new
        return list(Chain.objects.filter(pk__in=new)) if new else []

    def a_return_comes_to_nothing_only_before_acceptance(self):
        """And nothing has moved by it; both units were told."""
        for chain in self.fresh(BACK, "lapsed", self.came_to_nothing):
            self.happened[chain.end_reason] += 1
            assert not chain.taken.filter(kind="accepted").exists()
            assert not Holding.objects.filter(ref=chain.pk).exists()
            told = chain.messages.filter(what="ended").values_list("unit", flat=True)
            assert set(told) == {chain.from_unit, chain.to_unit}

    def rights_go_with_responsibility(self):
        """Who has the casework sees the employment case and writes its tasks; who had it does neither any more."""
        now = {
            (row.person, row.unit) for row in self.look().held if row.part == CASEWORK and row.until is None
        }
        moved, self.seen = dict(now - self.seen), now
        if not moved:
            return
        with transaction.atomic():
            self.rights_are_as(moved)
            transaction.set_rollback(True)
        if not self.begun:
            Lives.begun = frozenset(now)

    def rights_are_as(self, held: dict):
        """Tried by those whose turn it may be: each sees and writes where their own unit holds, and nowhere else."""
        people = [self.rows[person] for person in held]
        for who, unit in (("bodil", GKL), ("signe", ONE), ("ung", YOUTH)):
            made = decisions.decide_each(people, by=self.users[who], purpose="sagsbehandling", pairs=ASKED)
            for person, holder in held.items():
                assert made[person].full("employment_case", "bif") == (holder == unit)
                assert self.may_write(who, person) == (holder == unit)

    def may_write(self, who: str, person: UUID) -> bool:
        wish = tasks.Wish(CASEWORK, "Ring til borgeren", "", timezone.localdate())
        try:
            tasks.write(by=self.users[who], person=person, wish=wish)
        except (Refused, NoAccess):
            return False
        return True

    # ---- nothing is ever stuck

    def carry_on(self, row: Link):
        if row.direction == OVER:
            said = {"reason": "aftale", "note": "Vi stopper her."}
            actions.cancel(by=self.users[OF_UNIT[row.from_unit]], chain=row.pk, **said)
        elif row.state == "proposed":
            returning.write_note(by=self.users["signe"], chain=row.pk, note="Sagen er klar.")
        elif row.state == "offered":
            actions.accept(by=self.users[self.receiver(row)], chain=row.pk)
        else:
            actions.effect(by=SYSTEM, chain=row.pk)


@pytest.fixture
def youth(world):
    """The world, with one more caseworker."""
    appoint(by=SYSTEM, login=Login("ung", "Uffe Ng", "caseworker", "bif", YOUTH), password=PASSWORD)
    Lives.begun = frozenset()
    return world


@pytest.mark.parametrize(
    "drawn", [pytest.param(each, marks=pytest.mark.xdist_group(f"lives-{each}")) for each in (1, 2)]
)
def test_random_lives(youth, drawn):
    """500 sequences of 50 events in two halves, which may run side by side; and all that can happen did in each."""
    happened = lives(Lives, youth, sequences=SEQUENCES // 2, steps=STEPS, drawn=drawn)
    assert set(happened) >= EVERYTHING, EVERYTHING - set(happened)


@pytest.mark.slow
def test_twenty_times_as_many(youth):
    happened = lives(Lives, youth, sequences=20 * SEQUENCES, steps=STEPS, drawn=getrandbits(64))
    assert set(happened) >= EVERYTHING
