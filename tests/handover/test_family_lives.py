"""Random lives of two parents under model 4A: who moves together moves together or not at all, and who moves alone moves alone."""

from collections import Counter
from datetime import datetime, timedelta
from random import getrandbits
from unittest.mock import patch

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from handover.carrying import FREE
from handover.watching import Link, Look, Watched, lives
from handover.world import FIVE, GKL, adopt, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions, returning, rounds
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import BACK, OVER, Chain, Step
from helhed.sharing.clock import moment
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.ledger.models import Holding
from helhed.sharing.refusal import Refused

PEOPLE = ("hans", "ida")
STAFF = ("bente", "bodil", "maja", "kim", "birgit")
OF_UNIT = {GKL: "bodil", FIVE: "maja"}
WHO, WHOM, WHOLE = st.sampled_from(STAFF), st.sampled_from(PEOPLE), st.sampled_from((True, True, True, False))
SEQUENCES, STEPS, ROUNDS = 60, 30, 5
READY = ("accepted", "effective")
STOPPED = ("exempted", "declined", "lapsed", "cancelled")
EVERYTHING = {
    *("propose", "assess", "assess_family", "bind", "withdraw", "one_round", "decide", "accept", "cancel"),
    *("together", "alone", "ended-instead", "waits-for-the-other", "stopped-half-way", "back", "refused"),
}


