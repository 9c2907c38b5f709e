"""Letters raced: the same step told by several at once, some of whom are undone. Neither lost nor doubled."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from uuid import UUID, uuid4

from django.db import connections, transaction

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.letters import actions
from helhed.coordination.handover.letters.actions import Draft
from helhed.coordination.handover.letters.models import Letter
from pages.world import World, user

ROUNDS, AT_ONCE = 30, 4
WORDS = {"from_unit": "sof/driftscenter-1", "to_unit": "sof/driftscenter-2", "day": "2026-12-01"}


class Undone(Exception):
    """What the letter was written in is undone."""


def write(person: UUID, step: UUID, start: Barrier, how: str) -> UUID | None:
    """One rival: writes alone, or as one of many, and keeps it or not."""
    try:
        start.wait()
        with transaction.atomic():
            if how == "many":
                others = [Draft(uuid4(), WORDS, uuid4()) for _ in range(5)]
                drafts = [*others, Draft(person, WORDS, step)]
                letter = actions.write_many(by=SYSTEM, kind="moved", unit="bif", letters=drafts)[-1]
            else:
                said = {"kind": "moved", "words": WORDS, "unit": "bif", "step": step}
                letter = actions.write(by=SYSTEM, person=person, **said)
            if how == "undone":
                raise Undone
            return letter
    except Undone:
        return None
    finally:
        connections.close_all()


def raced(rivals: list[str], pool: ThreadPoolExecutor) -> tuple[UUID, UUID, set[UUID]]:
    """A step told by these rivals at once: citizen, step, and the letters they were answered."""
    person, step, start = uuid4(), uuid4(), Barrier(len(rivals))
    answers = [pool.submit(write, person, step, start, how) for how in rivals]
    return person, step, {letter for each in answers if (letter := each.result()) is not None}


def test_a_step_told_by_several_at_once_is_told_once(world: World):
    chance = Random(5)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(ROUNDS):
            rivals = ["alone", *chance.choices(["alone", "many", "undone"], k=AT_ONCE - 1)]
            person, step, answered = raced(rivals, pool)
            kept = set(Letter.objects.filter(step=step, person_key=person).values_list("pk", flat=True))
            assert len(kept) == 1 and answered == kept, rivals


def test_a_step_undone_by_all_is_told_by_nobody(world: World):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        person, step, answered = raced(["undone"] * AT_ONCE, pool)
    assert not answered and not Letter.objects.filter(step=step, person_key=person).exists()
    assert not Event.objects.filter(action="letter-written", person_key=person).exists()


def mark(letters: list[UUID], start: Barrier) -> int:
    try:
        start.wait()
        return actions.printed(by=user("bente"), letters=letters)
    finally:
        connections.close_all()


def test_letters_marked_by_several_at_once_are_sent_once(world: World):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(10):
            drafts = [Draft(uuid4(), WORDS, uuid4()) for _ in range(6)]
            letters = actions.write_many(by=SYSTEM, kind="moved", unit="bif", letters=drafts)
            start = Barrier(AT_ONCE)
            marked = [pool.submit(mark, letters[::order], start) for order in (1, -1, 1, -1)]
            assert sum(each.result() for each in marked) == len(letters)
            people = [draft.person for draft in drafts]
            assert Event.objects.filter(action="letter-sent", person_key__in=people).count() == len(letters)
