"""The cases the database shows, against those the rules open one citizen at a time."""

from collections.abc import Iterator
from random import Random

from django.db import connection, transaction

from access.generated import PURPOSES, World, cases, make
from helhed.accounts.models import User
from helhed.audit import anchoring
from helhed.register.questions import persons_by_keys
from helhed.sharing import policy
from helhed.sharing.access import decisions
from helhed.sharing.access.seeing import seeing
from helhed.sharing.lanes import comes_from

KINDS = (("employment_case", "bif"), ("social_case", "sof"), ("child_case", "sof"))
SIDES = dict(KINDS)


def compare(
    seed: int, *, paused: bool = False, purposes: tuple[str, ...] = PURPOSES
) -> tuple[int, list[tuple]]:
    """Make a world, compare every actor, purpose and case in it, and take it back. Answers how many were compared, and
    those that differ: (actor, role, purpose, case, shown by the database, opened by the rules)."""
    before = anchoring.state
    with transaction.atomic():
        anchoring.state = lambda: anchoring.Anchored(None, None, paused)
        try:
            world = make(Random(seed))
            compared, differ = 0, []
            for row in _compared(world, purposes):
                compared += 1
                if row[-1] != row[-2]:
                    differ.append(row)
        finally:
            anchoring.state = before
            transaction.set_rollback(True)
    return compared, differ


def _compared(world: World, purposes: tuple[str, ...]) -> Iterator[tuple]:
    rows = cases()
    for actor in world.actors:
        for purpose in purposes:
            shown, made = _shown(actor, purpose), _made(world, actor, purpose)
            for number, person, kind, unit in rows:
                verdicts = [decision.verdict(kind, SIDES[kind]) for decision in made.get(person, [])]
                opened = any(v.level == policy.FULL and comes_from(unit, v.sources) for v in verdicts)
                yield actor.username, actor.role, purpose, (kind, unit), number in shown, opened


def _shown(actor: User, purpose: str) -> set[int]:
    with seeing(actor, purpose), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_case")
        return {number for (number,) in cursor.fetchall()}


def _made(world: World, actor: User, purpose: str) -> dict:
    """The decisions on each person; for a representative one for each mandate."""
    people = persons_by_keys(world.people).values()
    if purpose != policy.REPRESENTED:
        each = decisions.decide_each(people, by=actor, purpose=purpose, pairs=KINDS)
        return {key: [decision] for key, decision in each.items()}
    mandates = world.mandates.get(actor.username, [])
    return {
        row.key: [decisions.decide(row, by=actor, purpose=purpose, mandate=mandate) for mandate in mandates]
        for row in people
    }