class FamilyLives(Watched):
    """Two parents of one child; SOF says of each whether the whole family's case moves."""

    names, staff = PEOPLE, STAFF

    @initialize()
    def begin(self):
        self.start()
        self.adoption = adopt("4A")
        self.before: Look | None = None

    # ---- what happens

    @rule(name=WHOM)
    def proposed(self, name):
        self.tries(actions.propose, by=SYSTEM, adoption=self.adoption.pk, people=[self.people[name]])

    @rule(name=WHOM, side=st.sampled_from(("bif", "sof")), who=WHO, whole=WHOLE)
    def assessed(self, name, side, who, whole):
        if row := self.open(name):
            said = FREE[side] | ({"family": whole} if side == "sof" else {})
            self.tries(actions.assess, by=self.users[who], chain=row.pk, side=side, answers=Answers(said))

    @rule(name=WHOM, who=st.sampled_from(("maja", "maja", "bente")), whole=WHOLE)
    def answered_anew(self, name, who, whole):
        if row := self.open(name):
            said = {"whole": whole, "note": "Det er talt igennem med familien."}
            self.tries(actions.assess_family, by=self.users[who], chain=row.pk, **said)

    @rule(name=WHOM, answer=st.sampled_from(("given", "given", "refused")))
    def asked(self, name, answer):
        row = self.open(name)
        if row and row.state == "assessed":
            asked = consent(row.person, FIVE, answer="")
            self.tries(actions.bind, by=self.users["maja"], chain=row.pk, consent=asked)
            consent(row.person, answer=answer, asked=asked)
            self.moved()

    @rule(name=WHOM, one_of=st.integers(0, 2))
    def takes_back(self, name, one_of):
        rows = Consent.objects.filter(
            person_key=self.people[name], kind="helhedsorienteret-plan", state="given"
        )
        for row in list(rows) if not one_of else []:
            self.tries(consents.withdraw, by=SYSTEM, consent=row.pk)

    @rule(name=WHOM)
    def yes_falls_at_the_last_moment(self, name):
        """Before the worker has heard of it, the other parent is to take effect, or else the same."""
        row = self.open(name)
        if row and row.state == "accepted" and row.direction == OVER:
            self.takes_back(name, 0)
            other = next(one for one in PEOPLE if one != name)
            self.takes_effect(other if self.going(row) - {row.pk} else name, "maja")

    @rule(name=WHOM, who=WHO, days=st.sampled_from((0, 0, 0, 2)))
    def decided(self, name, who, days):
        if row := self.open(name):
            day = timezone.localdate() + timedelta(days=days)
            self.tries(actions.decide, by=self.users[who], chain=row.pk, effective_on=day)

    @rule(name=WHOM, who=WHO)
    def accepted(self, name, who):
        if row := self.open(name):
            self.tries(actions.accept, by=self.users[who], chain=row.pk)

    @rule(name=WHOM, who=st.sampled_from(("bodil", "maja", "kim")), one_of=st.integers(0, 1))
    def cancelled(self, name, who, one_of):
        if (row := self.open(name)) and not one_of:
            self.tries(actions.cancel, by=self.users[who], chain=row.pk, reason="aftale", note="Vi venter.")

    @rule()
    def worker_goes_round(self):
        self.tries(rounds.one_round, by=SYSTEM)

    @rule(name=WHOM, steps=st.integers(1, 4), whole=WHOLE)
    def goes_well_for_a_while(self, name, steps, whole):
        for _step in range(steps):
            self.next_step(name, whole)

    @rule(whole=WHOLE, steps=st.integers(1, 5))
    def both_go_well(self, whole, steps):
        """Side by side, until one of them could take effect."""
        for name in PEOPLE * steps:
            row = self.newest(name)
            if row is None or row.state not in ("accepted", "effective"):
                self.next_step(name, whole)

    def next_step(self, name, whole):
        row = self.newest(name)
        if row is None or row.state in STOPPED or (row.state == "effective" and row.direction == BACK):
            return self.proposed(name)
        turn = {
            "effective": lambda: self.return_opened(name),
            "proposed": lambda: self.first(name, row, whole),
            "assessed": lambda: self.asked(name, "given"),
            "asked": self.worker_goes_round,
            "consented": lambda: self.decided(name, OF_UNIT[row.from_unit], 0),
            "offered": lambda: self.accepted(name, OF_UNIT[row.to_unit]),
            "accepted": lambda: self.takes_effect(name, OF_UNIT[row.to_unit]),
        }
        return turn[row.state]()

    def first(self, name, row: Link, whole):
        """A return is handed over, a hand-over assessed by both sides."""
        if row.direction == BACK:
            note = "Aftalt: praktik fra mandag."
            self.tries(returning.write_note, by=self.users["maja"], chain=row.pk, note=note)
            return
        for side, who in (("bif", OF_UNIT[row.from_unit]), ("sof", OF_UNIT[row.to_unit])):
            self.assessed(name, side, who, whole)

    def return_opened(self, name):
        said = {"cause": "request", "note": "Det er tid."}
        self.tries(returning.open_return, by=self.users["maja"], chain=self.newest(name).pk, **said)

    # ---- taking effect

    @rule(name=WHOM, who=WHO)
    def takes_effect(self, name, who):
        """The one asked for, with exactly those who go along; or nobody."""
        if (row := self.open(name)) is None:
            return
        going, must, before = self.going(row), self.must(row), self.look()
        moved = self.tries(actions.effect, by=self.users[who], chain=row.pk)
        now = effective(self.look()) - effective(before)
        assert now == (going if moved else set())
        if moved:
            self.happened["back" if row.direction == BACK else "together" if len(going) > 1 else "alone"] += 1
        elif moved is False:
            states = {one.state for one in self.look().chains if one.pk in going}
            assert states & set(STOPPED) and states <= {*STOPPED, "accepted"}
            self.happened["ended-instead"] += 1
        else:
            assert self.look() == before
            self.happened["waits-for-the-other"] += row.state == "accepted" and not must
        assert moved or not must or who not in (OF_UNIT[row.from_unit], OF_UNIT[row.to_unit])

    @rule(name=WHOM, one_of=st.integers(0, 1))
    def stopped_half_way(self, name, one_of):
        """The last of those who go is kept from going: then nobody has gone."""
        if not one_of:
            self.both_go_well(whole=True, steps=2)
        row = self.open(name)
        if row is None or len(going := self.going(row)) < 2 or not self.must(row):
            return
        before, move, tried = self.look(), ledger.move, []

        def fails(*, person, **said):
            tried.append(person)
            if len(tried) == len(going):
                raise Refused("no")
            return move(person=person, **said)

        with patch.object(ledger, "move", fails):
            assert self.tries(actions.effect, by=self.users["maja"], chain=row.pk) is None
        self.moved()
        assert len(tried) == len(going) and self.look() == before
        self.happened["stopped-half-way"] += 1

    def others(self, row: Link, look: Look) -> list[Link]:
        """The newest hand-overs of the other parents that are tied to this one."""
        tied = [
            one
            for one in look.chains
            if one.family == row.family and one.person != row.person and one.direction == OVER
        ]
        newest: dict = {}
        for one in tied if row.family and row.direction == OVER else []:
            newest.setdefault(one.person, one)
        return list(newest.values())

    def whole(self, row: Link) -> bool:
        """What SOF said last."""
        said = Step.objects.filter(chain=row.pk, kind="assessed-sof").order_by("-number").first()
        return said is not None and said.pinned["answers"].get("family") is True

    def going(self, row: Link) -> set:
        """Who takes effect when this one does."""
        others = self.others(row, self.look()) if row.direction == OVER and self.whole(row) else []
        return {row.pk, *(one.pk for one in others if one.state == "accepted")}

    def must(self, row: Link) -> bool:
        """Whether nothing is in the way: all of those who go are ready, their day has come, their yes stands, and no other
        parent is under way or came to nothing since SOF answered."""
        going = [one for one in self.look().chains if one.pk in self.going(row)]
        ready = all(
            one.state == "accepted" and one.effective_on <= str(timezone.localdate()) for one in going
        )
        if row.direction == BACK or not ready:
            return ready
        given = {chain.person_key for chain in Chain.objects.filter(pk__in=self.going(row)) if yes(chain)}
        return len(given) == len(going) and not any(self.in_the_way(one, moment()) for one in going)

    def in_the_way(self, row: Link, at: datetime) -> bool:
        """Whether another parent, who was to move too, was under way at a moment, or came to nothing since SOF answered."""
        if not self.whole(row):
            return False
        answer = Step.objects.filter(chain=row.pk, kind="assessed-sof").order_by("-number").first()
        for other in self.others(row, self.look()):
            ended = self.came_to_nothing(other)
            if (ended and answer.at < ended <= at) or (not ended and other.state not in READY):
                return True
        return False

    def came_to_nothing(self, row: Link) -> datetime | None:
        """When a hand-over was stopped, or undone by its return; None where neither."""
        if back := Chain.objects.filter(returns=row.pk, direction=BACK, state="effective").first():
            return back.effective_at
        return Chain.objects.get(pk=row.pk).ended_at if row.state in STOPPED else None

    # ---- what always holds

    def what_else_must_hold(self):
        """Whoever took effect since the last look, by whatever act, left nobody behind whose case moves with theirs."""
        now, before = self.look(), self.before
        self.before = now
        if before is None:
            return
        fresh = effective(now) - effective(before)
        for row in [one for one in now.chains if one.pk in fresh and one.direction == OVER]:
            if self.whole(row):
                assert all(one.state == "effective" or one.state in STOPPED for one in self.others(row, now))
                assert not self.in_the_way(row, Chain.objects.get(pk=row.pk).effective_at)

    def carried_to_an_end(self):
        super().carried_to_an_end()
        assert not Chain.objects.filter(person_key=self.world.liv).exists(), "the child's case stays"
        assert not Holding.objects.filter(person_key=self.world.liv).exists()

    def carry_on(self, row: Link):
        if row.direction == OVER:
            actions.cancel(by=self.users["bodil"], chain=row.pk, reason="aftale", note="Vi stopper her.")
        elif row.state == "proposed":
            returning.write_note(by=self.users["maja"], chain=row.pk, note="Sagen er klar.")
        elif row.state == "offered":
            actions.accept(by=self.users["bodil"], chain=row.pk)
        else:
            actions.effect(by=SYSTEM, chain=row.pk)


def effective(look: Look) -> set:
    return {one.pk for one in look.chains if one.state == "effective"}


def yes(chain: Chain) -> bool:
    return Consent.objects.filter(
        person_key=chain.person_key, kind="helhedsorienteret-plan", state="given", recipients__contains=[FIVE]
    ).exists()


def test_random_families(world):
    """Sixty lives; as many again, up to five times, where something that can happen has not happened yet."""
    happened: Counter = Counter()
    for drawn in range(ROUNDS):
        happened += lives(FamilyLives, world, sequences=SEQUENCES, steps=STEPS, drawn=drawn)
        if set(happened) >= EVERYTHING:
            break
    assert set(happened) >= EVERYTHING, EVERYTHING - set(happened)


@pytest.mark.slow
def test_twenty_times_as_many_families(world):
    happened = lives(FamilyLives, world, sequences=20 * SEQUENCES, steps=STEPS, drawn=getrandbits(64))
    assert set(+happened) >= EVERYTHING
