"""Withdrawal raced against what rests on consent, on several connections of a real server.

A pair is one consent, one withdrawal and one effect at the same moment. An effect came too late when it was not there yet
as the withdrawal returned (the citizen is told then), and is there afterwards. The last test shows that without the lock
effects do come too late: the others can fail.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.utils import timezone

from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Event
from helhed.coordination.advis.models import Notice
from helhed.sharing import hatch, messages
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import ReceiptRef
from helhed.sharing.consent import standing
from helhed.sharing.consent.actions import ask, give
from helhed.sharing.consent.actions import withdraw as withdraw_bare
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.notices import Choices
from pages.world import World, user

UNIT = "sof/driftscenter-1"
WIDE = Choices(("benefit", "group"), ("bif",), (UNIT,), days=30)
Effect = Callable[["Pair"], int | None]


@dataclass
class Pair:
    """One consent to race for."""

    world: World
    number: int
    consent: UUID
    pause: float = 0.0
    lasted: float = 0.0
    """How long the effect took: head starts are spread as widely, or one side always wins on a busy machine."""


def look(pair: Pair) -> int | None:
    """A look through the hatch: the line in the log, where it showed what the consent opens."""
    view = hatch.look(
        person=pair.world.anna,
        by=user("soeren"),
        purpose="sagsbehandling",
        on=timezone.localdate(),
        language="da",
    )
    return view.event if any(lane.kind == "benefit" and lane.open for lane in view.lanes) else None


@transaction.atomic
def tell(pair: Pair) -> int | None:
    """A notice to a unit, as advis writes it."""
    consent = messages.consent_to_tell(pair.world.anna, UNIT)
    if consent is None:
        return None
    time.sleep(pair.pause)
    notice = Notice.objects.create(
        person_key=pair.world.anna,
        unit=UNIT,
        recount=10_000 + pair.number,
        on=timezone.localdate(),
        came=["2A"],
        ground="samtykke-deling",
        consent=consent,
    )
    return notice.pk


@transaction.atomic
def hand_over(pair: Pair) -> int | None:
    """What a hand-over rests on, and a line in place of it."""
    if not standing.holding_for_handover(pair.world.anna, UNIT):
        return None
    time.sleep(pair.pause)
    return note(by=SYSTEM, action="hand-over-raced", person_key=pair.world.anna).pk


KINDS = {look: "deling", tell: "deling", hand_over: "helhedsorienteret-plan"}
TABLES = {look: Event, tell: Notice, hand_over: Event}


def too_late(world: World, effect: Effect, count: int, pause: float = 0.0) -> tuple[int, int]:
    """Race so many pairs; answers how many effects there were, and how many of them came too late."""
    happened = late = 0
    random = Random(4)
    with ThreadPoolExecutor(2) as pool:
        spread = 0.004
        for pair in pairs(world, KINDS[effect], count, pause):
            number, seen = raced(pool, pair, effect, random.uniform(-spread, spread))
            spread = max(0.004, (spread * 9 + pair.lasted) / 10)
            happened += number is not None
            late += number is not None and not seen(number)
        gate = threading.Barrier(2)
        closing = [pool.submit(lambda: (gate.wait(), connections.close_all())) for _ in range(2)]
        assert all(future.result() for future in closing)
    return happened, late


def pairs(world: World, kind: str, count: int, pause: float) -> Iterator[Pair]:
    """A fresh consent for each, nothing else in force."""
    for row in Consent.objects.filter(person_key=world.anna, state="given"):
        own.withdraw(by=user("anna"), consent=row.pk, language="da")
    begun = Notice.objects.count()
    for number in range(count):
        consent = ask(by=SYSTEM, person=world.anna, question=Question(kind, WIDE), language="da")
        give(by=SYSTEM, consent=consent, language="da")
        yield Pair(world, begun + number, consent, pause)


def raced(
    pool: ThreadPoolExecutor, pair: Pair, effect: Effect, head_start: float
) -> tuple[int | None, Callable[[int], bool]]:
    """Both at once, one with a small head start. Answers the effect, and what was there as the withdrawal returned."""
    gate = threading.Barrier(2)
    newest = TABLES[effect].objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def withdraw() -> set[int]:
        citizen = user("anna")
        gate.wait()
        time.sleep(max(0.0, -head_start))
        if effect is look:
            own.withdraw(by=citizen, consent=pair.consent, language="da")
        else:
            withdraw_bare(by=citizen, consent=pair.consent)
        return set(TABLES[effect].objects.filter(pk__gt=newest).values_list("pk", flat=True))

    def act() -> int | None:
        gate.wait()
        time.sleep(max(0.0, head_start))
        begun = time.perf_counter()
        number = effect(pair)
        pair.lasted = time.perf_counter() - begun
        return number

    told, done = pool.submit(withdraw), pool.submit(act)
    there = told.result()
    return done.result(), there.__contains__


@pytest.mark.parametrize("effect", [look, tell, hand_over])
@pytest.mark.parametrize("count", [100, pytest.param(3_400, marks=pytest.mark.slow)])
def test_nothing_takes_effect_after_the_citizen_was_told(world: World, effect: Effect, count: int):
    happened, late = too_late(world, effect, count, pause=0.0)
    assert late == 0
    assert 0 < happened < count, "both sides win sometimes, or it is no race"


def test_without_the_lock_effects_come_too_late(world: World, monkeypatch):
    monkeypatch.setattr(standing, "HELD", standing.GIVEN)
    _happened, late = too_late(world, hand_over, 60, pause=0.02)
    assert late > 0


def test_two_withdrawals_at_once_do_not_wait_for_each_other(world: World):
    """Each holds its own and reads the other's: taken in any order they would stand still until the server ends one."""
    question = Question("deling", WIDE)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(15):
            both = [ask(by=SYSTEM, person=world.anna, question=question, language="da") for _ in range(2)]
            for consent in both:
                give(by=SYSTEM, consent=consent, language="da")
            gate = threading.Barrier(2)
            done = list(pool.map(_withdraw_at, [gate, gate], both))
            assert [receipt.event for receipt in done] == ["withdrawn", "withdrawn"]
        gate = threading.Barrier(2)
        list(pool.map(lambda gate: (gate.wait(), connections.close_all()), [gate, gate]))


def _withdraw_at(gate: threading.Barrier, consent: UUID) -> ReceiptRef:
    citizen = user("anna")
    gate.wait()
    return own.withdraw(by=citizen, consent=consent, language="da")
